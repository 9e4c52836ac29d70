"""Standard output and error that end no command: whatever their encoding, closed, or on a full disk.

Not here: what is printed, and text of files made safe to print (``terminal_text``).
"""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


class Unbreakable:
    """A stream that spells out what its encoding lacks and goes quiet once nobody takes what it says.

    A load must not end because its reader did (``avance run | head``) or because the disk of its log is full. Where
    the stream fails, its descriptor leads to nowhere from then on: what Python still holds for it is lost, not raised
    at exit.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        """As the stream's own; nothing is raised."""
        try:
            return self._stream.write(text)
        except OSError:
            self._go_quiet()
            return len(text)

    def flush(self) -> None:
        """As the stream's own; nothing is raised."""
        try:
            self._stream.flush()
        except OSError:
            self._go_quiet()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _go_quiet(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


def make_unbreakable() -> None:
    """Both standard streams, for the rest of the process."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, Unbreakable):
            setattr(sys, name, Unbreakable(stream))
