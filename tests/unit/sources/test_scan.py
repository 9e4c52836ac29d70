"""Pages that are pictures: named or known without the engine, looked at one by one with it."""

from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources import ocr, scan
from dagster_project.sources.document import Box, Page, Word
from dagster_project.sources.ocr import Reading
from dagster_project.sources.pdf import read_pdf
from dagster_project.sources.reading import read_document
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.scan import Scans, dpi_for
from dagster_project.sources.wire import Scanned
from tests.unit.sources.made_pdf import LETTER, image_over, pdf, text_at

ROW = RAIZ / "tests" / "data" / "documents" / "scanned_row.pdf"


class Stand:
    """An engine that sees one word on every picture, on a page that lay on its right side."""

    seen: list[tuple[int, ...]]

    def __init__(self) -> None:
        self.seen = []

    def read(self, image: Any) -> Reading:
        self.seen.append(image.shape)
        return Reading((Word("77", Box(20, 40, 60, 80), 0.9),), 1)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Stand:
    """The stand-in, as if the extra were installed."""
    stand = Stand()
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "engine_name", lambda: "stand-in 1")
    monkeypatch.setattr(ocr, "Engine", lambda: stand)
    return stand


def test_a_picture_is_read_in_points(engine: Stand) -> None:
    """Pixels by dpi; the page is as it stands once it is turned upright."""
    made = Scans(frozenset({3})).page(3, lambda: (np.zeros((400, 200, 3), np.uint8), 144))
    assert list(made) == [Page(3, None, 200.0, 100.0, 1, 144, (Word("77", Box(10, 20, 30, 40), 0.9),))]


def test_a_picture_that_nobody_asks_for_is_named_alone(engine: Stand) -> None:
    """It is not painted, and no engine is loaded for it."""
    assert list(Scans(None).page(1, lambda: pytest.fail("painted"))) == [Scanned(1)]


def test_only_the_pages_that_are_asked_for_are_looked_at(engine: Stand) -> None:
    """A child has its share of a file's pages."""
    pages = [image_over(0, 0, *LETTER)] * 3
    assert [one.number for one in read_pdf(pdf(pages), frozenset({2})) if isinstance(one, Page)] == [2]


def test_pages_of_a_pdf_are_painted_at_their_images_own_dpi(engine: Stand) -> None:
    """A small image at the least, a large one at the most, whatever the page says."""
    small = image_over(0, 0, *LETTER)
    list(read_pdf(pdf([small]), frozenset({1})))
    list(read_pdf(pdf([small], image=(5100, 6600)), frozenset({1})))
    assert engine.seen == [(1651, 1275, 3), (3301, 2550, 3)]


def test_without_the_engine_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, and of the file where nothing else of it can be read; what was looked at before stays."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    picture, text = image_over(0, 0, *LETTER), text_at(100, 700, "uno")
    found = read_document(pdf([text, picture]))
    assert [page.number for page in found.pages] == [1]
    assert [(n.regla, n.page, "`make ocr`" in n.razon) for n in found.notices] == [("sin_lector_de_imagenes", 2, True)]
    with pytest.raises(RefusedFileError, match="make ocr") as refused:
        read_document(pdf([picture]))
    assert refused.value.regla == "sin_lector_de_imagenes"
    known = Page(1, dpi=200, words=(Word("0", Box(1, 1, 2, 2), 0.9),))
    assert read_document(pdf([picture]), known={1: known}).pages == (known,)


@pytest.mark.parametrize(
    ("native", "size", "dpi"),
    [
        (200, (612, 792), 200),
        (72, (612, 792), 150),
        (600, (612, 792), 300),
        (0, (612, 792), 300),
        (300, (2384, 3370), 127),
    ],
)
def test_dpi_within_detail_and_memory(native: float, size: tuple[float, float], dpi: int) -> None:
    """A poster is looked at in fewer pixels than a page."""
    assert dpi_for(native, *size) == dpi
    assert size[0] * size[1] * dpi**2 / 72**2 <= scan.MAX_PIXELS * 1.01


def test_what_the_engine_reads_of_a_scanned_row() -> None:
    """A row of figures of a scan of 200 dpi, through the child; only where the extra is installed."""
    pytest.importorskip("rapidocr")
    (page,) = read_document(ROW.read_bytes()).pages
    row = [word.text for word in sorted(page.words, key=lambda word: word.box.x0)]
    assert row == ["1296", "324", "324", "324", "324", "324", "324", "25%"]
    assert all(word.confidence and word.confidence > 0.8 for word in page.words)


@pytest.mark.parametrize("quarters", [0, 2], ids=["upright", "upside-down"])
def test_a_page_that_the_vote_leaves_on_its_head_is_read_the_other_way_round(
    quarters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small type deceives the classifier of upside down; what the engine then reads it hardly believes itself."""
    pytest.importorskip("rapidocr")
    pages = pdfium.PdfDocument(ROW.read_bytes())
    upright = pages[0].render(scale=300 / 72).to_numpy()[:, :, :3]
    monkeypatch.setattr(ocr.Engine, "_is_upside_down", lambda *_: quarters == 0)
    found = ocr.Engine().read(np.ascontiguousarray(np.rot90(upright, quarters)))
    assert found.turn == quarters
    assert [word.text for word in sorted(found.words, key=lambda w: w.box.x0)][:3] == ["1296", "324", "324"]
