"""Pages of PDF: words where they stand, upright; what is hidden, what is a picture, what is refused."""

from typing import Any

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources.document import Notice, Page, Word
from dagster_project.sources.pdf import read_pdf
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import Count, Scanned
from tests.unit.sources.made_pdf import LETTER, image_over, locked, pdf, text_at

ROW = text_at(100, 700, "ÁREA 126  91")
FULL = image_over(0, 0, *LETTER)


def said(data: bytes) -> list[Any]:
    return list(read_pdf(data))


def scanned(data: bytes) -> list[int]:
    return [message.number for message in said(data) if isinstance(message, Scanned)]


def page(data: bytes) -> Page:
    return next(message for message in said(data) if isinstance(message, Page))


def places(words: tuple[Word, ...]) -> list[tuple[str, int, int]]:
    return [(word.text, round(word.box.x0), round(word.box.y0)) for word in words]


UPRIGHT = [("ÁREA", 100, 83), ("126", 130, 83), ("91", 152, 83)]


def test_words_stand_where_they_are_printed() -> None:
    """In points from the upper left corner; two blanks part as one does."""
    found = page(pdf([ROW]))
    assert places(found.words) == UPRIGHT
    assert (found.width, found.height, found.turn, found.dpi) == (612, 792, 0, 0)


def test_the_sample_has_all_its_words() -> None:
    """Ten pages as the browser that printed them has them; a figure is one word."""
    found = [
        message
        for message in said((RAIZ / "tests/data/documents/digital.pdf").read_bytes())
        if isinstance(message, Page)
    ]
    assert [len(one.words) for one in found][:2] == [689, 35]
    words = {word.text: word.box for word in found[0].words}
    assert {"1296", "MEXICALI", "2.13.1", "continuidad"} <= set(words)
    assert 12 < words["1296"].x1 - words["1296"].x0 < 16


