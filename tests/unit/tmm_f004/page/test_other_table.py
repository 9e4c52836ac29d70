"""Another table below the form's: its rows are no actions, and the last action's remark is its own."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.page.header_fields import vocabulary_of
from dagster_project.tmm_f004.page.printed_page import PrintedPage, parse
from tests.support.made_up_forms import CATALOGS, MadeUpForm, page

FORM = MadeUpForm()
OTHERS = {
    "lights": ["SEMÁFORO", "ROJO\t0\t49%", "AMARILLO\t50\t79%", "VERDE\t80\t100%"],
    "indicators": [
        "INDICADORES",
        "No.\tINDICADOR\tUNIDAD\tMETA\t1ER TRIM\t2DO TRIM\t3ER TRIM\t4TO TRIM\t%",
        "1\tPorcentaje de apoyos entregados\tPorcentaje\t100\t25\t25\t25\t25\t100%",
        "2\tTasa de variación\tTasa\t10\t2\t3\t1\t4\t100%",
    ],
    "budget": [
        "CAPÍTULO\tCONCEPTO\tAUTORIZADO\tEJERCIDO\t%",
        "1000\tSERVICIOS PERSONALES\t1,000,000\t250,000\t25%",
        "2000\tMATERIALES Y SUMINISTROS\t500,000\t100,000\t20%",
    ],
}


def with_below(lines: list[str]) -> tuple[PrintedPage, int, list[str]]:
    """The made-up page with lines under its last action, the number of the first of them, and what is refused."""
    printed = page(FORM)
    last = max(k for k, line in enumerate(printed) if "\t" in line and line[:1].isdigit())
    (found,), refused = parse([*printed[: last + 1], *lines, *printed[last + 1 :]], vocabulary_of(CATALOGS))
    return found, last + 2, [r.razon for r in refused if r.linea == last + 2]


@pytest.mark.parametrize("name", OTHERS)
def test_rows_of_another_table_are_no_actions(name: str) -> None:
    found, first, refused = with_below(OTHERS[name])
    assert [row.accion for row in found.renglones] == list(FORM.numbers)
    assert found.renglones[-1].observaciones == ""
    assert [reason.split(" (")[0] for reason in refused] == ["another table below the form's"], first


def test_a_remark_above_its_title_is_the_last_actions() -> None:
    found, *_ = with_below(["Se dio seguimiento a las solicitudes", *OTHERS["lights"]])
    assert found.renglones[-1].observaciones == "Se dio seguimiento a las solicitudes"


ACTIONS = {
    "one row that lost its number, codes and cells": ["Sembrar árboles\tÁrbol\t40\t10\t10\t25%"],
    "rows whose numbers go on": ["704.- Podar\tÁrbol\t40\t10\t10\t25%", "705.- Regar\tÁrbol\t40\t10\t10\t25%"],
    "rows as wide as the others": ["Sembrar\tÁrbol\t24\t6\t5\t6\t5\t6\t5\t6\t0\t15\t62%"] * 2,
}


@pytest.mark.parametrize("name", ACTIONS)
def test_rows_that_may_be_actions_stay(name: str) -> None:
    found, *_ = with_below(ACTIONS[name])
    assert len(found.renglones) == len(FORM.numbers) + len(ACTIONS[name])
