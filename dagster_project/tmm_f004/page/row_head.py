"""The head of an action row: línea codes, the action's number, its text and measure.

In here: telling them apart among the texts before the figures, in each way offices print them: codes of two to four
levels, roman, without points or ``N/A``, row numbers before them, ``200.-``, ``200,-``, ``(200)``, ``No. 200``.
Not in here: where the figures begin (``figure_span``), what lines are one row (``rows``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from dagster_project.tmm_f004.page.figure_span import CODES, NUMBER_ALONE, PREFIX, has_word
from dagster_project.tmm_f004.text.fold import MAX_TEXT

LONGEST_MEASURE = 60  # characters; a longer text is an action's
LONGEST_CODES = 14  # characters of a cell before a numbered text that can only be its codes or its place in the table
LONGEST_REMEMBERED = 24  # characters of a cell of codes that may recur
FIRST_CELLS = 3  # cells that may stand before an action's text: its place in the table, codes, its number

_MARK = r"(?:[.,;]\s*[-–_)]+|[-–.):_])"
_NUMBERED = re.compile(rf"\s*(\d{{1,4}}|\d(?: \d){{1,3}})\s*{_MARK}\s*(?=\D)(.*)", re.DOTALL)
# Prefixed by a word or sign, between brackets, behind a bullet, before a mark that texts print too.
_PREFIXED = re.compile(
    rf"[\s*•·–-]*(?:(?:{PREFIX}[(\[]?|[(\[])(\d{{2,4}})[)\]]?\s*{_MARK}?"
    rf"|(?:(?:ACCI[OÓ]N|META|ACTIVIDAD)\s*)?(\d{{2,4}})\s*(?:{_MARK}|[;/])"
    rf"|(?:AC{{0,2}}|MA?)[-.]\s?(\d{{3,4}})(?:\s*{_MARK}|\s))\s*(?=\D)(.*)",
    re.DOTALL | re.IGNORECASE,
)
# A cell with a line's end in it is copied out of a workbook between quotation marks, those in it twice.
_QUOTED = re.compile(r'\s*["“]([^"“”]*(?:""[^"“”]*)*)["”]?\s*', re.DOTALL)
_AS_PRINTED = re.compile(r"\d{2,4}\s?\.\s?-+\s*[^\W\d_]")  # the form's own mark of a number: 200.-
_FIRST_LETTERS = "NnAaMm"  # of what may stand before a number: No., Acción, Meta
_UNDOTTED = r"[1-9]\d{2,3}"
_ROMAN = r"[IVX]{1,5}(?:[.-][\dIVX]{1,3}){0,3}\.?"
_NONE = r"(?:N\.?/?A\.?|S/N|N\.?D\.?)"
_LEAD = rf"(?:{CODES.pattern}|{_UNDOTTED}|{_ROMAN}|{_NONE})"
# Codes between which the blank was lost, as where an engine reads two lines of a cell as one: 2.6.14.2.3. Where they
# part is not known, so they are no code; the print keeps them.
_RUN_TOGETHER = r"\d{1,2}(?:\.\d{1,4}){3,9}\.?"
_RUN_OF_CODES = re.compile(_RUN_TOGETHER)
_CODES_AND_NUMBER = re.compile(rf"((?:(?:{_LEAD}|{_RUN_TOGETHER})[\s,;]+)+)(?=\d{{2,4}}\s*{_MARK})")
_LEAD_CELL = re.compile(rf"{_LEAD}|\d{{1,4}}")
_BARE = re.compile(r"\d{1,4}")
_TORN_CODE = re.compile(r"(?<=\d\.) (?=\d{1,2}(?:\.|\s|$))")
_BETWEEN = re.compile(r"[\s,;/]+")
_AND = frozenset({"y", "Y", "e", "-", "–", "|"})
_CODE_LIKE = re.compile(rf"{_UNDOTTED}|{_ROMAN}|(?=\S*\d)[\dA-Z]+(?:[.-][\dA-Z]+)+")


class RowHead(NamedTuple):
    """What stands before a row's figures; ``is_measure_lost``: nothing stood where its measure does."""

    codes: tuple[str, ...]
    number: int | None
    text: str
    measure: str
    is_measure_lost: bool


