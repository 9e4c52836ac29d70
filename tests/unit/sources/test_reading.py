"""Documents of every shape through the child that reads them."""

import struct
import zlib

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources.document import Box, Kind, Page, Word
from dagster_project.sources.reading import picture, read_document
from dagster_project.sources.refused import RefusedFileError
from tests.unit.sources.made_pdf import LETTER, image_over, pdf, text_at

SAMPLES = RAIZ / "tests" / "data" / "documents"


@pytest.mark.parametrize(
    ("name", "kind", "pages", "engine"),
    [
        ("digital.pdf", Kind.PDF, list(range(1, 11)), "pypdfium2"),
        ("workbook.xlsx", Kind.WORKBOOK, [1, 2, 3, 4, 5, 6, 8], "openpyxl"),
        ("workbook.xls", Kind.WORKBOOK, [1, 2, 3, 4, 5, 6, 8], "xlrd"),
    ],
)
def test_reads_the_samples(name: str, kind: Kind, pages: list[int], engine: str) -> None:
    """Pages in order, with what read them; each is told as it is read."""
    told: list[int] = []
    document = read_document((SAMPLES / name).read_bytes(), on_page=lambda number, total: told.append(number))
    assert (document.kind, [page.number for page in document.pages], told) == (kind, pages, pages)
    assert document.engine.startswith(engine)


def test_pages_known_from_before_take_their_place() -> None:
    """A scanned page that the same engine looked at is not looked at again; the document is then a scan's."""
    known = Page(2, None, 612.0, 792.0, 0, 200, (Word("0", Box(1, 1, 2, 2), 0.9),))
    data = pdf([text_at(100, 700, "uno"), image_over(0, 0, *LETTER)])
    document = read_document(data, known={2: known})
    assert (document.kind, document.pages[1], len(document.pages)) == (Kind.SCAN, known, 2)


def test_text_is_not_read_here() -> None:
    """It has a reader of its own, without a child."""
    with pytest.raises(ValueError, match="decoded"):
        read_document(b"TMM-F004\n")


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_word_is_shown_where_it_stands(rotate: int) -> None:
    """The box of a word cut out of its page, turned as the page was: dark on white, and nothing beside it."""
    data = pdf([text_at(100, 700, "MMMM", size=20)], rotate=rotate)
    (page,) = read_document(data).pages
    box = page.words[0].box
    size, dark = _pixels(picture(data, page, box, dpi=150))
    assert size == (round((box.x1 - box.x0) * 150 / 72), round((box.y1 - box.y0) * 150 / 72))
    assert dark > 0.2
    assert _pixels(picture(data, page, Box(box.x0, box.y1 + 5, box.x1, box.y1 + 50)))[1] == 0


def _pixels(png: bytes) -> tuple[tuple[int, int], float]:
    """Width and height, and the share of dark bytes, of a picture of ours."""
    width, height = struct.unpack(">II", png[16:24])
    lines = zlib.decompress(png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8])
    rows = [lines[at + 1 : at + 1 + 3 * width] for at in range(0, len(lines), 3 * width + 1)]
    assert len(rows) == height
    return (width, height), sum(byte < 128 for row in rows for byte in row) / (3 * width * height)


def test_a_workbook_has_no_picture() -> None:
    """Its place is sheet and cell."""
    with pytest.raises(RefusedFileError, match="without pictures"):
        picture((SAMPLES / "workbook.xlsx").read_bytes(), Page(1), Box(0, 0, 9, 9))