def test_letters_that_are_drawn_one_by_one_are_words() -> None:
    """On such a page the library ends a line behind every letter; a browser prints a table's second page so."""
    widths = {"A": 6.67, "t": 2.78, "e": 5.56, "n": 5.56, "d": 5.56, "r": 3.33, "1": 5.56}

    def spelt(x: float, y: float, word: str) -> list[str]:
        return [text_at(round(x + sum(map(widths.get, word[:k])), 2), y, c) for k, c in enumerate(word)]

    lines = [letter for k in range(20) for x, word in ((100, "Atender"), (300, "111"))
             for letter in spelt(x, 700 - 14 * k, word)]  # fmt: skip
    assert [word.text for word in page(pdf(["\n".join(lines)])).words] == ["Atender", "111"] * 20


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_turned_back(rotate: int) -> None:
    """Offices turn pages for the screen, whatever way the text then runs."""
    found = page(pdf([ROW], rotate=rotate))
    assert places(found.words) == UPRIGHT
    assert found.turn == (-rotate // 90) % 4


@pytest.mark.parametrize(
    ("turn", "size", "first"), [(1, (792, 612), (400, 291)), (2, (612, 792), (312, 391)), (3, (792, 612), (392, 303))]
)
def test_text_that_was_printed_turned_is_read_upright(turn: int, size: tuple[int, int], first: tuple[int, int]) -> None:
    """Most of a page's text says which way is up, and words follow each other from left to right."""
    found = page(pdf([text_at(300, 400, "uno dos", turn=turn)]))
    assert (found.width, found.height, found.turn) == (*size, turn)
    (_, x0, y0), (_, x1, y1) = places(found.words)
    assert (x0, y0) == first
    assert (x1 > x0, y1) == (True, y0)


def test_letters_that_are_not_painted_are_left_out_and_named() -> None:
    """Nobody saw them."""
    found = said(pdf([ROW + text_at(100, 500, "oculto", mode=3)]))
    assert [message.regla for message in found if isinstance(message, Notice)] == ["texto_invisible"]
    assert "oculto" not in [word.text for message in found if isinstance(message, Page) for word in message.words]


@pytest.mark.parametrize("colour", ["1 g", "1 1 1 rg", "0 0 0 0 k"])
def test_white_letters_on_white_are_left_out_and_named(colour: str) -> None:
    """Nobody who reads the print sees them."""
    found = said(pdf([f"q {colour} {text_at(100, 600, '999')} Q {ROW}"]))
    assert places(next(message for message in found if isinstance(message, Page)).words) == UPRIGHT
    assert [message.razon for message in found if isinstance(message, Notice)] == [
        "page 1: 3 letters that are not shown are left out"
    ]


@pytest.mark.parametrize("under", ["0 0 1 rg 90 590 100 30 re f", image_over(90, 590, 100, 30)])
def test_white_letters_on_a_colour_are_read(under: str) -> None:
    """A head painted dark."""
    words = page(pdf([f"q {under} Q q 1 g {text_at(100, 600, '999')} Q {ROW}"])).words
    assert sorted(word.text for word in words) == sorted(["999", "ÁREA", "126", "91"])


def test_letters_beside_the_page_are_left_out() -> None:
    """Cut marks and what was pushed aside."""
    assert places(page(pdf([ROW + text_at(700, 500, "fuera")])).words) == UPRIGHT


def test_what_was_filled_in_is_read() -> None:
    """A field of a form shows as an annotation, which is no text of the page."""
    field = b"/Subtype /Widget /FT /Tx /T (x) /V (4711) /Rect [100 600 200 620]"
    assert [word.text for word in page(pdf([ROW], annotation=field)).words][-1] == "4711"


@pytest.mark.parametrize("mode", [0, 3], ids=["shown", "hidden"])
def test_a_page_wide_image_is_a_scan_whatever_text_lies_over_it(mode: int) -> None:
    """That text is another program's reading."""
    assert scanned(pdf([FULL + text_at(100, 700, "leído por otro", mode=mode)])) == [1]


def test_a_logo_makes_no_scan() -> None:
    """A coat of arms beside the title."""
    assert places(page(pdf([ROW + image_over(20, 720, 60, 60)])).words) == UPRIGHT


def test_strips_of_an_image_add_up() -> None:
    """Scanners that send a page in strips."""
    strips = " ".join(image_over(0, 99 * number, 612, 99) for number in range(8))
    assert scanned(pdf([strips + ROW])) == [1]


def test_pages_of_text_are_read_where_others_are_images() -> None:
    """The image is named; whoever asked decides whether it is looked at."""
    found = said(pdf([ROW, FULL]))
    assert [message.number for message in found if isinstance(message, Page)] == [1]
    assert scanned(pdf([ROW, FULL])) == [2]


def test_scripts_are_passed_by() -> None:
    """The library has no engine for them."""
    assert places(page(pdf([ROW], extra=r"/OpenAction << /S /JavaScript /JS (app.alert\(1\)) >>")).words) == UPRIGHT


def test_blank_pages_are_passed_over() -> None:
    """Their number stays with the others."""
    found = said(pdf(["", ROW]))
    assert [message.number for message in found if isinstance(message, Page)] == [2]
    assert Count(2) in found


@pytest.mark.parametrize(
    ("data", "regla", "words"),
    [
        pytest.param(locked(pdf([ROW])), "protegido", "password.*print it to a PDF", id="locked"),
        pytest.param(pdf([""]), "documento_sin_texto", "neither text nor images", id="blank"),
        pytest.param(
            pdf([ROW], size=(14400, 14400)), "documento_demasiado_caro", "page 1 measures 200 × 200", id="wall"
        ),
        pytest.param(
            pdf([FULL], image=(30_000, 30_000)), "documento_demasiado_caro", "30,000 × 30,000 pixels", id="image"
        ),
        pytest.param(pdf([ROW] * 1001), "documento_demasiado_caro", "1,001 pages", id="pages"),
    ],
)
def test_refuses_by_name(data: bytes, regla: str, words: str) -> None:
    """Before anything of it is painted."""
    with pytest.raises(RefusedFileError, match=words) as refused:
        said(data)
    assert refused.value.regla == regla
