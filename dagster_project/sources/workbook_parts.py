"""What openpyxl does not say of a workbook: where a sheet's part is, its formulas, whether their values were saved.

Not here: cells and what they show (``workbook``). Reads the archive's XML itself, one pass a sheet.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.formula.translate import Translator

SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Formula(NamedTuple):
    """A formula of a cell, and whether the value it had was saved with it."""

    reference: str
    text: str
    is_saved: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The part of each sheet by title; whether the file says that its values must be computed anew."""

    paths: dict[str, str]
    is_stale: bool


def parts_of(archive: zipfile.ZipFile) -> Parts:
    """The parts of the sheets. Excel and LibreOffice take the word ``fullCalcOnLoad`` out when they save."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {found.get("Id"): posixpath.join("/xl", str(found.get("Target"))) for found in relations}
    calculation = book.find(f"{SHEETS}calcPr")
    stale = calculation is not None and (
        calculation.get("fullCalcOnLoad") in ("1", "true") or calculation.get("calcCompleted") in ("0", "false")
    )
    paths = {
        str(sheet.get("name")): posixpath.normpath(targets[sheet.get(RELATION)]).lstrip("/")
        for sheet in book.iter(f"{SHEETS}sheet")
        if sheet.get(RELATION) in targets
    }
    return Parts(paths, stale)


def formulas_of(archive: zipfile.ZipFile, path: str) -> Iterator[Formula]:
    """The formulas of a sheet; those that share another's are written out for their own cell."""
    shared: dict[str, Translator] = {}
    with archive.open(path) as part:
        for _, cell in ElementTree.iterparse(part):
            if cell.tag == f"{SHEETS}row":
                cell.clear()
            if cell.tag != f"{SHEETS}c" or (formula := cell.find(f"{SHEETS}f")) is None:
                continue
            reference, text = str(cell.get("r")), f"={formula.text or ''}"
            group = formula.get("si")
            if formula.get("t") == "shared" and group is not None:
                if formula.text:
                    shared[group] = Translator(text, reference)
                elif group in shared:
                    text = shared[group].translate_formula(reference)
            value = cell.find(f"{SHEETS}v")
            # A formula that gives '' is saved as an empty text; one that was never computed has no type.
            is_saved = value is not None and (bool(value.text) or cell.get("t") == "str")
            yield Formula(reference, text, is_saved)
