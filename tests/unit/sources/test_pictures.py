"""Images by themselves: their pages, their pixels as they are looked at, what is refused before it is unpacked."""

import io
import struct
import zlib
from typing import Any

import pytest

from dagster_project.sources import ocr
from dagster_project.sources.document import Box, Page
from dagster_project.sources.ocr import Reading
from dagster_project.sources.pictures import read_pictures
from dagster_project.sources.reading import pictures
from dagster_project.sources.refused import RefusedFileError

Image = pytest.importorskip("PIL.Image", reason="pillow comes with the extra (make ocr)")


class Eye:
    """An engine that keeps what it is shown."""

    def __init__(self) -> None:
        self.shown: list[Any] = []

    def read(self, image: Any) -> Reading:
        self.shown.append(image)
        return Reading((), 0)


@pytest.fixture
def eye(monkeypatch: pytest.MonkeyPatch) -> Eye:
    """The stand-in, as if the engine were installed."""
    made = Eye()
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "engine_name", lambda: "eye 1")
    monkeypatch.setattr(ocr, "Engine", lambda: made)
    return made


def saved(image: Any, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def pages(data: bytes) -> list[Page]:
    return [message for message in read_pictures(data, frozenset(range(1, 1_000))) if isinstance(message, Page)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pages_are_in_points_by_what_the_image_says(kind: str, eye: Eye) -> None:
    """Letter paper at 100 dpi; blue comes first, as the engine wants it."""
    (page,) = pages(saved(Image.new("RGB", (850, 1100), (250, 0, 0)), kind, dpi=(100, 100)))
    assert (page.width, page.height, page.dpi) == (612, 792, 100)
    assert eye.shown[0].shape == (1100, 850, 3)
    assert eye.shown[0][5, 5, 2] > 240 > 15 > eye.shown[0][5, 5, 0]


def test_what_an_image_says_of_itself_may_be_untrue(eye: Eye) -> None:
    """A photograph at 72 dpi would be a page of five feet."""
    (page,) = pages(saved(Image.new("L", (3000, 4000)), "JPEG", dpi=(72, 72)))
    assert (round(page.height), page.dpi) == (792, 300)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_sort_of_pixel_is_read(mode: str, eye: Eye) -> None:
    """White stays white; what is transparent shows the paper."""
    white = {"RGBA": (0, 0, 0, 0), "LA": (0, 0), "CMYK": (0, 0, 0, 0), "I;16": 65535, "1": 1}.get(mode, 255)
    image = Image.new("L", (85, 110), 255).convert("P") if mode == "P" else Image.new(mode, (85, 110), white)
    pages(saved(image, "TIFF"))
    assert eye.shown[0].min() >= 250


def test_pages_of_a_tiff_are_read_in_order(eye: Eye) -> None:
    """Fax machines and copiers keep them in one file."""
    first = Image.new("L", (85, 110), 0)
    data = saved(first, "TIFF", save_all=True, append_images=[Image.new("L", (85, 110), 255)] * 2)
    assert [page.number for page in pages(data)] == [1, 2, 3]
    assert [int(image.max()) for image in eye.shown] == [0, 255, 255]


def test_a_camera_says_which_way_is_up(eye: Eye) -> None:
    """Its mark is followed before anything is looked at."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = pages(saved(Image.new("L", (110, 85)), "JPEG", exif=exif))
    assert page.height > page.width


def test_a_tiff_of_500_pages_is_refused(eye: Eye) -> None:
    """Counted no further than the bound, before the first is looked at."""
    data = saved(Image.new("1", (8, 8)), "TIFF", save_all=True, append_images=[Image.new("1", (8, 8))] * 499)
    with pytest.raises(RefusedFileError, match="more than the 200 pages"):
        pages(data)
    assert eye.shown == []


def test_30000_pixels_a_side_are_refused(eye: Eye) -> None:
    """By what the head says: the pixels are never unpacked."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    )
    with pytest.raises(RefusedFileError, match="30,000 × 30,000 pixels") as refused:
        pages(data)
    assert refused.value.regla == "documento_demasiado_caro"


@pytest.mark.parametrize("turn", [0, 1])
def test_small_parts_of_an_image_are_in_four_greys_at_half_its_dpi(turn: int) -> None:
    """Of 300 dpi: each part where it stands on the page turned upright; beside the page there is none."""
    page = Image.new("L", (2550, 3300), 255)
    page.paste(0, (0, 0, 1275, 300))
    page.paste(100, (1275, 0, 2550, 300))
    data = saved(page.rotate(90 * turn, expand=True), "PNG", dpi=(300, 300))
    boxes = [Box(0, 0, 9_999, 72), Box(0, 72, 9_999, 144), Box(0, 900, 9_999, 950)]
    first, second, beside = pictures(data, Page(1, turn=turn), boxes, 150, is_small=True)
    assert beside is None
    shown = [Image.open(io.BytesIO(png)) for png in (first, second)]
    assert [(one.size, one.mode) for one in shown] == [((1275, 150), "L")] * 2
    greys = [one.getpixel((x, 75)) for one in shown for x in (300, 1000)]
    assert greys == [0, 85, 255, 255]
    assert max(map(len, (first, second))) < 1_000
