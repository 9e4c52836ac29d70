"""The lines of an extract without its text in memory: each is read from a file when it is asked for.

Belongs here: where each line begins, and how it is decoded. Does not belong here: which files are
refused and why, which ``extract_files`` alone decides; where else lines are kept (``store``).
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, overload
from weakref import finalize

from dagster_project.warehouse.files.extract_file import MAX_BYTES, RefusedFileError, decode, read_bytes

SMALL = 4 * 1024 * 1024
"""Bytes of a file whose lines are simply held: a thousand form pages."""

_BOM = b"\xef\xbb\xbf"
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\v") + b"\x7f"
_NOT_1252 = b"\x81\x8d\x8f\x90\x9d"


class LinesOnDisk(Sequence[str]):
    """The lines of an open file, without their ends, as ``decode`` would give them.

    Raises RefusedFileError ``cambia`` where the file has become shorter since it was opened.
    """

    def __init__(self, file: BinaryIO, encoding: str, starts: array[int]) -> None:
        self._file, self._encoding, self._starts = file, encoding, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        size = self._starts[at + 1] - self._starts[at]
        return self._text(os.pread(self._file.fileno(), size, self._starts[at]), size)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(self._starts[0])
        for at in range(len(self)):
            yield self._text(self._file.readline(), self._starts[at + 1] - self._starts[at])

    def _text(self, raw: bytes, size: int) -> str:
        if len(raw) != size:
            raise RefusedFileError("cambia", "changed while it was read; load it again when it is complete")
        return raw.removesuffix(b"\n").removesuffix(b"\r" if raw.endswith(b"\n") else b"").decode(self._encoding)


@contextmanager
def open_lines(path: Path, small: int = SMALL, max_bytes: int = MAX_BYTES) -> Iterator[Sequence[str]]:
    """The lines of an extract; those of a file larger than ``small`` bytes stay on disk.

    Raises:
        RefusedFileError: as ``read_bytes`` and ``decode`` do.
    """
    try:
        size = path.stat().st_size if path.is_file() else 0
    except OSError:
        size = 0  # read_bytes says what is the matter
    if not small < size <= max_bytes:
        yield [line for line, _ in decode(read_bytes(path, max_bytes)).lineas]
        return
    with path.open("rb") as file:
        scanned = _scan(file)
        if scanned is None:
            yield [line for line, _ in decode(read_bytes(path, max_bytes)).lineas]
        else:
            yield LinesOnDisk(file, *scanned)


def spool_lines(lines: Iterable[str]) -> LinesOnDisk:
    """Lines that come one after another, to be read again and again: in a nameless file that goes when they do.

    Raises:
        OSError: there is no room for it.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed along with what reads it)
    starts = array("q", [0])
    spooled = LinesOnDisk(file, "utf-8", starts)
    finalize(spooled, file.close)
    for line in lines:
        # ``LinesOnDisk`` takes one CR with the LF: a line may end with a CR of its own.
        starts.append(starts[-1] + file.write(line.encode() + b"\r\n"))
    file.flush()
    return spooled


def _scan(file: BinaryIO) -> tuple[str, array[int]] | None:
    """The encoding and where each line begins; None where anything is odd enough that the file may be refused."""
    start = len(_BOM) if file.read(len(_BOM)) == _BOM else 0
    file.seek(start)
    starts = array("q", [start])
    utf8 = windows = True
    filled = False
    for raw in file:
        starts.append(starts[-1] + len(raw))
        filled = filled or not raw.isspace()
        if len(raw.translate(None, _CONTROL)) != len(raw):
            return None
        if not raw.isascii():
            utf8 = utf8 and _is_utf8(raw)
            windows = windows and len(raw.translate(None, _NOT_1252)) == len(raw)
    if not filled or (start and not utf8):
        return None
    return "utf-8" if utf8 else "cp1252" if windows else "latin-1", starts


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
