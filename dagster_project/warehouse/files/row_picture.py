"""The piece of a page on which a row is printed, as an image: for ``avance why`` and the desk.

Not here: reading documents (``sources``), and where originals are kept (``documents``).
"""

from __future__ import annotations

from pathlib import Path

from dagster_project.sources.document import Box, Page
from dagster_project.sources.reading import picture
from dagster_project.warehouse.files.documents import original_of

AROUND = 18.0
"""Points shown above and below a row: its neighbours, by which an eye finds it on the paper."""
WIDEST = 14_400.0
"""Points: no page of a PDF is wider; what lies beyond the page is not shown."""


def picture_of(
    originals: Path,
    extracto_id: str,
    page: int | None,
    box: tuple[float, float, float, float] | None,
    turn: int | None,
) -> bytes | None:
    """A PNG of a row over the width of its page; None where it has no place on one, or its file is not there.

    Args:
        originals: the folder of the documents that were loaded.
        page: number of the page, from 1.
        box: x0, y0, x1, y1 in points of the page as it was read, turned by ``turn`` right angles clockwise.

    Raises:
        OSError, RefusedFileError: the file cannot be read or shown.
    """
    if not box or not page or (original := original_of(originals, extracto_id)) is None:
        return None
    _, upper, _, lower = box
    return picture(original, Page(page, turn=turn or 0), Box(0, upper - AROUND, WIDEST, lower + AROUND))
