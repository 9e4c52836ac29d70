"""A line as it is read: without characters that nobody sees, and with one character for each thing that is seen.

In here: zero-width and other format characters, blanks and dashes of every kind, digits and signs of other scripts and
widths, letters whose accent stands apart or whose bytes were decoded as another encoding, marks of typesetting around a
figure. Not in here: what a cell means (``numbers``). The print itself stays in ``raw.lineas`` and ``impreso_literal``.
"""

from __future__ import annotations

import html
import re
import unicodedata

# What Spanish print holds and is read as it is: a line of nothing else is gone through once.
_ORDINARY = re.compile(r"[\t-\r\x1c-#%'-\[\]-~ÁÉÍÓÚÜÑáéíóúüñ¡¿°ºª·•´“”‘’–—…²³]*+")
_DASHES = frozenset("\u2010\u2011\u2012\u2212\ufe63")
_SIGNS = {"\u2015": "—", "\u066a": "%", "\ufe6a": "%", "\u066c": ",", "\u066b": ".", "\u2024": "."}
_FULL_WIDTH = range(0xFF01, 0xFF5F)  # the printable ASCII characters once more, each as wide as it is high
_NO_BREAK = "\u00a0\u2007\u202f"  # blanks that hold a figure together
_HELD = re.compile(rf"(?<=\d)[{_NO_BREAK}](?=\d{{3}}(?!\d))")
_FIGURE = r"(-?\d[\d.,{}]*(?:\s?\\?%)?)"
_TYPESET = re.compile(
    rf"\${_FIGURE}\$|(?:(?<=\t)|^)\s*(?:\$|\\\()\s*{_FIGURE}\s*(?:\$|\\\))\s*(?=\t|$)"
    rf"|(?<=[\t|])\s*\$\s*{_FIGURE}\s*(?=[\t|]|$)"  # of money
)
# Of a table's line: cells that are blank or figures, side by side. Its texts hold semicolons too.
_PARTED = re.compile(r"(?:;\s*[\d.,]*\s?%?\s*(?=;)){3}")
FEWEST_MARKS = 7  # of a line of the form's table that semicolons part
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][\dA-Fa-f]{1,5});")

_LATER_BYTES = "".join(
    bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in range(0x80, 0xC0)
)
_BYTE_OF = {c: b for b, c in enumerate(_LATER_BYTES, start=0x80)} | {chr(b): b for b in range(0x80, 0x100)}
# Of UTF-8 the two-byte letters of Latin scripts and the three-byte signs: what other leads give is no Spanish.
_MISDECODED = re.compile(rf"[ÂÃÄÅ][{re.escape(_LATER_BYTES)}\x80-\xbf]|â(?:[{re.escape(_LATER_BYTES)}\x80-\xbf]){{2}}")


class _Characters(dict[int, str]):
    """What each character is read as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = read_as = _SIGNS.get(char) or _read_as(char)
        return read_as


def _read_as(char: str) -> str:
    kind = unicodedata.category(char)
    if ord(char) in _FULL_WIDTH:
        return chr(ord(char) - 0xFEE0)
    if kind == "Cc":
        return char if char.isspace() else ""
    if kind == "Cf" or "\ufe00" <= char <= "\ufe0f" or char == "\u034f":
        return ""
    if kind in ("Zs", "Zl", "Zp"):
        return " "
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    return "-" if char in _DASHES else char


_CHARACTERS = _Characters()


def legible(line: str) -> str:
    """A line with every character that is not seen taken out, and look-alikes as the one that the reader knows.

    Semicolons that part a table's cells are tabs. Where no tab parts them, a blank does: one that holds a figure
    together is set as its thousands mark.
    """
    if ";" in line and line.count(";") >= FEWEST_MARKS and "\t" not in line and _PARTED.search(line):
        line = line.replace(";", "\t")
    if _ORDINARY.fullmatch(line):
        return line
    line = _ENTITY.sub(_named, line)
    line = _MISDECODED.sub(_decoded, _MISDECODED.sub(_decoded, line))  # a file may be spoilt twice
    if "\t" not in line and "|" not in line:
        line = _HELD.sub("'", line)
    line = line.translate(_CHARACTERS)
    if not unicodedata.is_normalized("NFC", line):
        line = unicodedata.normalize("NFC", line)
    if "$" in line or "\\" in line:
        line = _TYPESET.sub(lambda found: found[found.lastindex or 0], line).replace("\\%", "%").replace("{,}", ",")
    return line


def _named(found: re.Match[str]) -> str:
    """The character that HTML names so; a tab or a line's end would make other cells of the line."""
    char = html.unescape(found[0])
    return " " if char.isspace() else char


def _decoded(found: re.Match[str]) -> str:
    try:
        return bytes(_BYTE_OF[c] for c in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
