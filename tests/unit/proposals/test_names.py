"""Printed names as a catalogue writes them."""

from __future__ import annotations

import pytest

from dagster_project.proposals.names import as_written, best_name


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        pytest.param("JEFATURA DE INGRESOS Y EGRESOS", "Jefatura de Ingresos y Egresos", id="caps"),
        pytest.param("Coordinación de Trámites", "Coordinación de Trámites", id="as-it-is"),
        pytest.param("DELEGACIÓN XII (BISOM)", "Delegación XII (BISOM)", id="numeral-brackets"),
    ],
)
def test_capitals_become_title_case(printed, written):
    """Spanish small words stay small; numerals and what stands in brackets stay as they are."""
    assert as_written(printed) == written


def test_the_spelling_that_most_pages_print_wins_best_accented():
    """OCR loses accents, nobody adds them."""
    names = ["DIRECCION DE CULTURA", "DIRECCIÓN DE CULTURA", "DIRECCION DE CULTORA", None]
    assert best_name(names) == "Dirección de Cultura"
