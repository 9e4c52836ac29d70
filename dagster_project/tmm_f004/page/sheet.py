"""What a printed page shows as evidence: its first printings, the periods of its dates, the keys of its rows.

In here: taking these from a page. Not in here: weighing them (``settle``).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from dagster_project.tmm_f004.model import ActionRow, HeaderField
from dagster_project.tmm_f004.page.plan_signs import HEADER_RULES, PlanSign
from dagster_project.tmm_f004.page.printed_page import PrintedPage
from dagster_project.tmm_f004.page.row_keys import RowKeys, keys_of, shingles
from dagster_project.tmm_f004.text.dates import BEFORE, STATED, Period, read_period, read_years, stated_quarter

PrintedField = tuple[str | None, str | None]
"""Code and name of a header field as printed, None where it lacks either."""


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """One form page as evidence.

    ``unidad``, ``programa`` and ``ramo`` are the first printing of those fields, ``periodos`` what each date speaks
    of, and each title that states a quarter, ``anios`` the years of the title, ``claves`` the keys of the rows,
    ``tramos`` the runs of words of their texts (``row_keys.shingles``).
    """

    printed: PrintedPage
    titulo: tuple[str, ...]
    unidad: PrintedField
    programa: PrintedField
    ramo: PrintedField
    periodos: tuple[Period, ...]
    anios: tuple[int, ...]
    claves: RowKeys
    tramos: array[int]

    @property
    def campos(self) -> tuple[HeaderField, ...]:
        """The fields of the page as printed."""
        return self.printed.campos

    @property
    def renglones(self) -> tuple[ActionRow, ...]:
        """The rows as printed."""
        return self.printed.renglones

    @property
    def lineas(self) -> frozenset[str]:
        """The códigos of the líneas de acción that its header lists."""
        return frozenset(c.codigo_impreso for c in self.campos if c.campo == "linea_accion" and c.codigo_impreso)

    @property
    def header_sign(self) -> PlanSign | None:
        """What its header shows of the plan, None where it is too damaged to tell."""
        return next((s for s in self.printed.signos_plan if s[1] in HEADER_RULES), None)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that its title and its dates print."""
        return (*self.anios, *(y for p in self.periodos for y in p.anios))

    def continues(self, before: PageEvidence) -> bool:
        """Whether this can only be the rest of the table before it: nothing of a header, and the next number."""
        return self.printed.sin_cabecera and before.claves.run_on_to(self.claves)

    def stands_under(self, before: PageEvidence) -> bool:
        """Whether this has neither title nor date of its own, and nobody has signed the page before it yet: it stands
        under that one's."""
        signed = any(c.campo == "firma" for c in before.campos)
        return not (self.titulo or self.periodos or self.printed.sin_cabecera or signed)

    @property
    def printed_quarter(self) -> str | None:
        """The quarter its dates print as a period, the first if they print several; None where they print none."""
        return next(self._stated(), None)

    @property
    def printed_quarters(self) -> frozenset[str]:
        """Every quarter that its dates print as a period."""
        return frozenset(self._stated())

    @property
    def earliest_quarter(self) -> int:
        """The first quarter that the page may report on by the months it is dated with (``BEFORE``); 1 where none is.

        A month of the year after its title's is one of a fifth quarter.
        """
        dated = (
            quarter + 4 * any(year - title == 1 for year in period.anios for title in self.anios) - BEFORE[rule]
            for period in self.periodos
            for quarter, (rule, _) in period.trimestres.items()
            if rule in BEFORE
        )
        return min(4, max(1, min(dated, default=1)))

    def _stated(self) -> Iterator[str]:
        for period in self.periodos:
            for quarter, (rule, _) in period.trimestres.items():
                if rule in STATED:
                    yield str(quarter)


def evidence_of(page: PrintedPage) -> PageEvidence:
    """What a printed page shows as evidence."""
    titles = tuple(c.texto_impreso or "" for c in page.campos if c.campo == "titulo")
    runs = shingles(page.renglones)
    return PageEvidence(
        printed=page,
        titulo=titles,
        unidad=_first(page, "unidad_ejecutora"),
        programa=_first(page, "programa"),
        ramo=_first(page, "ramo"),
        periodos=(*_dates(page), *(period for text in titles if (period := stated_quarter(text)).trimestres)),
        anios=tuple(year for text in titles for year in read_years(text)),
        claves=keys_of(page.renglones, bool(runs)),
        tramos=runs,
    )


def _dates(page: PrintedPage) -> Iterator[Period]:
    return (read_period(c.texto_impreso or "") for c in page.campos if c.campo == "fecha")


def _first(page: PrintedPage, field: str) -> PrintedField:
    found = next((c for c in page.campos if c.campo == field), None)
    return (found.codigo_impreso, found.texto_impreso) if found else (None, None)
