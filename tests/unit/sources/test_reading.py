"""Documents of every shape through the child that reads them."""

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources.document import Box, Kind, Page, Word
from dagster_project.sources.reading import read_document
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
