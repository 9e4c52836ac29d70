"""One line more in a decision file, or one less: what people wrote stays byte for byte."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from dagster_project.reference.decision_lines import add_lines, take_back
from dagster_project.reference.decisions import DecisionError, load_decisions
from dagster_project.reference.seed_file import ChangedMeanwhileError, edit

HEAD = "renglon_huella,campo,impreso,valor,motivo,autor,fecha,archivo,linea"
LINE = {"renglon_huella": "0123456789abcdef", "campo": "p1", "impreso": "12", "valor": "13", "motivo": "se ve, claro",
        "autor": "Ana", "fecha": "2026-01-02", "archivo": "a.txt", "linea": "3"}  # fmt: skip
WRITTEN = '0123456789abcdef,p1,12,13,"se ve, claro",Ana,2026-01-02,a.txt,3'


@pytest.mark.parametrize(
    ("before", "end"),
    [
        (HEAD + "\n", "\n"),
        (HEAD, "\n"),
        (HEAD + "\r\n", "\r\n"),
        ("\ufeff" + HEAD + "\n", "\n"),
        (HEAD + '\nfedcba9876543210,p1,,1,"dos\nlíneas",Eva,2025-01-01,,\n', "\n"),
    ],
    ids=["plain", "no end", "crlf", "mark", "a cell of two lines"],
)
def test_a_line_is_added_and_taken_back(tmp_path: Path, before: str, end: str) -> None:
    """With the file's own line ends; afterwards it is what it was, but for the end that its last line lacked."""
    file = tmp_path / "correcciones.csv"
    file.write_bytes(before.encode())
    assert add_lines(tmp_path, "correcciones.csv", [LINE]) == [WRITTEN]
    whole = before if before.endswith("\n") else before + end
    assert file.read_bytes() == (whole + WRITTEN + end).encode()
    assert load_decisions(tmp_path).correcciones[-1].valor == 13
    assert take_back(tmp_path, "correcciones.csv", [WRITTEN])
    assert file.read_bytes() == whole.encode()


def test_columns_of_ones_own_stay_empty_and_in_their_order(tmp_path: Path) -> None:
    """A file that a person gave a column, or another order, is written in its own way."""
    file = tmp_path / "correcciones.csv"
    file.write_text("nota," + ",".join(reversed(HEAD.split(","))) + "\n", encoding="utf-8")
    add_lines(tmp_path, "correcciones.csv", [LINE])
    assert file.read_text(encoding="utf-8").endswith(
        ',3,a.txt,2026-01-02,Ana,"se ve, claro",13,12,p1,0123456789abcdef\n'
    )
    assert load_decisions(tmp_path).correcciones[0].campo == "p1"


@pytest.mark.parametrize(
    "wrong",
    [{"valor": "1e3"}, {"campo": "p5"}, {"motivo": " "}, {"renglon_huella": "x"}, {"fecha": "ayer"}],
    ids=lambda w: next(iter(w)),
)
def test_what_a_run_would_refuse_is_not_written(tmp_path: Path, wrong: dict[str, str]) -> None:
    """All lines or none, and the file is as it was."""
    file = tmp_path / "correcciones.csv"
    file.write_text(HEAD + "\n", encoding="utf-8")
    with pytest.raises(DecisionError):
        add_lines(tmp_path, "correcciones.csv", [LINE, LINE | {"campo": "p2"} | wrong])
    assert file.read_text(encoding="utf-8") == HEAD + "\n"


def test_what_is_decided_already_is_not_decided_again(tmp_path: Path) -> None:
    """A second desk that decides the same figure is told so."""
    (tmp_path / "correcciones.csv").write_text(HEAD + "\n", encoding="utf-8")
    add_lines(tmp_path, "correcciones.csv", [LINE])
    with pytest.raises(DecisionError, match="more than once"):
        add_lines(tmp_path, "correcciones.csv", [LINE | {"valor": "14"}])


def test_a_line_that_was_changed_is_not_taken_back(tmp_path: Path) -> None:
    """It is somebody's now."""
    file = tmp_path / "correcciones.csv"
    file.write_text(f"{HEAD}\n{WRITTEN.replace('13', '14')}\n", encoding="utf-8")
    before = file.read_bytes()
    assert not take_back(tmp_path, "correcciones.csv", [WRITTEN])
    assert file.read_bytes() == before


def test_what_an_editor_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """It knows no lock; its text stays, and the desk says so."""
    file = tmp_path / "correcciones.csv"
    file.write_text(HEAD + "\n", encoding="utf-8")

    def change(old: bytes) -> bytes:
        file.write_text("de otra persona\n", encoding="utf-8")
        return old + b"mia\n"

    with pytest.raises(ChangedMeanwhileError, match="somebody else"):
        edit(file, change)
    assert file.read_text(encoding="utf-8") == "de otra persona\n"


def test_a_sign_that_ends_a_line_ends_none(tmp_path: Path) -> None:
    """A reason of two lines is one."""
    (tmp_path / "correcciones.csv").write_text(HEAD + "\n", encoding="utf-8")
    (line,) = add_lines(tmp_path, "correcciones.csv", [LINE | {"motivo": "uno\ndos\r\n,=1+1"}])
    assert '"uno dos ,=1+1"' in line
    assert len((tmp_path / "correcciones.csv").read_text(encoding="utf-8").splitlines()) == 2


def _many(folder: Path, digit: str) -> None:
    for n in range(60):
        add_lines(folder, "correcciones.csv", [LINE | {"renglon_huella": f"{digit}{n:015x}"}])


def test_two_desks_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two processes, sixty lines each: all are there, each whole."""
    (tmp_path / "correcciones.csv").write_text(HEAD + "\n", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_many, args=(tmp_path, digit)) for digit in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join()
    hashes = {c.huella for c in load_decisions(tmp_path).correcciones}
    assert hashes == {f"{digit}{n:015x}" for digit in "ab" for n in range(60)}
