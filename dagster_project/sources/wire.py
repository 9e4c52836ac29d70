"""What a reading child says, a line of JSON each, and how it is taken. Not here: starting it (``child_run``).

Nothing of what the child says is trusted: it has read a foreign file. Types are made anew, text is cleaned.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any, NamedTuple

from dagster_project.sources.document import Box, GridCell, Notice, Page, SheetCell, Word
from dagster_project.sources.refused import RefusedFileError

LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
"""What fonts print for two letters; the other compatibility forms stay (``10²`` is not 102)."""


class Count(NamedTuple):
    """How many pages there are."""

    pages: int


class Engine(NamedTuple):
    """A library that read, with its version."""

    name: str


class Scanned(NamedTuple):
    """A page that is a picture; whether it is looked at, whoever asked decides."""

    number: int


class Refused(NamedTuple):
    """The file is not read."""

    regla: str
    razon: str


class Picture(NamedTuple):
    """A part of a page as PNG, in base64."""

    png: str


class End(NamedTuple):
    """All was said."""


Message = Page | Notice | Count | Engine | Scanned | Picture | Refused | End
_PLAIN = {"count": Count, "engine": Engine, "scanned": Scanned, "picture": Picture, "refused": Refused, "end": End}
_TYPES = {"count": (int,), "engine": (str,), "scanned": (int,), "picture": (str,), "refused": (str, str), "end": ()}


def line_of(message: Message) -> bytes:
    """A message as a line."""
    if isinstance(message, Page):
        words = [[w.text, *astuple(w.box), w.confidence, *(w.cell or ())] for w in message.words]
        cells = [[c.row, c.column, c.text, c.reference, c.formula, c.last_row, c.last_column] for c in message.cells]
        shape = message.width, message.height, message.turn, message.dpi
        said: list[Any] = ["page", message.number, message.name, *shape, words, cells]
    elif isinstance(message, Notice):
        said = ["notice", message.regla, message.razon, message.page]
    else:
        said = [type(message).__name__.lower(), *message]
    return json.dumps(said, ensure_ascii=True, allow_nan=False).encode() + b"\n"


def message_of(line: bytes) -> Message:
    """The message of a line.

    Raises:
        RefusedFileError: it is none.
    """
    try:
        tag, *parts = json.loads(line, parse_constant=_no_number)
        if tag == "page":
            number, name, width, height, turn, dpi, words, cells = parts
            return Page(
                _int(number),
                _text(name) if name is not None else None,
                _float(width),
                _float(height),
                _int(turn) % 4,
                _int(dpi),
                tuple(_words(words)),
                tuple(_cells(cells)),
            )
        if tag == "notice":
            regla, razon, page = parts
            return Notice(_text(regla), _text(razon), None if page is None else _int(page))
        made = _PLAIN[tag]
        values = [_text(part) if kind is str else kind(part) for kind, part in zip(_TYPES[tag], parts, strict=True)]
        return made(*values)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        raise RefusedFileError("documento_danado", "was read by a program that then spoke nonsense") from error


def _words(words: list[list[Any]]) -> Iterator[Word]:
    for text, x0, y0, x1, y1, confidence, *drawn in words:
        if clean := _text(text):
            box = Box(_float(x0), _float(y0), _float(x1), _float(y1))
            cell = GridCell(*map(_int, drawn)) if drawn else None
            yield Word(clean, box, None if confidence is None else min(1.0, max(0.0, _float(confidence))), cell)


def _cells(cells: list[list[Any]]) -> Iterator[SheetCell]:
    for row, column, text, reference, formula, last_row, last_column in cells:
        if clean := _text(text):
            yield SheetCell(
                _int(row),
                _int(column),
                clean,
                _text(reference),
                None if formula is None else _text(formula),
                None if last_row is None else _int(last_row),
                None if last_column is None else _int(last_column),
            )


def _text(value: object) -> str:
    """Text on one line as a person sees it: accents joined, ligatures parted, nothing invisible."""
    text = unicodedata.normalize("NFC", str(value)).translate(LIGATURES)
    if not text.isascii() or not text.isprintable():
        text = "".join(" " if mark.isspace() else mark for mark in text if mark.isspace() or not _is_invisible(mark))
    return " ".join(text.split())


def _is_invisible(mark: str) -> bool:
    """Controls, marks of direction, soft hyphens, halves of pairs that no encoding takes."""
    return unicodedata.category(mark) in ("Cc", "Cf", "Cs")


def _int(value: object) -> int:
    number = int(value)  # type: ignore[call-overload]
    if abs(number) >= 2**31:  # what a column of the warehouse holds
        raise ValueError(number)
    return int(number)


def _float(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        raise ValueError(number)
    return number


def _no_number(text: str) -> float:
    raise ValueError(text)
