"""Text that came out of a file, or a file's name, made safe to print.

Belongs here: spelling out what would move the cursor, colour, ring or turn the line around, and
escaping what ``rich`` takes for markup. Does not belong here: what is printed.
"""

from __future__ import annotations

import re

from rich import markup

# C0 but tab and line end, DEL, C1, marks that part lines or turn text around, bytes of a name that are no text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with its control characters spelled out, tabs and line ends left."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def escape(text: str, *, one_line: bool = False) -> str:
    """The text as ``rich`` prints it literally; with ``one_line`` its line ends are spelled out too."""
    text = text.replace("\n", "\\n") if one_line else text
    return markup.escape(printable(text))
