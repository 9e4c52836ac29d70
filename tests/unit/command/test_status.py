"""What ``status`` shows of several municipalities, and that it fits a terminal of 80 columns."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dagster_project.command.published_summary import PublishedSummary
from dagster_project.command.status import show_published
from dagster_project.warehouse.state.coverage import Cobertura

YEARS = range(2019, 2026)
PUBLISHED = PublishedSummary(
    cobertura=[
        Cobertura(ente, "54101", f"{year}-T{n}", reportado=n != 2)
        for ente in ("02002", "02004")
        for year in YEARS
        for n in (1, 2, 3)
    ],
    hallazgos=[
        (None, "error", "ente_incierto", 3),
        ("02002", "advertencia", "rezago_borrado_por_replaneacion", 12_345),
        ("02004", "informacion", "unidad_medida_sin_catalogo", 7),
        ("02005", "advertencia", "plan_sin_catalogo", 2),
    ],
    entes={"02002": "Mexicali", "02004": "Tijuana"},
)


def shown(ente: str | None = None) -> list[str]:
    """The lines shown on 80 columns."""
    console = Console(width=80, file=io.StringIO())
    show_published(console, PUBLISHED, ente)
    return console.file.getvalue().splitlines()


def test_each_municipality_has_its_own_units_and_findings():
    """The same code is another unit elsewhere; what belongs to nobody is said apart."""
    lines = shown()
    at = [k for k, line in enumerate(lines) if line.startswith(("02002 Mexicali", "02004 Tijuana", "Of no settled"))]
    assert len(at) == 3
    mexicali, tijuana, nobody = ("\n".join(lines[a:b]) for a, b in zip(at, [*at[1:], len(lines)], strict=True))
    assert "02002/54101" in mexicali
    assert "02004/54101" not in mexicali
    assert "rezago_borrado_por_replaneacion" in mexicali
    assert "unidad_medida_sin_catalogo" in tijuana
    assert "ente_incierto" in nobody


def test_a_municipality_without_a_row_in_force_is_itself():
    """Its findings are its own, not of nobody."""
    text = "\n".join(shown())
    before, nobody = text.split("Of no settled municipality")
    assert "plan_sin_catalogo" not in nobody
    assert "plan_sin_catalogo" in before.split("02005, of no report in force")[1]


def test_one_municipality_alone():
    """Nothing of the others, nor of nobody."""
    text = "\n".join(shown("02004"))
    assert "02004/54101" in text
    assert "02002" not in text
    assert "ente_incierto" not in text


@pytest.mark.parametrize("said", ["T1 -- T3", "rezago_borrado_por_replaneacion  12,345"])
def test_seven_years_fit_80_columns(said):
    """Every line, with no cell broken or cut."""
    lines = shown()
    assert max(map(len, lines)) <= 80
    assert any(said in line for line in lines)
    assert "…" not in "\n".join(lines)
    assert all(str(year) in "\n".join(lines) for year in YEARS)
