"""Pages of words with boxes, drawn as the form prints them, for the tests of the grid.

A row is written as in ``printed_tables``, bars for cells. Widths are those of a plain font: half its height a letter.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from dagster_project.sources.document import Box, Page, Word
from tests.support.made_up_forms import MONTHS, SIGNATURES, TITLE, MadeUpForm, header

PITCH = 7.5
LETTER, BLANK = 3.4, 1.9
FIGURES = (410, *(450 + 35 * k for k in range(8)), 740, 785)
"""The middles of the columns from meta to percentage."""

QUARTERS = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")
WIDTHS = {"texto": 64, "medida": 16, "observaciones": 40}
LEFT = {"lineas": 28, "texto": 86, "observaciones": 815}


@dataclass
class Sheet:
    """Words of a page, added from top to bottom; ``y`` is where the next line goes."""

    words: list[Word] = field(default_factory=list)
    y: float = 30.0

    def put(self, x: float, y: float, text: str, at: str = "left") -> None:
        """A text whose left edge, middle or right edge is at ``x``, its middle on level ``y``."""
        width = sum(len(t) * LETTER for t in text.split()) + BLANK * (len(text.split()) - 1)
        x -= {"left": 0.0, "center": width / 2, "right": width}[at]
        for word in text.split():
            end = x + len(word) * LETTER
            self.words.append(Word(word, Box(x, y - 3.6, end, y + 3.6), 0.99))
            x = end + BLANK

    def line(self, text: str, x: float = 28, at: str = "left") -> None:
        """A line of its own, a tab in it a wide gap."""
        for k, part in enumerate(text.split("\t")):
            self.put(x + 300 * k, self.y, part, at)
        self.y += PITCH

    def page(self, number: int = 1, lean: float = 0.0) -> Page:
        """The page, turned clockwise by so many degrees."""
        sine, cosine = math.sin(math.radians(lean)), math.cos(math.radians(lean))
        turned = []
        for word in self.words:
            box = word.box
            x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            x, y = x * cosine - y * sine, y * cosine + x * sine
            width, height = box.x1 - box.x0, box.y1 - box.y0
            around = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            turned.append(Word(word.text, around, word.confidence, word.cell))
        return Page(number, width=1008, height=612, words=tuple(turned))


def draw_header(sheet: Sheet, quarter: int = 2, year: int = 2023) -> None:
    """Title, header and date of a made-up form."""
    for text in (*TITLE, *header(MadeUpForm(), "label_value")):
        sheet.line(text.replace("2023", str(year)))
    sheet.line("TMM-F004", 980, "right")
    sheet.line(f"FECHA: {MONTHS[quarter]} {year}", 980, "right")
    sheet.y += PITCH


def draw_head(sheet: Sheet, quarters: Sequence[str] = QUARTERS, marks: str = "PAPAPAPA") -> None:
    """The head of the form's table; a blank among ``marks`` is one that was not read."""
    y = sheet.y + 1.4 * PITCH
    sheet.put(572, y - 1.4 * PITCH, "PERIODO", "center")
    sheet.put(762, y - 1.4 * PITCH, "ACUMULADO", "center")
    for x, upper, lower in ((52, "LINEA DE", "ACCION P.M.D."), (350, "UNIDAD DE", "MEDIDA"), (410, "META", "ANUAL"),
                            (740, "AVANCE", "ABSOLUTO"), (785, "ACUMULADO", "RELATIVO")):  # fmt: skip
        sheet.put(x, y - PITCH / 2, upper, "center")
        sheet.put(x, y + PITCH / 2, lower, "center")
    sheet.put(200, y, "METAS Y ACCIONES", "center")
    sheet.put(890, y, "OBSERVACIONES", "center")
    for k, name in enumerate(quarters):
        sheet.put(467.5 + 70 * k, y, name, "center")
    for x, mark in zip(FIGURES[1:9], marks, strict=True):
        if mark.strip():
            sheet.put(x, y + 1.4 * PITCH, mark, "center")
    sheet.y = y + 3 * PITCH


def draw_rows(sheet: Sheet, rows: Sequence[str], *, at_top: bool = False, at: str = "center") -> None:
    """Rows of a table; ``at`` says where in their columns figures are set, ``at_top`` where in a row its cells."""
    for row in rows:
        codes, text, measure, *figures, remarks = row.split("|")
        texts = {
            "lineas": [codes],
            "texto": textwrap.wrap(text, WIDTHS["texto"]),
            "medida": textwrap.wrap(measure, WIDTHS["medida"]),
            "observaciones": textwrap.wrap(remarks, WIDTHS["observaciones"]),
        }
        lines = max(map(len, texts.values()))
        middle = sheet.y if at_top else sheet.y + (lines - 1) * PITCH / 2
        for name, own in texts.items():
            first = middle if at_top else middle - (len(own) - 1) * PITCH / 2
            for k, part in enumerate(own):
                if name == "medida":
                    sheet.put(350, first + k * PITCH, part, "center")
                else:
                    sheet.put(LEFT[name], first + k * PITCH, part)
        for x, figure in zip(FIGURES, figures, strict=True):
            sheet.put(x + (15 if at == "right" else 0), middle, figure, at)
        sheet.y += lines * PITCH + 3
    sheet.y += 2 * PITCH


def draw_signatures(sheet: Sheet) -> None:
    """The signatures of a made-up form."""
    for text in SIGNATURES:
        sheet.line(text)


def drawn(rows: Sequence[str], quarter: int = 2) -> Sheet:
    """A whole form on a page."""
    sheet = Sheet()
    draw_header(sheet, quarter)
    draw_head(sheet)
    draw_rows(sheet, rows)
    draw_signatures(sheet)
    return sheet
