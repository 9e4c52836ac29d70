"""Pages that are pictures, looked at by several children of one file where cores and memory allow.

In here: how many, and their pages as they come. Not in here: one child (``child_run``), what it sees (``ocr``).
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence

from dagster_project.sources.child_run import Limits, messages_of
from dagster_project.sources.document import Page
from dagster_project.sources.memory_room import free_bytes
from dagster_project.sources.refused import RefusedFileError

PAGE_BYTES = 1_500 * 1024**2
"""Memory that a child may take while it looks at a page: 0.8 to 1.1 GB were measured."""

FEWEST_PAGES = 2
"""Pages for which a child is worth its start."""


def looked_at(data: bytes, limits: Limits, numbers: Sequence[int], workers: int) -> Iterator[Page]:
    """The pages of a file that are pictures, as they are looked at: by several children in any order.

    Raises:
        RefusedFileError: a child refuses one, breaks a limit or ends; the others are ended.
    """
    stop = threading.Event()
    said: queue.SimpleQueue[Page | Exception | None] = queue.SimpleQueue()

    def look(own: list[int]) -> None:
        try:
            for message in messages_of(data, limits, stop, only=own):
                if isinstance(message, Page) and message.number in own:
                    own.remove(message.number)
                    said.put(message)
            if own:
                raise RefusedFileError("documento_danado", "was read by a program that then spoke nonsense")
        except Exception as error:
            said.put(error)
        else:
            said.put(None)

    children = [threading.Thread(target=look, args=(list(numbers[at::workers]),)) for at in range(workers)]
    try:
        for child in children:
            child.start()
        left = len(children)
        while left:
            message = said.get()
            if isinstance(message, Exception):
                raise message
            if message is None:
                left -= 1
            else:
                yield message
    finally:
        stop.set()
        for child in children:
            if child.ident is not None:  # it was started
                child.join()


def workers_for(pages: int, most: int) -> int:
    """Children that look at so many pages: at most so many, as far as free memory goes; at least one."""
    return max(1, min(most, free_bytes() // PAGE_BYTES, pages // FEWEST_PAGES))
