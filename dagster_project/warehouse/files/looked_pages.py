"""Pages that an engine looked at, kept from page to page until their document is in the warehouse.

A scan of 200 pages is looked at for half an hour: a load that is killed half-way goes on where it was. Kept by
document, page, engine and the code that decides on the picture (its dpi). Not in here: what stays (``documents``).
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from dagster_project.sources.document import Page
from dagster_project.sources.ocr import engine_name, is_installed
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import line_of, message_of
from dagster_project.warehouse.db.home import ensure_home
from dagster_project.warehouse.state.fingerprint import fingerprint, sources_fingerprint

FOLDER = ".pages"
"""Below the originals."""

WAITING_DAYS = 30
"""Days that pages wait for their document since the last of them was kept; a load tries it again each time."""


class LookedPages:
    """The pages of a document that were looked at before it was loaded: in a load that did not end, by ``avance read``.

    Of a home that others may write to, and where no originals are kept, none.
    """

    def __init__(self, originals: Path | None, extracto_id: str) -> None:
        self._folder = originals / FOLDER / extracto_id if originals else None

    def known(self) -> dict[int, Page]:
        """Those that this engine and code looked at, by number."""
        if not (self._folder and self._folder.is_dir() and is_installed()):
            return {}
        found: dict[int, Page] = {}
        try:
            ensure_home(self._folder.parents[2])
        except OSError:
            return found
        for path in self._folder.glob(f"*-{_way()}.json"):
            with suppress(OSError, RefusedFileError):
                page = message_of(path.read_bytes())
                if isinstance(page, Page):
                    found[page.number] = page
        return found

    def keep(self, page: Page) -> None:
        """Keep a page; where it cannot be written it is looked at again, and nothing else is lost."""
        if self._folder is None:
            return
        with suppress(OSError):
            ensure_home(self._folder.parents[2])
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self._folder / f"{page.number}.part"
            part.write_bytes(line_of(page))
            part.replace(self._folder / f"{page.number}-{_way()}.json")

    def forget(self) -> None:
        """The document is in the warehouse."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def let_go(originals: Path, now: float) -> int:
    """Remove the pages of documents that no load came back to; returns of how many. ``now``: seconds of the epoch."""
    gone = 0
    for folder in (originals / FOLDER).glob("*"):
        with suppress(OSError):  # a load that ends just now removes it, too
            if now - folder.stat().st_mtime > WAITING_DAYS * 86_400:
                shutil.rmtree(folder)
                gone += 1
    return gone


def _way() -> str:
    return fingerprint([engine_name(), sources_fingerprint()])
