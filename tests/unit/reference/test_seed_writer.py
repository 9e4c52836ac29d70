"""The one writer of seed files: whole or not at all, nothing of anybody else's lost, and taken back."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dagster_project.reference import seed_writer
from dagster_project.reference.registry import entry_of, load_registry
from dagster_project.reference.seed_writer import (
    ChangedMeanwhileError,
    DuplicateLineError,
    LineGoneError,
    add_lines,
    put_line,
    take_back,
)
from dagster_project.settings import RAIZ

HEAD = "renglon_huella,campo,impreso,valor,motivo,autor,fecha,archivo,linea"
REGISTER = "ruta,ente_codigo,publicado_en,fuente"


def figure(number: int, **other: str) -> dict[str, str]:
    """A decided figure of a line by its number."""
    made = {"renglon_huella": f"{number:016x}", "campo": "p2", "impreso": "4", "valor": "2", "motivo": "así, dice"}
    return made | {"autor": "A. Pérez", "fecha": "2022-11-30", "archivo": "a.txt", "linea": "5"} | other


def line(number: int) -> str:
    """That figure as a line."""
    return f'{number:016x},p2,4,2,"así, dice",A. Pérez,2022-11-30,a.txt,5'


@pytest.mark.parametrize(
    ("old", "added"),
    [
        pytest.param(f"{HEAD}\n", f"{line(1)}\n", id="the first"),
        pytest.param(f"{HEAD}\n{line(7)}\n", f"{line(1)}\n", id="one more"),
        pytest.param(f"{HEAD}\n{line(7)}", f"\n{line(1)}\n", id="no line end"),
        pytest.param(f"{HEAD}\r\n{line(7)}\r\n", f"{line(1)}\r\n", id="windows"),
        pytest.param(f"\ufeff{HEAD}\n", f"{line(1)}\n", id="mark"),
        pytest.param(f"{HEAD},nota\n{line(9)},mía\n", f"{line(1)},\n", id="own column"),
        pytest.param(
            f'{HEAD}\n{line(9).replace("dice", "dice" + chr(10) + "dos" + chr(0x2028) + "tres")}\n', f"{line(1)}\n",
            id="cell of lines",
        ),
    ],
)  # fmt: skip
def test_a_line_goes_behind_the_last_one_and_comes_off_again(tmp_path: Path, old: str, added: str) -> None:
    """All else stays byte for byte, with the file's rights, and nothing lies beside it."""
    path = tmp_path / "correcciones.csv"
    path.write_bytes(old.encode())
    path.chmod(0o640)
    changes = add_lines(tmp_path, {"correcciones.csv": [figure(1)]})
    assert path.read_bytes() == (old + added).encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]
    take_back(tmp_path, changes)
    assert path.read_bytes() == old.encode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"autor": " "}, "line 3: autor must not be empty"),
        ({"campo": "p9"}, "line 3: 'p9' is none of"),
        ({"valor": "dos"}, "line 3: 'dos' is no figure"),
        ({"fecha": "ayer"}, "line 3: 'ayer' is no date"),
        ({"renglon_huella": f"{7:016x}"}, "has a line of 0{15}7, P2 already"),
    ],
)
def test_a_line_that_a_run_would_refuse_is_not_written(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    """In the words of the run; neither it nor a good line beside it."""
    path = tmp_path / "correcciones.csv"
    path.write_text(f"{HEAD}\n{line(7)}\n")
    (tmp_path / "extractos.csv").write_text(f"{REGISTER}\n")
    with pytest.raises(ValueError, match=said):
        add_lines(tmp_path, {"extractos.csv": [{"ruta": "b.txt"}], "correcciones.csv": [figure(1) | wrong]})
    assert path.read_text() == f"{HEAD}\n{line(7)}\n"
    assert (tmp_path / "extractos.csv").read_text() == f"{REGISTER}\n"


@pytest.mark.parametrize(
    ("before", "ruta", "after"),
    [
        ("", "a.txt", "a.txt,,rechazado,por esto\n"),
        ("b.txt,02002,,\n", "a.txt", "b.txt,02002,,\na.txt,,rechazado,por esto\n"),
        ("b.txt,02002,,", "a.txt", "b.txt,02002,,\na.txt,,rechazado,por esto\n"),
        ('a.txt,02002,2022-01-01,"x, y"\nb.txt,,,\n', "a.txt", "a.txt,02002,rechazado,por esto\nb.txt,,,\n"),
        ("A.txt,,,\n", "a.txt", "A.txt,,,\na.txt,,rechazado,por esto\n"),
    ],
    ids=["the first", "one more", "no line end", "its own line", "another by its case"],
)
def test_a_file_of_the_register_has_one_line(tmp_path: Path, before: str, ruta: str, after: str) -> None:
    """It keeps what it says else; taken back, the register is as it was."""
    path = tmp_path / "extractos.csv"
    path.write_text(f"{REGISTER}\n{before}")
    change = put_line(tmp_path, "extractos.csv", ruta, {"publicado_en": "rechazado", "fuente": "por esto"})
    assert path.read_text() == f"{REGISTER}\n{after}"
    assert entry_of(load_registry(tmp_path), ruta).rechazado
    take_back(tmp_path, [change])
    assert path.read_text() == f"{REGISTER}\n{before}"


def test_the_lines_of_others_stay_when_one_is_taken_back(tmp_path: Path) -> None:
    """Those written later too; a line that was changed since is left and named."""
    path = tmp_path / "correcciones.csv"
    path.write_text(f"{HEAD}\n{line(7)}")
    changes = add_lines(tmp_path, {"correcciones.csv": [figure(1), figure(2)]})
    path.write_text(path.read_text() + line(8) + "\n")
    take_back(tmp_path, changes[:1])
    assert path.read_text() == f"{HEAD}\n{line(7)}\n{line(2)}\n{line(8)}\n"
    path.write_text(path.read_text().replace(line(2), line(2).replace("Pérez", "Ruiz")))
    with pytest.raises(LineGoneError, match="0000000000000002"):
        take_back(tmp_path, changes[1:])


def test_what_an_editor_saves_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line goes behind it; who never stops saving is told of."""
    path = tmp_path / "correcciones.csv"
    path.write_text(f"{HEAD}\n")
    check, saved = seed_writer._check, []

    def saving(*given: object) -> None:
        check(*given)
        if len(saved) < often:
            saved.append(line(100 + len(saved)))
            path.write_text("\n".join([HEAD, *saved, ""]))

    monkeypatch.setattr(seed_writer, "_check", saving)
    often = 3
    add_lines(tmp_path, {"correcciones.csv": [figure(1)]})
    assert path.read_text().splitlines() == [HEAD, *saved, line(1)]
    often = 1_000
    with pytest.raises(ChangedMeanwhileError):
        add_lines(tmp_path, {"correcciones.csv": [figure(2)]})
    with pytest.raises(DuplicateLineError):
        add_lines(tmp_path, {"correcciones.csv": [figure(100)]})


WRITER = """
import sys
from pathlib import Path
from dagster_project.reference.seed_writer import add_lines
from tests.unit.reference.test_seed_writer import figure
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 50):
    add_lines(Path(sys.argv[1]), {"correcciones.csv": [figure(number)]})