def row_head(texts: Sequence[str]) -> RowHead:
    """Part the texts before a row's figures (blank cells left out)."""
    codes, rest = _take_codes(list(texts))
    number, rest = _number_alone(rest)
    lost = len(rest) == 1 and (number is not None or numbered(rest[0]) is not None or len(rest[0]) > LONGEST_MEASURE)
    measure = rest.pop() if rest and not lost else ""
    text = " ".join(rest)
    if number is None and (found := numbered(text) or _behind_a_text(rest)):
        number, text = found
    return RowHead(codes, number, text.strip(), measure, lost)


def _behind_a_text(texts: Sequence[str]) -> tuple[int, str] | None:
    """The number and text of an action that stands behind another text of the office's, its objective or programme."""
    return next((numbered(t) for t in texts[1:] if _AS_PRINTED.match(t)), None)


def numbered(text: str) -> tuple[int, str] | None:
    """The action number that a text begins with, and the text behind it; None where it begins with none."""
    return (_short_numbered if len(text) <= MAX_TEXT else _numbered)(text)


def _numbered(text: str) -> tuple[int, str] | None:
    if text[:1].isalpha() and text[:1] not in _FIRST_LETTERS:
        return None
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1]
    if found := _NUMBERED.match(text):
        return int(found[1].replace(" ", "")), found[2].strip()
    found = _PREFIXED.match(text)
    return (int(found[1] or found[2] or found[3]), found[4].strip()) if found else None


_short_numbered = lru_cache(maxsize=512)(_numbered)  # a row's first cells are asked five times each


def split_codes(cell: str) -> tuple[tuple[str, ...], bool]:
    """The línea codes of a cell, and whether the cell holds nothing else."""
    return (_split_short if len(cell) <= LONGEST_REMEMBERED else _split)(cell)


def _split(cell: str) -> tuple[tuple[str, ...], bool]:
    whole = _TORN_CODE.sub("", cell) if ". " in cell and not any(map(str.isalpha, cell)) else cell
    parts = [p for p in _BETWEEN.split(whole) if p and p not in _AND]
    codes = tuple(intern(p.rstrip(".")) for p in parts if CODES.fullmatch(p))
    return codes, bool(parts) and len(codes) == len(parts)


_split_short = lru_cache(maxsize=2048)(_split)  # the same codes stand before row after row


def _take_codes(texts: list[str]) -> tuple[tuple[str, ...], list[str]]:
    at = next((k for k, t in enumerate(texts[: FIRST_CELLS + 1]) if has_word(t) and numbered(t)), 0)
    if at and all(len(t) <= LONGEST_CODES or not any(map(str.isalpha, t)) for t in texts[:at]):
        return _codes_before(texts[:at]), texts[at:]
    if len(texts) > 2 and _BARE.fullmatch(texts[0]) and split_codes(texts[1])[1]:
        texts = texts[1:]  # the row's place in the table
    codes, only = split_codes(texts[0])
    if only:
        return codes, texts[1:]
    if glued := _CODES_AND_NUMBER.match(texts[0]):  # 2.1.4 415.- in one cell
        return _codes_before([glued[1]]), [texts[0][glued.end() :], *texts[1:]]
    leads = next((k for k, t in enumerate(texts) if not (_LEAD_CELL.fullmatch(t) or NUMBER_ALONE.fullmatch(t))), 0)
    if 2 <= leads <= FIRST_CELLS and NUMBER_ALONE.fullmatch(texts[leads - 1]):
        return _codes_before(texts[: leads - 1]), texts[leads - 1 :]
    return (), texts


def _codes_before(cells: Sequence[str]) -> tuple[str, ...]:
    """The línea codes that cells before an action's number print, also without points or roman; no row's place."""
    own = [split_codes(cell)[0] or tuple(filter(_is_code_like, cell.split())) for cell in cells]
    if len(own) > 1 and _BARE.fullmatch(cells[0]) and any(own[1:]):
        own = own[1:]  # the row's place in the table
    return tuple(code for codes in own for code in codes)


def _is_code_like(word: str) -> bool:
    return bool(_CODE_LIKE.fullmatch(word)) and not _RUN_OF_CODES.fullmatch(word)


def _number_alone(texts: list[str]) -> tuple[int | None, list[str]]:
    """An action number in a cell of its own."""
    alone = NUMBER_ALONE.fullmatch(texts[0]) if len(texts) >= 2 else None
    return (int(alone[1]), texts[1:]) if alone else (None, texts)
