"""Workbooks made for tests, as programs that save them leave them. Not here: reading them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook, which openpyxl marks as never computed."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, changes: Mapping[str, tuple[str, str]], more: Mapping[str, bytes] | None = None) -> bytes:
    """An archive with a pattern of some of its parts replaced, and more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8")
            if name in changes:
                pattern, by = changes[name]
                content, found = re.subn(pattern, by, content)
                assert found, (name, pattern)
            new.writestr(name, content)
        for name, added in (more or {}).items():
            new.writestr(name, added)
    return out.getvalue()


def computed(data: bytes) -> bytes:
    """A workbook without the word that its values are to be computed anew."""
    return changed(data, {"xl/workbook.xml": (r' fullCalcOnLoad="1"', "")})
