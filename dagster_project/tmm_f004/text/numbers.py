"""Printed numbers: what a cell may mean, and nothing about where it stands.

A cell is blank, or a number in one of the ways such forms print it (``1,234.5``,
``1.234,5``, ``1 234``, ``1234``), or text. A number with two meanings gives both:
the search weighs them, no rule here picks one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from dagster_project.tmm_f004.model import Cifra

BLANKS = frozenset({"", "-", "--", "—", "–", "_", ".", "*", "|"})
MAX_CELL = 96  # characters: no cell of figures is longer; longer ones are text, and are not remembered
REMEMBERED = 2048  # a cell is asked for a dozen times while its page is read; more would cost memory alone
MAX_DIGITS = 12  # raw.lecturas holds decimal(18, 4); no plan of a municipality comes near 10^12

# Letters that OCR prints for a digit; taken only in a cell that holds a real digit too.
_DIGIT_LIKE = "OolISBZ"
_LETTERS = str.maketrans(_DIGIT_LIKE, "0011582")
# With blanks between its thousands, or one that OCR sets behind a mark; 2390 358 and 1,276 380 are two figures.
_NUMBER = re.compile(r"\d[\d.,]*(?:(?<=[.,]) \d{3}(?!\d)[\d.,]*)*|\d{1,3}(?: \d{3}(?!\d))+[\d.,]*")
_LETTERED = re.compile(rf"[\d{_DIGIT_LIKE}][\d{_DIGIT_LIKE}.,]*")
_PERCENT = re.compile(rf"([\d{_DIGIT_LIKE}][\d{_DIGIT_LIKE}.,]*)\s*%")
# What scans set around a figure: quotes, a column's rule, specks. A bar may be a 1 as well.
_QUOTES = "'\"`´‘’“”«»"
_BEFORE = f"{_QUOTES}|¦~·•*^"
_AFTER = f"{_QUOTES}|¦~·•*°"
# The mark of a note behind a figure: 24 1/, 24¹, 24 (1), 24**; 1/ right behind a digit may be one of the figure's.
_NOTE = re.compile(r"(?<=[\d%])\s?(?:\*+|[¹²³⁴-⁹]|\((?:[1-9a-d]|\*+)\)|\[[1-9a-d]\]|(?:(?<=\s)[1-9]|[a-d])/)")
# How print says that a figure is below nought: a dash before it or right behind it, brackets around it, (-) or a credit
# behind it, the word before it.
_NEGATIVE = re.compile(
    r"\((?P<in>[^()]+)\)(?P<sign>\s*%)?|(?:[-–—⁻]|\(-\)|menos\b)\s*(?P<after>[^-–—].*)|(?P<before>.*\d)(?:[-–—]|\s?\(-\)|\s?CR\b\.?)",
    re.IGNORECASE,
)
_MAY_BE_NEGATIVE = re.compile("[-–—⁻()]|menos|CR", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\d)['’‘´`](?=\d{3}(?!\d))")
_GROUPING = re.compile("[ .,]")
_PADDED = re.compile(r"0\d{1,2}[.,]\d{3}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})*")


is_blank: Callable[[str], bool] = BLANKS.__contains__
"""Whether a cell prints nothing: empty, or a dash that stands for nothing (asked of each cell a dozen times)."""


def parse_number(cell: str) -> tuple[Cifra, ...]:
    """All values a printed cell may stand for, the likeliest first; () if it is no number.

    Mexican print groups thousands by comma and parts decimals by point, so ``1,234`` is 1234;
    ``1.234`` is 1.234 or 1234, ``12,5`` is 12.5 or (separator misplaced) 125.
    """
    return _parse(cell) if len(cell) <= MAX_CELL else ()


@lru_cache(maxsize=REMEMBERED)
def _parse(cell: str) -> tuple[Cifra, ...]:
    text = cell.strip()
    if _NUMBER.fullmatch(text):
        return _values(text)
    sign, text = _signed(text)
    found = (v for bare in _unmarked(text) if (plain := _digits(bare)) for v in _values(plain))
    return tuple(dict.fromkeys(sign * v for v in found))


def _signed(text: str) -> tuple[int, str]:
    """-1 and the print without its sign where it prints a figure below nought, else 1 and the print."""
    found = _NEGATIVE.fullmatch(text.lstrip(_BEFORE).rstrip(_AFTER))
    if not found:
        return 1, text
    bare = found["in"] or found["after"] or found["before"]
    return -1, f"{_signed(bare)[1]}{found['sign'] or ''}"


def is_negative(cell: str) -> bool:
    """Whether a cell prints a figure below nought: the form has none, whatever put it there."""
    if not _MAY_BE_NEGATIVE.search(cell):
        return False
    return (parse_percent(cell) or 0) < 0 or any(v < 0 for v in parse_number(cell))


def _without_note(text: str) -> str:
    """A cell without the mark of a note at its end, where a figure or a percentage stands before it."""
    note = next((n for n in _NOTE.finditer(text) if n.end() == len(text)), None)
    return text[: note.start()] if note else text


def _unmarked(text: str) -> list[str]:
    """What a cell prints without the marks around it: ``'0``, ``~11``; ``|58`` is 58, or 158."""
    text = _APOSTROPHE.sub(",", text)
    found = [_without_note(text).lstrip(_BEFORE).rstrip(_AFTER)]
    if "|" in (text[:1], text[-1:]) and any(map(str.isdigit, text)):
        found.append(text.replace("|", "1"))
    return found


