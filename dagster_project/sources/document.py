"""What a file of any kind is made of before the form is looked at: pages of words or cells, each with its place.

Belongs here: the types alone. Does not belong here: reading a format, and what a word means.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a file is, by its content."""

    TEXT = "texto"
    WORKBOOK = "libro"
    PDF = "pdf"
    SCAN = "imagen"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in points (1/72 inch) from its upper left corner, x to the right and y down."""

    x0: float
    y0: float
    x1: float
    y1: float


class GridCell(NamedTuple):
    """A cell that rules drawn on a page close in, by its rows and columns among all that are drawn on the page."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a run of words that an engine read as one, on a page; ``confidence`` (0 to 1) where one was given.

    ``cell`` is the drawn cell it stands in, None where it stands in none.
    """

    text: str
    box: Box
    confidence: float | None = None
    cell: GridCell | None = None


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a sheet, by row and column from 1: what it shows, its reference (``Hoja 3!B17``), its formula.

    ``last_row`` and ``last_column`` are its own, or the last of the merged cells it stands for; ``box`` is where it
    stands, of a cell that is drawn on a page.
    """

    row: int
    column: int
    text: str
    reference: str
    formula: str | None = None
    last_row: int | None = None
    last_column: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a sheet: words with boxes, or cells; ``number`` from 1, ``name`` that of a sheet.

    ``width`` and ``height`` are in points, 0 where it is a sheet. ``turn`` says by how many right angles the page was
    turned clockwise so that its text runs from left to right; its size and boxes are those of the page so turned.
    ``dpi`` is that of the picture that an engine looked at, 0 where letters or cells were read.
    """

    number: int
    name: str | None = None
    width: float = 0.0
    height: float = 0.0
    turn: int = 0
    dpi: int = 0
    words: tuple[Word, ...] = ()
    cells: tuple[SheetCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of a file that was left out or read with care: ``regla`` names it, ``razon`` says what and where."""

    regla: str
    razon: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as pages in order, with what was left out; ``engine`` names what read it (library, version, models)."""

    kind: Kind
    pages: tuple[Page, ...]
    engine: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell of a derived line stands: page, box or reference of a sheet's cell, confidence, formula."""

    page: int
    box: Box | None = None
    reference: str | None = None
    confidence: float | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text derived from a page, cells parted by tabs, with the place of each of them (None: a blank)."""

    text: str
    page: int
    places: tuple[Place | None, ...] = ()
