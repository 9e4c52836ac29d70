"""Extract files on disk: which there are, what their bytes are, which text those bytes hold.

Belongs here: finding, reading, decoding and splitting, each without loss. Does not belong
here: what the text means (``tmm_f004``) and where it is kept (``load``).
"""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".txt"
MAX_BYTES = 64 * 1024 * 1024
"""A page of the form is about 3 kB, so this is some twenty thousand pages: beyond it, a mistake."""

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


class RefusedFileError(ValueError):
    """A file that is not read: ``regla`` names the rule, ``razon`` says why, ``texto`` shows a bit of it."""

    def __init__(self, regla: str, razon: str, texto: str = "", linea: int = 0) -> None:
        super().__init__(razon)
        self.regla, self.razon, self.texto, self.linea = regla, razon, texto, linea


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """A file to load; ``ruta`` is its path below the folder, '/'-separated."""

    ruta: str
    path: Path


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """Something below the folder that is no extract, and why it was left alone."""

    ruta: str
    razon: str


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """The text of a file in lines of (text, line end); the text never holds the line end."""

    codificacion: str
    lineas: tuple[tuple[str, str], ...]


def find_extract_files(folder: Path) -> tuple[list[ExtractFile], list[IgnoredFile]]:
    """List the extracts below ``folder`` and what was passed over, each sorted by path.

    Raises:
        FileNotFoundError: ``folder`` is not a folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"the extracts folder {folder} does not exist or is not a folder")
    root = folder.resolve()
    files: list[ExtractFile] = []
    ignored: list[IgnoredFile] = []
    for parent, folders, names in os.walk(root):
        for name in [d for d in folders if d.startswith(".") or (Path(parent) / d).is_symlink()]:
            folders.remove(name)
            ignored.append(IgnoredFile(_ruta(root, Path(parent) / name), "hidden or linked folder"))
        for name in names:
            path = Path(parent) / name
            if reason := _why_ignored(root, path):
                ignored.append(IgnoredFile(_ruta(root, path), reason))
            else:
                files.append(ExtractFile(_ruta(root, path), path))
    return sorted(files, key=lambda f: f.ruta), sorted(ignored, key=lambda f: f.ruta)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a whole file of at most ``max_bytes`` bytes.

    Raises:
        RefusedFileError: it is larger, is no regular file, cannot be read, or changed meanwhile.
    """
    try:
        # Never blocks on a pipe, whatever took the file's place since it was listed.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise RefusedFileError("no_es_archivo", "is not a regular file")
            if before.st_size > max_bytes:
                raise RefusedFileError(
                    "demasiado_grande", f"holds {before.st_size:,} bytes, more than the {max_bytes:,} allowed"
                )
            data = file.read(max_bytes + 1)
            after = os.fstat(descriptor)
    except OSError as error:
        raise RefusedFileError("ilegible", f"cannot be read: {error.strerror}") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise RefusedFileError("cambia", "changed while it was read; load it again when it is complete")
    return data


def decode(data: bytes) -> DecodedFile:
    """Decode bytes so that encoding the lines again gives the same bytes.

    Raises:
        RefusedFileError: empty, binary, UTF-16 or UTF-32.
    """
    if not data.strip(b" \t\r\n\f\v" + codecs.BOM_UTF8):
        raise RefusedFileError("vacio", "is empty" if not data else "holds nothing but blanks")
    for bom, name in _WIDE_BOMS:
        if data.startswith(bom):
            raise RefusedFileError("codificacion", f"is {name} text; save it as UTF-8 and load it again")
    _refuse_binary(data)
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


def _refuse_binary(data: bytes) -> None:
    line = 1
    zero = data.find(b"\0")
    if zero >= 0:
        line += data.count(b"\n", 0, zero)
        raise RefusedFileError("binario", f"is binary: a NUL byte in line {line}", linea=line)
    control = len(data) - len(data.translate(None, _CONTROL))
    if control > MAX_CONTROL_SHARE * len(data):
        raise RefusedFileError(
            "binario", f"is binary: {100 * control / len(data):.0f} % of its bytes are control characters"
        )


def _why_ignored(root: Path, path: Path) -> str | None:
    if path.name.startswith("."):
        return "hidden file"
    if path.suffix.lower() != SUFFIX:
        return f"not a {SUFFIX} file"
    if not path.resolve().is_relative_to(root):
        return "link that leaves the folder"
    if not path.is_file():
        return "not a regular file"
    return None


def _ruta(root: Path, path: Path) -> str:
    # A name that is not UTF-8 is shown with its bytes escaped: it must fit a text column.
    return path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
