"""The one way in which a program changes a seed file: lines added, one line changed, and both taken back.

Belongs here: the lock, what a line is known by, that a run would take the file as it becomes. Does not belong here:
which lines (``proposals``, ``desk``, ``command.register``) and what a file means (the parsers, which are asked).

A person's editor knows no lock. What was read is compared with what is there right before the swap, and the change is
made anew on what somebody else saved meanwhile.
"""

from __future__ import annotations

import csv
import fcntl
import io
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dagster_project.reference.action_lines import load_action_lines
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.decisions import load_decisions
from dagster_project.reference.registry import load_registry
from dagster_project.reference.seed_file import BOM, line_end, swap
from dagster_project.tmm_f004.text.fold import plain

KEYS = {
    "entes.csv": ("ente_codigo",),
    "planes.csv": ("ente_codigo", "plan"),
    "programas.csv": ("ente_codigo", "programa_codigo"),
    "unidades.csv": ("ente_codigo", "unidad_codigo"),
    "unidades_medida.csv": ("unidad_medida_nombre",),
    "lineas_accion.csv": ("ente_codigo", "plan", "codigo"),
    "correcciones.csv": ("renglon_huella", "campo"),
    "vinculos.csv": ("renglon_huella",),
    "paginas.csv": ("pagina_huella", "campo"),
    "extractos.csv": ("ruta",),
}
"""What a line is known by in each file that is written: a second line of the same is refused.

A file comes behind those that its lines name, and they are written in this order: of several, what stands after a kill
names nothing that is not there."""

PARSERS: Mapping[str, Callable[[Path], object]] = {
    **dict.fromkeys(("correcciones.csv", "vinculos.csv", "paginas.csv"), load_decisions),
    "extractos.csv": load_registry,
    "lineas_accion.csv": load_action_lines,
}
"""What a run reads a file with; catalogues are read by ``load_catalogs``."""

TRIES = 20
"""How often a change is made anew because the file was saved meanwhile, before it is given up."""

Values = Mapping[str, str]


class DuplicateLineError(ValueError):
    """A line of the same key stands in the file already; the message names both. Nothing was written."""


class LineGoneError(ValueError):
    """The line to take back is not in the file as it was written. Nothing was written."""


class ChangedMeanwhileError(OSError):
    """Somebody saves the file again and again while it is to be written. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a file, to take it back: ``after`` is the line as written, ``before`` what stood in its place.

    ``glue`` is the line end given to a last line that had none.
    """

    file: str
    before: str
    after: str
    glue: str = ""


def add_lines(seeds: Path, lines: Mapping[str, Sequence[Values]]) -> list[Change]:
    """Put lines behind the last one of their files, all or none; one ``Change`` a line, file by file.

    A file keeps its columns and their order, its encoding mark and its line ends; what it has more of stays empty.

    Raises:
        DuplicateLineError: a line of the same key is there.
        OSError, ValueError: a file is not there, cannot be read or written, lacks a column of the line, or a run would
            not take it with the line; the message is the run's.
    """
    return _write(seeds, {name: partial(_longer, name, values) for name, values in lines.items()})


def put_line(seeds: Path, name: str, key: str, values: Values) -> Change:
    """Change the line whose first key column is ``key``, keeping its other cells; append it where there is none.

    Raises:
        OSError, ValueError: as ``add_lines``.
    """
    (change,) = _write(seeds, {name: partial(_put, name, key, values)})
    return change


def take_back(seeds: Path, changes: Sequence[Change]) -> None:
    """Undo changes, the last one first, all or none: each line must stand as it was written.

    Raises:
        LineGoneError: a line was changed or removed since.
        OSError, ValueError: a file cannot be read or written, or a run would not take it without the line.
    """
    by_file: dict[str, list[Change]] = {}
    for change in reversed(changes):
        by_file.setdefault(change.file, []).append(change)
    _write(seeds, {name: partial(_without, its) for name, its in by_file.items()}, tuple(reversed(KEYS)))


