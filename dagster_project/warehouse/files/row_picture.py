"""Pictures of printed rows, over the width of their page. Not here: where they go (``why``, the desk, the site)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dagster_project.sources.document import Box, Page
from dagster_project.sources.reading import picture, pictures
from dagster_project.warehouse.files.documents import original_of

AROUND = 18.0
"""Points shown above and below a row: its neighbours, by which an eye finds it on the paper."""
WIDEST = 14_400.0
"""Points: no page of a PDF is wider; what lies beyond the page is not shown."""


def row_picture(originals: Path, extracto_id: str, page: int, turn: int, upper: float, lower: float) -> bytes | None:
    """A row as PNG, of the page turned by ``turn`` right angles; None where the file is not kept.

    Raises:
        OSError, RefusedFileError: the file cannot be read or shown.
    """
    original = original_of(originals, extracto_id)
    if original is None:
        return None
    return picture(original, Page(page, turn=turn), Box(0, upper - AROUND, WIDEST, lower + AROUND))


def small_row_pictures(
    originals: Path, extracto_id: str, page: int, turn: int, spans: Sequence[tuple[float, float]], dpi: int
) -> list[bytes | None]:
    """Rows of one page in four greys, each from its upper to its lower edge; None for one that cannot be shown.

    Raises:
        OSError, RefusedFileError: the file cannot be read or shown.
    """
    original = original_of(originals, extracto_id)
    if original is None:
        return [None] * len(spans)
    boxes = [Box(0, upper, WIDEST, lower) for upper, lower in spans]
    return pictures(original, Page(page, turn=turn), boxes, dpi, is_small=True)
