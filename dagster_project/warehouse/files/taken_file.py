"""An extract file as lines, whatever it is: text as it stands, a document by way of its words or cells.

Belongs here: from bytes to lines and places. Does not belong here: what a format is (``sources``), where figures stand
on a page (``tmm_f004.grid``), and where lines are kept (``extracts``, ``documents``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster_project.settings import worker_count
from dagster_project.sources.document import Document, Kind, PlacedLine
from dagster_project.sources.kind import kind_of
from dagster_project.warehouse.files.extract_file import DecodedFile, decode

if TYPE_CHECKING:  # it knows the warehouse, which ``avance read`` does not load
    from dagster_project.warehouse.files.looked_pages import LookedPages


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's lines without their ends, and the numbers (from 1) of those that were ``typed``: no engine looked at a
    picture of them, so none of their figures is misread."""

    texts: list[str]
    typed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file's lines; of a document, also what was read of it and where the cells of its lines stand."""

    text: DecodedFile
    document: Document | None = None
    placed: tuple[PlacedLine, ...] = ()

    @property
    def kind(self) -> Kind:
        """What the file is."""
        return self.document.kind if self.document else Kind.TEXT

    @property
    def lines(self) -> Lines:
        """Its lines as the reader takes them; whatever made a text of a page, an engine may have."""
        looked_at = {page.number for page in self.document.pages if page.dpi} if self.document else set()
        typed = frozenset(n for n, line in enumerate(self.placed, start=1) if line.page not in looked_at)
        return Lines([text for text, _ in self.text.lineas], typed)


def take(
    data: bytes,
    on_page: Callable[[int, int], None] | None = None,
    before: Document | None = None,
    looked: LookedPages | None = None,
) -> TakenFile:
    """The lines of a file of any kind.

    ``on_page`` is told of each page of a document, and how many there are (0: not known); of what was read of it
    ``before``, pages that an engine looked at stay as they are. So do those that a load ``looked`` at that did not end.

    Raises:
        RefusedFileError: it cannot be read, or is of no kind that is.
    """
    if kind_of(data) is Kind.TEXT:
        return TakenFile(decode(data))
    # Late: a load of texts alone needs none of it.
    from dagster_project.sources.reading import read_document

    known = looked.known() if looked else {}
    if before:
        known |= {page.number: page for page in before.pages if page.dpi}
    keep = looked.keep if looked else None
    return taken(read_document(data, known=known, on_page=on_page, keep=keep, workers=worker_count()))


def taken(document: Document) -> TakenFile:
    """The lines of a document that was read before."""
    from dagster_project.tmm_f004.grid.lines import placed_lines

    placed = tuple(placed_lines(document))
    return TakenFile(as_text(placed), document, placed)


def as_text(placed: Sequence[PlacedLine]) -> DecodedFile:
    """Derived lines as a file would hold them: UTF-8, each with a line end."""
    return DecodedFile("utf-8", tuple((line.text, "\n") for line in placed))
