"""The crops beside ¿por qué?: which printed rows have one, under which name it stands, how large it is.

Belongs here: rows of scans, since of text and sheets the place says all. Does not belong here: cutting, which needs the
originals and is given (``warehouse.publish.crops``).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import duckdb

from dagster_project.site import facts
from dagster_project.site.streams import Key, Row, rows

FOLDER = "recortes"
DPI = 150
"""In four greys a row of a good scan has 5 kB and one of a poor one 7; at 100 type of 6 points has no shape."""
MANNER = (1, version("pypdfium2"))
"""How a crop is painted, of ``sources.crop`` and the library that draws a PDF: where it changes each is cut anew. The
number goes up with every change of a pixel; ``tests/unit/site/test_crops.py`` fails until it does."""
AROUND = 6.0
"""Points above and below a row: its lines."""
AT_ONCE = 2
"""Pages painted at a time, each by a child of its own with some 150 MB."""


class Crop(NamedTuple):
    """The place of a row on its page in points, and the name of its file, which says all it is made of."""

    name: str
    line: int
    upper: float
    lower: float


class Printed(NamedTuple):
    """The crops of a page, which is turned by so many right angles."""

    extracto_id: str
    page: int
    turn: int
    crops: tuple[Crop, ...]


class Shown(NamedTuple):
    """A crop as it stands in a page: its address, width and height in pixels."""

    address: str
    width: int
    height: int


Cut = Callable[[Printed], Mapping[str, bytes]]
"""The crops of a page as PNG by name; those that cannot be cut are left out."""

RowKey = tuple[str, int]
"""Extract and line."""


def write_crops(con: duckdb.DuckDBPyConnection, folder: Path, units: Collection[Key], cut: Cut) -> dict[RowKey, Shown]:
    """Write the crops of the rows of these units' years into ``recortes`` of a folder; those that there are, by row.

    Raises:
        OSError: one cannot be written.
    """
    pages = printed_pages(rows(con, facts.SCANNED), units)
    shown: dict[RowKey, Shown] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for page, found in zip(pages, pool.map(cut, pages), strict=True):
            for crop in page.crops:
                if png := found.get(crop.name):
                    (folder / FOLDER).mkdir(exist_ok=True)
                    (folder / FOLDER / crop.name).write_bytes(png)
                    width, height = struct.unpack(">II", png[16:24])
                    shown[page.extracto_id, crop.line] = Shown(f"{FOLDER}/{crop.name}", width, height)
    return shown


def printed_pages(found: list[Row], units: Collection[Key]) -> list[Printed]:
    """The pages on which rows of these units' years are printed, of rows in the order of their pages."""
    wanted = [row for row in found if (row["ente_codigo"], row["ejercicio"], row["unidad_codigo"]) in units]
    return [
        Printed(*key, tuple(_crop(row) for row in group))
        for key, group in groupby(wanted, lambda r: (r["extracto_id"], r["lugar_pagina"], r["lugar_giro"] or 0))
    ]


def _crop(row: Row) -> Crop:
    upper, lower = row["lugar_y0"] - AROUND, row["lugar_y1"] + AROUND
    made_of = (row["extracto_id"], row["lugar_pagina"], row["lugar_giro"] or 0, upper, lower, DPI, MANNER)
    name = hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]
    return Crop(f"{name}.png", row["linea"], upper, lower)
