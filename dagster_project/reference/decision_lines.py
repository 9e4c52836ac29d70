"""Writing and taking back lines of the decision files, for a person at the desk.

Belongs here: one line more, or one less, of ``correcciones.csv``, ``vinculos.csv`` and ``paginas.csv``, refused where a
run would refuse it. Does not belong here: what the lines mean (``decisions``), the register of extracts (``registry``).
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from dagster_project.reference.decisions import COLUMNS, DecisionError, load_decisions
from dagster_project.reference.seed_file import BOM, edit, line_end


def add_lines(seeds: Path, name: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Append rows to a decision file, all or none; the lines as they stand there, without their ends.

    The file keeps its columns and their order, its encoding mark, its line ends and all that people wrote.

    Raises:
        DecisionError: a run would refuse the file with these lines; nothing was written.
        OSError: the file cannot be read or written, or somebody wrote to it meanwhile; it is as it was.
    """
    written: list[str] = []

    def longer(old: bytes) -> bytes:
        columns = next(csv.reader([old.removeprefix(BOM).decode("utf-8").partition("\n")[0].rstrip("\r")]), [])
        if missing := [column for column in COLUMNS[name] if column not in columns]:
            raise DecisionError(f"{name}: missing column(s) {', '.join(missing)}")
        written[:] = [_line(columns, row) for row in rows]
        end = line_end(old)
        glue = "" if old.endswith(b"\n") else end
        new = old + (glue + "".join(line + end for line in written)).encode()
        _check(seeds, name, new)
        return new

    edit(seeds / name, longer)
    return written


def take_back(seeds: Path, name: str, lines: Sequence[str]) -> bool:
    """Remove lines that ``add_lines`` wrote, all or none; False where one is not there any more as it was written.

    Raises:
        OSError: as ``add_lines``.
    """
    done: list[bool] = []
    edit(seeds / name, partial(_shorter, lines=[line.encode() for line in lines], done=done))
    return bool(done)


def _shorter(old: bytes, lines: Sequence[bytes], done: list[bool]) -> bytes:
    there = old.splitlines(keepends=True)
    for line in lines:
        at = [n for n, found in enumerate(there) if found.rstrip(b"\r\n") == line]
        if not at:
            return old
        del there[at[-1]]
    done.append(True)
    return b"".join(there)


def _line(columns: Sequence[str], row: Mapping[str, str]) -> str:
    text = io.StringIO()
    # One line a decision: it can be found, and taken back, by itself.
    flat = {column: " ".join(value.split()) for column, value in row.items()}
    csv.DictWriter(text, columns, restval="", lineterminator="").writerow(flat)
    return text.getvalue()


def _check(seeds: Path, name: str, content: bytes) -> None:
    """Read the three files as a run would, this one with its new content."""
    with tempfile.TemporaryDirectory(prefix="avance-") as folder:
        for other in COLUMNS:
            if other == name:
                (Path(folder) / other).write_bytes(content)
            elif (seeds / other).exists():
                (Path(folder) / other).write_bytes((seeds / other).read_bytes())
        load_decisions(Path(folder))
