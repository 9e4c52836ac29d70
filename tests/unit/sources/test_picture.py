"""A piece of a page as a picture: at the height of its row, of the right page, turned as it was read."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from dagster_project.sources.document import Box
from dagster_project.sources.picture import AROUND, DPI, piece

WIDE, HIGH = 400, 300
RED, GREEN = (255, 0, 0), (0, 255, 0)


def page(colour: tuple[int, int, int]) -> Image.Image:
    """A white page with a bar of a colour at y 200 to 210."""
    image = Image.new("RGB", (WIDE, HIGH), "white")
    ImageDraw.Draw(image).rectangle((0, 200, WIDE, 210), fill=colour)
    return image


def saved(format: str, *pages: Image.Image) -> bytes:
    target = io.BytesIO()
    pages[0].save(target, format, save_all=len(pages) > 1, append_images=pages[1:])
    return target.getvalue()


def cut(data: bytes, number: int = 1, turn: int = 0, box: Box | None = None) -> Image.Image:
    return Image.open(io.BytesIO(piece(data, number, box or Box(10, 200, 90, 210), HIGH, turn)))


def test_the_row_is_shown_over_the_page_s_width_with_what_lies_around_it() -> None:
    found = cut(saved("PNG", page(RED)))
    assert found.width == WIDE
    assert abs(found.height - (10 + 2 * AROUND)) <= 2
    assert found.getpixel((200, found.height // 2)) == RED
    assert found.getpixel((200, 2)) == (255, 255, 255)


def test_of_a_tiff_the_page_that_is_asked_for_is_shown() -> None:
    data = saved("TIFF", page(RED), page(GREEN))
    assert cut(data, 2).getpixel((200, 23)) == GREEN
    with pytest.raises(ValueError, match="no page 3"):
        cut(data, 3)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_that_was_turned_to_be_read_is_turned_to_be_shown(turn: int) -> None:
    """As it lies in the file it stands on its side or its head."""
    lying = page(RED).rotate(90 * turn, expand=True)
    found = cut(saved("PNG", lying), turn=turn)
    assert found.width == WIDE
    assert found.getpixel((200, found.height // 2)) == RED


def test_a_row_at_the_edge_of_the_page_is_cut_at_it() -> None:
    found = cut(saved("PNG", page(RED)), box=Box(10, 290, 90, 300))
    assert found.height <= 10 + AROUND + 1


def test_a_page_of_a_pdf_is_drawn() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(WIDE, HIGH)
    target = io.BytesIO()
    document.save(target)
    data = target.getvalue()
    found = cut(data)
    assert abs(found.width - WIDE * DPI / 72) <= 2
    with pytest.raises(ValueError, match="no page 2"):
        cut(data, 2)
