"""What people decided is taken as it is written, or refused by file and line; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reference.decisions import COLUMNS, DecisionError, load_decisions

HASH = "0123456789abcdef"


def _write(seeds: Path, huella: str, valor: str) -> Path:
    head = ",".join(COLUMNS["correcciones.csv"])
    line = f"{huella},p1,4,{valor},visto en el papel,Ana,2026-11-26,a.txt,7"
    (seeds / "correcciones.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    return seeds


@pytest.mark.parametrize(
    "valor",
    ["1_000", "１２", "1e3", "1e9999999", "1e30", "-4", "+4", "1,5", ".5", "5.", "0x1", "inf", "1" * 15, "1.00001"],
)
def test_what_is_no_plain_figure_is_refused(tmp_path: Path, valor: str) -> None:
    """Python reads some of them as numbers, and one of them never ends."""
    with pytest.raises(DecisionError, match=r"correcciones\.csv, line 2|as many values"):
        load_decisions(_write(tmp_path, HASH, valor))


@pytest.mark.parametrize(("valor", "read"), [("1234", 1234), ("0.5", 0.5), ("0", 0), ("", None), ("7.0", 7)])
def test_a_plain_figure_is_taken(tmp_path: Path, valor: str, read: float | None) -> None:
    """Empty is a blank cell."""
    (decided,) = load_decisions(_write(tmp_path, HASH, valor)).correcciones
    assert (None if decided.valor is None else float(decided.valor)) == read


def test_a_hash_in_capitals_is_the_same_hash(tmp_path: Path) -> None:
    """It was another decision, about nothing."""
    (decided,) = load_decisions(_write(tmp_path, HASH.upper(), "4")).correcciones
    assert decided.huella == HASH


@pytest.mark.parametrize("huella", ["0123", HASH + "0", "g" * 16, "0123456789abcde "])
def test_what_is_no_hash_is_refused(tmp_path: Path, huella: str) -> None:
    """A line that can act on nothing is a mistake of writing."""
    with pytest.raises(DecisionError, match="line 2: renglon_huella"):
        load_decisions(_write(tmp_path, huella, "4"))


def test_latin_1_is_named_with_its_line(tmp_path: Path) -> None:
    """Not by a traceback without the file's name."""
    path = _write(tmp_path, HASH, "4") / "correcciones.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Ana", "Añé").encode("latin-1"))
    with pytest.raises(DecisionError, match=r"correcciones\.csv, line 2: is not UTF-8"):
        load_decisions(tmp_path)


@pytest.mark.parametrize("unidad", ["OM_01", "54204.", "--", "Tránsito", "54 204", "5", "1" * 13])
def test_a_unit_that_the_gate_would_not_let_through_is_refused(tmp_path: Path, unidad: str) -> None:
    """By file and line, before anything is loaded: at the gate it held back everybody's figures."""
    head = ",".join(COLUMNS["paginas.csv"])
    (tmp_path / "paginas.csv").write_text(
        f"{head}\n{HASH},unidad,,54204,visto,Ana,2026-11-26,a.txt,7\n{HASH[::-1]},unidad,,{unidad},visto,Ana,2026-11-26,a.txt,9\n",
        encoding="utf-8",
    )
    with pytest.raises(DecisionError, match=r"paginas\.csv, line 3: .* is not a unit's code"):
        load_decisions(tmp_path)