"""


def test_two_desks_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two processes and four threads of a third, 200 lines."""
    path = tmp_path / "correcciones.csv"
    path.write_text(f"{HEAD}\n")
    env = {**os.environ, "PYTHONPATH": str(RAIZ)}
    others = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(start)], env=env, cwd=RAIZ)
        for start in (1_000, 2_000)
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: add_lines(tmp_path, {"correcciones.csv": [figure(n)]}), range(100)))
    assert [other.wait(60) for other in others] == [0, 0]
    head, *lines = path.read_text().splitlines()
    assert head == HEAD
    assert sorted(lines) == sorted(line(n) for n in (*range(100), *range(1_000, 1_050), *range(2_000, 2_050)))


PLAN = {"ente_codigo": "02004", "plan": "nuevo", "plan_nombre": "Nuevo", "imprime_eje": "true", "fuente": "x"}
LINE = {"ente_codigo": "02004", "plan": "nuevo", "codigo": "1.1", "nombre": "Una línea", "fuente": "x"}
TWO = {"lineas_accion.csv": [LINE], "planes.csv": [PLAN]}
KILLED = """
import json, os, sys
from pathlib import Path
from dagster_project.reference.seed_writer import add_lines, take_back

seeds, lines, after = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
changes, replace = add_lines(seeds, lines) if after else [], Path.replace

def once(path, target):
    replace(path, target)
    os.kill(os.getpid(), 9)

Path.replace = once
take_back(seeds, changes) if after else add_lines(seeds, lines)
"""


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Two files of which one speaks of the other's lines, with none of these."""
    for name in TWO:
        (tmp_path / name).write_bytes((RAIZ / "seeds" / name).read_bytes())
    return tmp_path


@pytest.mark.parametrize("after", [0, 1], ids=["added", "taken back"])
def test_what_stands_after_a_kill_between_two_files_names_nothing_that_is_not_there(both: Path, after: int) -> None:
    """A plan without its líneas yet, never líneas of no plan."""
    arguments = [str(both), json.dumps(TWO), str(after)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=RAIZ, check=False)
    assert done.returncode == -9
    assert "02004,nuevo,Nuevo" in (both / "planes.csv").read_text()
    assert "02004,nuevo" not in (both / "lineas_accion.csv").read_text()


def test_a_disk_that_is_full_at_the_second_file_leaves_the_first_as_it_was(
    both: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are written beside their files before one of them is replaced."""
    before = {path.name: path.read_bytes() for path in both.iterdir()}
    flush, left = os.fsync, [1]

    def full(descriptor: int) -> None:
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        left.pop()
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add_lines(both, TWO)
    assert {path.name: path.read_bytes() for path in both.iterdir()} == before
