from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.entes import Ente, EnteError, load_entes
from dagster_project.settings import RAIZ

SEEDS = RAIZ / "seeds"


def test_every_municipality_of_the_country_is_shipped() -> None:
    """2,478 municipalities and alcaldías of 32 states (INEGI)."""
    entes = load_entes(SEEDS)
    assert len(entes) == 2478
    assert {key[:2] for key in entes} == {f"{state:02}" for state in range(1, 33)}
    assert entes["02002"] == Ente("Mexicali", "Baja California")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Tijuana", r"'Tijuana', which is no key .* is it 02004 \(Tijuana, Baja California\)\?"),
        ("2002", "'2002', which is no key"),
        ("02999", "Give the municipality's INEGI key, five digits such as 02002, or leave the setting out"),
    ],
)
def test_a_setting_that_is_no_municipality_is_refused_in_words(given: str, said: str) -> None:
    with pytest.raises(EnteError, match=said):
        load_catalogs(SEEDS, given)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2002,Mexicali,Baja California", "line 2: '2002' is no INEGI key"),
        ("02002,Mexicali,Baja California\n02002,Otro,Baja California", "line 3: 02002 stands twice"),
        ("02002,,Baja California", "line 2: 02002 stands twice or has no name"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "entes.csv").write_text(f"ente_codigo,ente_nombre,entidad_federativa\n{lines}\n", encoding="utf-8")
    with pytest.raises(EnteError, match=said):
        load_entes(tmp_path)