def _digits(text: str) -> str:
    """A number's print with digits for the letters that OCR takes them for; "" if it is no number."""
    if _NUMBER.fullmatch(text):
        return text
    return text.translate(_LETTERS) if _LETTERED.fullmatch(text) and any(c.isdigit() for c in text) else ""


def _values(text: str) -> tuple[Cifra, ...]:
    digits = text if text.isdigit() else _GROUPING.sub("", text)
    if not digits.isascii() or len(digits) > MAX_DIGITS:
        return ()
    found = _meanings(text.rstrip(".,"), int(digits))
    once = _once(text)
    return tuple(dict.fromkeys([*found, *_meanings(once, int(once))] if once.isdigit() else found))


def _once(text: str) -> str:
    """What a cell prints once if it prints it twice: ``500 500``; "" if it does not."""
    parts = text.split(" ")
    half = len(parts) // 2
    return " ".join(parts[:half]) if half and parts[:half] == parts[half:] else ""


def parse_figure(cell: str) -> tuple[Cifra, ...]:
    """As ``parse_number``, of a cell that stands among figures: there a letter alone is the digit it looks like."""
    if len(cell) == 1 and cell in _DIGIT_LIKE:
        return (int(cell.translate(_LETTERS)),)
    return parse_number(cell)


def _meanings(text: str, digits: int) -> list[Cifra]:
    marks = [c for c in text if c in ".,"]
    if not marks:
        return [digits]
    last = marks[-1]
    whole, _, fraction = text.rpartition(last)
    if not fraction:
        return [digits]
    decimal = decimal_of(whole, fraction)
    if len(set(marks)) == 2:  # 1,234.5 and 1.234,5: the last mark parts the decimals
        return [decimal] if marks.count(last) == 1 else [digits]
    if _GROUPED.fullmatch(text):
        return [digits] if last == "," or len(marks) > 1 else [digits, decimal]
    if len(marks) > 1:  # 2.1.1 is a code; 12,34,567 has its commas misplaced, and only the digits can be meant
        return [digits] if last == "," else []
    if len(fraction) > 4:
        return [digits]
    if _PADDED.fullmatch(text):  # 02,096 in a column of one width: no decimal begins so
        return [digits, decimal]
    return [decimal, digits]


def decimal_of(whole: str, fraction: str) -> Cifra:
    """The number that a print parted before its decimals stands for."""
    value = Decimal(f"{_GROUPING.sub('', whole) or '0'}.{fraction.replace(' ', '')}")  # OCR parts 0. 5
    return int(value) if value == value.to_integral_value() else value


class CellKind(IntEnum):
    """What a cell prints."""

    TEXT = 0
    BLANK = 1
    NUMBER = 2
    PERCENT = 3
    SEVERAL = 4  # numbers whose tabs were read as spaces


# By name alone: Python 3.11 takes 150 ns to find a member in its class, and each cell of a line asks for several.
TEXT, BLANK, NUMBER, PERCENT, SEVERAL = CellKind


def kind_of(cell: str) -> CellKind:
    """What a cell prints: text, nothing, a number, a percentage, or several numbers."""
    return _kind_of(cell) if len(cell) <= MAX_CELL else TEXT


@lru_cache(maxsize=REMEMBERED)
def _kind_of(cell: str) -> CellKind:
    if is_blank(cell):
        return BLANK
    if cell[0].isalpha() and cell[0] not in _DIGIT_LIKE:
        return TEXT
    if parse_number(cell):
        return NUMBER
    if parse_percent(cell) is not None:
        return PERCENT
    parts = cell.split()
    several = len(parts) > 1 and all(parse_number(p) or parse_percent(p) is not None for p in parts)
    return SEVERAL if several else TEXT


def parse_percent(cell: str) -> Cifra | None:
    """The value of a percentage cell (``29%``, ``109 %``), None if the cell is none.

    The form prints whole percents; ``12.5%`` is kept as printed.
    """
    return _parse_percent(cell) if "%" in cell and len(cell) <= MAX_CELL else None


@lru_cache(maxsize=REMEMBERED)
def _parse_percent(cell: str) -> Cifra | None:
    sign, text = _signed(cell.strip())
    match = _PERCENT.fullmatch(_without_note(text).lstrip(_BEFORE).rstrip(_AFTER))
    if not match:
        return None
    values = parse_number(match.group(1))
    return sign * values[0] if values else None


def half_up_percent(part: Cifra, whole: Cifra) -> int | None:
    """``part / whole`` in whole percent, half up (docs/form.md, fact 1: 5/40 prints 13 %); None over zero."""
    if whole <= 0:
        return None
    if isinstance(part, int) and isinstance(whole, int) and part >= 0:  # nearly all; beneath nought both round apart
        return (200 * part + whole) // (2 * whole)
    return int((200 * Decimal(part) + Decimal(whole)) // (2 * Decimal(whole)))