def as_line(columns: Sequence[str], values: Values, end: str = "") -> str:
    """Values as a line of CSV in the order of the columns."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerow([values.get(column, "") for column in columns])
    return text.getvalue()


def columns_of(path: Path) -> list[str]:
    """The columns of a file, in its order.

    Raises:
        OSError, UnicodeDecodeError: it cannot be read.
    """
    return next(csv.reader(io.StringIO(_decoded(path.read_bytes())[1], newline="")), [])


Edit = Callable[[str], tuple[str, list[Change]]]
"""From the text of a file to what it becomes, and what to take back."""


def _write(seeds: Path, edits: Mapping[str, Edit], order: Sequence[str] = tuple(KEYS)) -> list[Change]:
    with _locked(seeds):
        for _ in range(TRIES):
            olds = {name: (seeds / name).read_bytes() for name in edits}
            made, changes = {}, []
            for name, old in sorted(olds.items(), key=lambda file: order.index(file[0])):
                mark, text = _decoded(old)
                fresh, its = edits[name](text)
                made[name] = mark + fresh.encode()
                changes += its
            _check(seeds, made)
            if all((seeds / name).read_bytes() == old for name, old in olds.items()):
                swap({(seeds / name).resolve(): content for name, content in made.items()})
                return changes
    raise ChangedMeanwhileError(f"{', '.join(edits)} in {seeds} is being saved by somebody else; nothing was written")


@contextmanager
def _locked(seeds: Path) -> Iterator[None]:
    """One writer a folder, by a lock on the folder itself: no file is left for git to see."""
    descriptor = os.open(seeds, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _check(seeds: Path, made: Mapping[str, bytes]) -> None:
    """That a run would read the folder with these files in it."""
    with tempfile.TemporaryDirectory(prefix="avance-") as name:
        folder = Path(name)
        for path in seeds.glob("*.csv"):
            if path.name not in made:
                (folder / path.name).symlink_to(path.resolve())
        for file, content in made.items():
            (folder / file).write_bytes(content)
        for parse in dict.fromkeys(PARSERS.get(file, load_catalogs) for file in made):
            parse(folder)


def _decoded(content: bytes) -> tuple[bytes, str]:
    mark = BOM if content.startswith(BOM) else b""
    return mark, content.removeprefix(mark).decode("utf-8")


def _rows(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Where each row begins and ends, and its cells; a cell may hold line ends. The columns are the first."""
    passed = 0

    def lines() -> Iterator[str]:
        nonlocal passed
        for line in io.StringIO(text, newline=""):
            passed += len(line)
            yield line

    begins = 0
    for row in csv.reader(lines()):
        yield begins, passed, row
        begins = passed


def _longer(name: str, lines: Sequence[Values], text: str) -> tuple[str, list[Change]]:
    (_, _, columns), *rows = list(_rows(text)) or [(0, 0, [])]
    if missing := [column for column in lines[0] if column not in columns]:
        raise ValueError(f"{name} has no column {', '.join(missing)}; nothing was written")
    there = {_key(name, dict(zip(columns, row, strict=False))) for _, _, row in rows}
    changes = []
    end = line_end(text.encode())
    for values in lines:
        if (key := _key(name, values)) in there:
            raise DuplicateLineError(f"{name} has a line of {', '.join(key)} already; nothing was written")
        there.add(key)
        glue = "" if not text or text.endswith("\n") else end
        changes.append(Change(name, "", as_line(columns, values, end), glue))
        text += glue + changes[-1].after
    return text, changes


def _put(name: str, key: str, values: Values, text: str) -> tuple[str, list[Change]]:
    (_, _, columns), *rows = list(_rows(text)) or [(0, 0, [])]
    (column,) = KEYS[name]
    for begins, ends, row in rows:
        found = dict(zip(columns, row, strict=False))
        if _path(found.get(column, "")) == key:
            fresh = as_line(columns, {**found, **values}, line_end(text.encode()))
            return text[:begins] + fresh + text[ends:], [Change(name, text[begins:ends], fresh)]
    return _longer(name, [{column: key, **values}], text)


def _without(changes: Sequence[Change], text: str) -> tuple[str, list[Change]]:
    for change in changes:
        if text.endswith(last := change.glue + change.after) and change.glue:
            text = text.removesuffix(last)
            continue
        spans = [(begins, ends) for begins, ends, _ in _rows(text) if text[begins:ends] == change.after]
        if not spans:
            line = change.after.strip()
            raise LineGoneError(f"{change.file} does not hold the line {line} as it was written; nothing was written")
        begins, ends = spans[-1]
        text = text[:begins] + change.before + text[ends:]
    return text, []


def _key(name: str, row: Values) -> tuple[str, ...]:
    """A path is the same letter by letter; a name or a code also where its case or accents differ."""
    cells = (row.get(column) or "" for column in KEYS[name])
    return tuple(_path(cell) if name == "extractos.csv" else plain(cell) for cell in cells)


def _path(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.strip())
