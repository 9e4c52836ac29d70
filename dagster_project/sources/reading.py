"""From the bytes of a foreign file to its pages. Not here: how each format is read, and what text means.

Every format is read in a child process with limits, whose crash is a refusal of the file and nothing else.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple

from dagster_project.sources import ocr, wire
from dagster_project.sources.child_run import Limits, messages_of
from dagster_project.sources.document import Box, Document, Kind, Notice, Page
from dagster_project.sources.kind import kind_of
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.scan import NO_ENGINE
from dagster_project.sources.side_by_side import looked_at, workers_for

MB = 1024 * 1024
LIMITS = {
    Kind.WORKBOOK: Limits(memory=2_000 * MB, seconds=60, silence=600),
    Kind.PDF: Limits(memory=3_000 * MB, seconds=120, silence=900),
    Kind.SCAN: Limits(memory=3_000 * MB, seconds=120, silence=900),
}
"""Bytes are of address space, a third of which is used; a page that is looked at takes 8 to 30 seconds."""

OnPage = Callable[[int, int], None]
Keep = Callable[[Page], None]


def read_document(
    data: bytes,
    *,
    known: Mapping[int, Page] | None = None,
    on_page: OnPage | None = None,
    keep: Keep | None = None,
    workers: int = 1,
) -> Document:
    """The pages of a workbook, PDF or image.

    Args:
        data: the bytes of the file.
        known: pages that the same engine looked at before, by number; they are not looked at again.
        on_page: told how far it is: the page or sheet that was read (of pages that are looked at, which may come in
            any order, how many are read by then), and how many there are (0: not known).
        keep: given each page that was looked at, as soon as it was.
        workers: pages that may be looked at side by side, as far as memory allows.

    Raises:
        RefusedFileError: it is of no kind that is read, locked, damaged, or costs more than is allowed.
        ValueError: it is text, which needs no reading.
    """
    kind = kind_of(data)
    if kind is Kind.TEXT:
        raise ValueError("text is decoded, not read")
    told = on_page or (lambda page, total: None)
    pages: list[Page] = []
    notices: list[Notice] = []
    engines: list[str] = []
    scanned: list[int] = []
    total = 0
    for message in messages_of(data, LIMITS[kind]):
        if isinstance(message, Page):
            pages.append(message)
            told(message.number, total)
        elif isinstance(message, Notice):
            notices.append(message)
        elif isinstance(message, wire.Engine):
            engines.append(message.name)
        elif isinstance(message, wire.Count):
            total = message.pages
        elif isinstance(message, wire.Scanned):
            scanned.append(message.number)
    pages += [known[number] for number in scanned if known and number in known]
    if scanned and ocr.is_installed():
        engines.append(ocr.engine_name())
    left = [number for number in scanned if not known or number not in known]
    if left and not ocr.is_installed():
        if not pages:
            raise RefusedFileError("sin_lector_de_imagenes", NO_ENGINE)
        notices += [Notice("sin_lector_de_imagenes", f"page {number} {NO_ENGINE}", number) for number in left]
    elif left:
        for page in looked_at(data, LIMITS[kind], left, workers_for(len(left), workers)):
            pages.append(page)
            if keep:
                keep(page)
            told(len(pages), total)
    if any(page.dpi for page in pages):
        kind = Kind.SCAN
    return Document(kind, tuple(sorted(pages, key=lambda p: p.number)), "; ".join(engines), tuple(notices))


def picture(data: bytes, page: Page, box: Box, dpi: int = 200) -> bytes:
    """A part of a page of a PDF or image as PNG, for a person to look at.

    Args:
        data: the bytes of the file.
        page: the page as it was read.
        box: the part, in points on the page turned upright.
        dpi: pixels an inch, 150 to 300; an image has its own.

    Raises:
        RefusedFileError: it has no pictures, no such part, or costs more than is allowed.
    """
    if shown := pictures(data, page, [box], dpi)[0]:
        return shown
    raise RefusedFileError("documento_danado", f"has nothing to show there on page {page.number}")


def pictures(
    data: bytes, page: Page, boxes: Sequence[Box], dpi: int = 200, *, is_small: bool = False
) -> list[bytes | None]:
    """Parts of a page, of which one painting is made; None for one that lies beside the page.

    Args:
        data: the bytes of the file.
        page: the page as it was read.
        boxes: the parts, in points on the page turned upright.
        dpi: pixels an inch, 150 to 300; an image has its own.
        is_small: in four greys, an image too at about ``dpi``: to be kept, not to decide by.

    Raises:
        RefusedFileError: it has no pictures, or costs more than is allowed.
    """
    limits = LIMITS.get(kind_of(data), LIMITS[Kind.PDF])
    parts: list[float] = [page.number, page.turn, dpi, is_small]
    parts += [edge for box in boxes for edge in astuple(box)]
    shown = [m.png for m in messages_of(data, limits, parts=parts) if isinstance(m, wire.Picture)]
    if len(shown) != len(boxes):
        raise RefusedFileError("documento_danado", "was shown by a program that then spoke nonsense")
    return [_png(png) for png in shown]


PNG = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins; its size comes next, in 16 bytes (PNG specification, 5.2 and 11.2.1)."""


def _png(said: str) -> bytes | None:
    """A picture of the child's, which nobody trusts; None for none."""
    try:
        data = base64.b64decode(said, validate=True)
    except ValueError as error:
        raise RefusedFileError("documento_danado", "was shown by a program that then spoke nonsense") from error
    if data and not (data.startswith(PNG) and len(data) > len(PNG) + 16):
        raise RefusedFileError("documento_danado", "was shown by a program that then spoke nonsense")
    return data or None
