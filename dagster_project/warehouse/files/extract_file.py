"""An extract file on disk: what its bytes are, which text those bytes hold.

Belongs here: reading, decoding and splitting, each without loss and within bounds. Does not belong
here: which files there are (``extract_folder``), what the text means (``tmm_f004``) and where it is
kept (``load_files``).
"""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dagster_project.sources.refused import RefusedFileError

MAX_BYTES = 64 * 1024 * 1024
"""A page of the form is about 3 kB, so this is some twenty thousand pages: beyond it, a mistake."""

MAX_LINES = 1_000_000
"""Fifty times what those pages print: each line costs some 300 bytes of memory, however short it is."""

FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
"""Opening never waits for a pipe's writer, whatever took the file's place since it was listed."""

ENCODINGS = ("utf-8", "cp1252", "latin-1")
"""Tried in this order; latin-1 takes any byte, so a text always decodes."""

MAX_CONTROL_SHARE = 0.02
"""Of the bytes, how many may be control characters other than tab and line ends: OCR prints none."""

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\v") + b"\x7f"


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """The text of a file in lines of (text, line end); the text never holds the line end."""

    codificacion: str
    lineas: tuple[tuple[str, str], ...]


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a whole file that a person names: links are followed; else see ``read_opened``."""
    return read_opened(lambda: os.open(path, FLAGS), max_bytes)


def read_opened(opening: Callable[[], int], max_bytes: int = MAX_BYTES) -> bytes:
    """Read a whole file of at most ``max_bytes`` bytes, from the descriptor that ``opening`` gives.

    What was opened is looked at, not its name: that may stand for something else by now.

    Raises:
        RefusedFileError: it is larger, is no regular file, cannot be opened or read, or changed meanwhile.
    """
    try:
        descriptor = opening()
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise RefusedFileError("no_es_archivo", "is not a regular file")
            if before.st_size > max_bytes:
                raise RefusedFileError(
                    "demasiado_grande",
                    f"holds {before.st_size:,} bytes, more than the {max_bytes:,} allowed; part it into several files",
                )
            data = file.read(max_bytes + 1)
            after = os.fstat(descriptor)
    except RefusedFileError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        why = getattr(error, "strerror", None) or error
        raise RefusedFileError("ilegible", f"cannot be read: {why}; look at its name and rights") from error
    if _state(before) != _state(after) or len(data) != after.st_size:
        raise RefusedFileError("cambia", "changed while it was read; load it again when it is complete")
    return data


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def decode(data: bytes) -> DecodedFile:
    """Decode bytes so that encoding the lines again gives the same bytes.

    Raises:
        RefusedFileError: empty, binary, UTF-16 or UTF-32, of more lines than ``MAX_LINES``, or of none but
            those that a CR alone ends.
    """
    if not data.strip(b" \t\r\n\f\v" + codecs.BOM_UTF8):
        raise RefusedFileError("vacio", "is empty" if not data else "holds nothing but blanks")
    for bom, name in _WIDE_BOMS:
        if data.startswith(bom):
            raise RefusedFileError("codificacion", f"is {name} text; save it as UTF-8 and load it again")
    _refuse_binary(data)
    _refuse_lines(data)
    names = ("utf-8-sig",) if data.startswith(codecs.BOM_UTF8) else ()
    for name in names + ENCODINGS:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if text.encode(name) == data:
            return DecodedFile(name, split_lines(text))
    raise RefusedFileError("codificacion", "is in no encoding that gives its bytes back")


def split_lines(text: str) -> tuple[tuple[str, str], ...]:
    """Split on ``\\n`` alone, each line with its end (``\\n``, ``\\r\\n`` or '' for the last)."""
    lines: list[tuple[str, str]] = []
    pieces = text.split("\n")
    for piece in pieces[:-1]:
        lines.append((piece[:-1], "\r\n") if piece.endswith("\r") else (piece, "\n"))
    if pieces[-1]:
        lines.append((pieces[-1], ""))
    return tuple(lines)


def extracto_id(data: bytes) -> tuple[str, str]:
    """The id of an extract (first 16 hex digits) and its whole SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    return digest[:16], digest


def _refuse_lines(data: bytes) -> None:
    """Refuse more lines than any extract holds, and lines that only a CR parts: all would be one."""
    lines = data.count(b"\n") + 1
    if lines > MAX_LINES:
        raise RefusedFileError(
            "demasiado_grande",
            f"holds {lines:,} lines, more than the {MAX_LINES:,} allowed; part it into several files",
        )
    if lines == 1 and b"\r" in data.rstrip(b"\r"):
        raise RefusedFileError(
            "codificacion", "ends its lines with CR alone; save it with LF or CR LF line ends and load it again"
        )


def _refuse_binary(data: bytes) -> None:
    line = 1
    zero = data.find(b"\0")
    if zero >= 0 and _is_wide(data):
        raise RefusedFileError(
            "codificacion",
            "is UTF-16 text without its mark (every second byte is NUL); save it as UTF-8 and load it again",
        )
    if zero >= 0:
        line += data.count(b"\n", 0, zero)
        raise RefusedFileError("binario", f"is binary: a NUL byte in line {line}", linea=line)
    control = len(data) - len(data.translate(None, _CONTROL))
    if control > MAX_CONTROL_SHARE * len(data):
        raise RefusedFileError(
            "binario", f"is binary: {100 * control / len(data):.0f} % of its bytes are control characters"
        )


def _is_wide(data: bytes) -> bool:
    """Whether nearly every second byte is NUL, and hardly any other: what UTF-16 makes of Spanish text."""
    sample = data[:10_000]
    zeros = sorted((sample[0::2].count(0), sample[1::2].count(0)))
    return len(sample) >= 4 and zeros[1] >= 0.9 * (len(sample) // 2) and zeros[0] <= 0.05 * len(sample)
