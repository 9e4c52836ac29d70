"""The parts of a workbook's archive, looked at before a library unpacks them. Not here: what the parts say."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from dagster_project.sources.refused import RefusedFileError

MAX_PARTS = 2_000
"""A workbook of 200 sheets has some 800 parts, drawings and links among them."""

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of XML: some 500,000 cells, a hundred years of a municipality; openpyxl takes 25 times that in memory."""

MAX_PICTURES = 256 * 1024 * 1024
"""Bytes of pictures: a coat of arms, photographs of what was done; openpyxl unpacks them too."""

CHUNK = 1024 * 1024
_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def looked_at(data: bytes) -> zipfile.ZipFile:
    """The archive, once every part that is read was unpacked within bounds and names no entities.

    Raises:
        RefusedFileError: too many parts or bytes, locked, damaged, or a part that defines a document type.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise _too_dear(f"holds {len(parts):,} parts, more than the {MAX_PARTS:,} allowed")
        if any(part.flag_bits & 1 for part in parts):
            raise RefusedFileError("protegido", "is locked by a password; open it, take the password off and save it")
        for bound, is_asked in ((MAX_UNPACKED, _is_read), (MAX_PICTURES, lambda name: not _is_read(name))):
            room = bound
            for part in filter(lambda part: is_asked(part.filename), parts):
                room -= _unpacked(archive, part, room, bound)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, RefusedFileError):
            raise
        raise RefusedFileError("documento_danado", f"is damaged: {error}; open it, save it again") from error
    return archive


def _is_read(name: str) -> bool:
    """Whether a part is more than a picture; by its folder, since any other may be named as a sheet."""
    return not name.startswith("xl/media/")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int, bound: int) -> int:
    """The bytes a part unpacks to, by unpacking it: what the archive says of itself may be untrue."""
    size, tail = 0, b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > room:
                raise _too_dear(
                    f"unpacks to more than {bound // 1024**2} MB ({len(archive.infolist())} parts, "
                    f"{part.filename} the last of them)"
                )
            if _is_read(part.filename) and _TYPE.search(tail + chunk):
                raise RefusedFileError("documento_danado", f"defines entities in {part.filename}, as no workbook does")
            tail = chunk[-16:]
    return size


def _too_dear(what: str) -> RefusedFileError:
    return RefusedFileError(
        "documento_demasiado_caro", f"{what}; keep the sheets of the form in a workbook of their own"
    )
