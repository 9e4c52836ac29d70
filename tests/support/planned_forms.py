"""Made-up pages whose actions have plans of their own, and pages that show neither municipality nor year.

Belongs here: what the tests of open pages place. Does not: any assertion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.support.made_up_forms import TITLE, MadeUpForm, page

Plans = Sequence[Sequence[int]]

PLANS: Plans = ((118, 119, 126, 131), (204, 214, 224, 234), (57, 58, 59, 60), (71, 72, 73, 74))
OTHERS: Plans = ((150, 151, 152, 153), (301, 302, 303, 304), (81, 82, 83, 84), (91, 92, 93, 94))
"""Of another year, for the same actions."""

BARE = MadeUpForm(title=("AVANCE FISICO PROGRAMATICO",), date=("FECHA: JULIO-SEPTIEMBRE",))
"""A page that shows neither its municipality nor its year."""

NO_YEAR = replace(BARE, title=(TITLE[0], TITLE[3]))


def of(year: int) -> MadeUpForm:
    """A page of a year's second quarter."""
    return MadeUpForm(title=(TITLE[0], f"PROGRAMA OPERATIVO ANUAL {year}"), date=(f"FECHA: ABRIL-JUNIO {year}",))


def planned(form: MadeUpForm, plans: Plans = PLANS) -> list[str]:
    """The lines of a page with these planned figures in place of those that all made-up rows print."""
    lines = page(form, quarter=2 if "ABRIL" in form.date[0] else 3)  # what a date belies is doubted
    at = [k for k, line in enumerate(lines) if line.endswith("%\t")]
    for k, plan in zip(at, plans, strict=True):
        cells = lines[k].split("\t")
        cells[3], cells[4:12:2] = str(sum(plan)), map(str, plan)
        lines[k] = "\t".join(cells)
    return lines
