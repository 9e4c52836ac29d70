"""All proposals together: their order, what they follow from, and what is never written."""

from __future__ import annotations

import random

import pytest

from dagster_project.proposals.propose import propose
from tests.support.seen_pages import seeds_of, seen

LINE = (("2.1.1", "CULTURA EN LOS EJIDOS"),)


def test_files_come_in_the_order_in_which_a_person_reads_them():
    """Plans before the líneas that they hold; the plan that is proposed is the one of the líneas."""
    pages = [seen(cut, measures=("Trámite",), lines=LINE) for cut in ("2024-T1", "2024-T2")]
    assert [line.file for line in propose(pages, seeds_of())] == [
        "planes.csv", "programas.csv", "unidades.csv", "unidades_medida.csv", "lineas_accion.csv",
    ]  # fmt: skip
    assert propose(pages, seeds_of())[-1].values["plan"] == "plan_2024"


def test_the_order_of_the_pages_changes_nothing():
    """It is a function of the set of pages."""
    pages = [
        seen(cut, (unit, f"COORDINACIÓN {unit}"), measures=(f"Medida {unit}", "FUNCIÓN"), lines=LINE)
        for cut in ("2024-T1", "2024-T3", "2025-T1")
        for unit in ("31101", "31102")
    ]
    again = random.Random(14).sample(pages, len(pages))
    assert propose(again, seeds_of()) == propose(pages, seeds_of())


@pytest.mark.parametrize("measure", ['=HYPERLINK("x")', "Trámite\x1b[2J"], ids=["formula", "escape"])
def test_what_no_name_holds_is_not_written(measure):
    """An extract is somebody else's text, and the file is opened by people."""
    (line,) = (line for line in propose([seen(measures=(measure,))], seeds_of()) if line.file == "unidades_medida.csv")
    assert line.doubt == "holds signs that no name has"
