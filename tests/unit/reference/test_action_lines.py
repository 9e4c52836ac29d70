"""The catalogue of líneas de acción: what cannot be used is refused by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reference.action_lines import ActionLineError, load_action_lines
from dagster_project.settings import RAIZ

HEAD = "ente_codigo,plan,codigo,nombre,eje,fuente\n"
GOOD = "02002,con_eje,2.3.1,Cultura del cuidado,Bienestar para todos,Plan Municipal\n"


def _load(folder: Path, *rows: str) -> dict[tuple[str, str, str], str]:
    (folder / "lineas_accion.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return load_action_lines(folder)


def test_the_seed_loads() -> None:
    """The project's own file can be used."""
    assert load_action_lines(RAIZ / "seeds") == {}


def test_a_row_names_a_linea_of_a_plan(tmp_path: Path) -> None:
    """One code has a name in each plan."""
    assert _load(tmp_path, GOOD, GOOD.replace("con_eje", "sin_eje").replace("cuidado", "deporte")) == {
        ("02002", "con_eje", "2.3.1"): "Cultura del cuidado",
        ("02002", "sin_eje", "2.3.1"): "Cultura del deporte",
    }


@pytest.mark.parametrize("rows", [None, ()], ids=["no file", "no rows"])
def test_an_empty_catalogue_knows_none(tmp_path: Path, rows: tuple[str, ...] | None) -> None:
    """A municipality that has no list of them reads all the same."""
    assert (load_action_lines(tmp_path) if rows is None else _load(tmp_path, *rows)) == {}


BAD = {
    "no key": (GOOD.replace("02002", "2002"), "'2002' is not an INEGI key"),
    "no code": (GOOD.replace("2.3.1", "231"), "'231' is not the code"),
    "no name": (GOOD.replace("Cultura del cuidado", ""), "'' is not a name"),
    "no source": (GOOD.replace("Plan Municipal", ""), "'' is not a source"),
    "twice": (GOOD, "02002 con_eje 2.3.1 stands twice"),
    "another eje": (GOOD.replace("2.3.1", "2.3.2").replace("todos", "algunos"), "eje 2 is 'Bienestar para todos'"),
    "too few values": ("02002,con_eje\n", "as many values as columns"),
}


@pytest.mark.parametrize(("row", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_refused_by_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    """The message says where and what."""
    with pytest.raises(ActionLineError, match=rf"lineas_accion\.csv, line 3: {said}"):
        _load(tmp_path, GOOD, row)
