"""A line of a table in cells: parted by tabs, by bars, or by spaces where the tabs were read as spaces.

In here: where a line's cells begin and end. Not in here: what a cell prints (``numbers``) or means.
"""

from __future__ import annotations

import re

RULED = 4  # bars of a line of a table whose rules were read as bars
BLANK_BEHIND = 4  # cells, at least, that a banner leaves blank: remarks and what stands beside them are fewer
_WIDE = re.compile(r"\s{2,}")
# As scans print it: with a mark before and behind, a letter that was a digit.
_FIGURE = r"(?:['’‘~|(*–—-]{0,2}\d[\d.,'’]*[^\s\d%]?|[OolISBZ]|[-–])"
# Runs as long as they go, so that a line is gone through once: no figure is looked at from two starts.
_RUNS = re.compile(rf"(?:(?<!\s)\s++{_FIGURE}(?!\S))+")
_PERCENT = re.compile(r"\s+\d[\d.,]*\s?%")
_SIGN = re.compile(r"\s?%")
_PART = re.compile(r"\d[\d.,]*\s?%|\S+")
_CODES = r"(?:\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,4}|[IVX]+(?:\.[\dIVX]+)*|N/A)[.,;]?\s+"
_START = re.compile(rf"\s*((?:{_CODES})*)((?:N[oº°]\.?\s*|[(#])?\d{{2,4}}\s*[.,)\-].*)", re.DOTALL)


def cells_of(text: str) -> list[str]:
    """The cells of a line, outer blanks taken off; a line that is no table's has one."""
    if "\t" in text:
        return [c.strip() for c in text.split("\t")]
    if text.count("|") >= RULED:  # with outer bars or without
        return [c.strip() for c in text.strip().removeprefix("|").removesuffix("|").split("|")]
    return spaced_row(text) or spaced_head(text) or [text.strip()]


def is_banner(text: str) -> bool:
    """Whether a line of a table prints one text before the places of its figures and leaves those blank.

    Offices part a table so, by programme or objective; a remark that goes on stands behind the figures.
    """
    cells = cells_of(text)
    filled = [k for k, c in enumerate(cells) if c]
    return len(filled) == 1 and len(cells) - filled[0] > BLANK_BEHIND


def spaced_row(text: str) -> list[str]:
    """The cells of an action row without tabs: codes, numbered text, measure, figures, remarks; [] if it is none.

    Where single spaces part the cells, nothing tells the measure from the text: they stay together.
    """
    if "%" not in text and not text.rstrip()[-1:].isdigit():
        return []
    start, run = _START.match(text), _run(text)
    if not start or not run or run[0] <= start.start(2):
        return []
    codes, rest = start.group(1).strip(), text[start.start(2) : run[0]]
    texts = [c for c in _WIDE.split(rest.strip()) if c]
    if len(texts) == 1:
        texts.append("")
    return [codes, *texts, *_PART.findall(text[slice(*run)]), text[run[1] :].strip()]


def _run(text: str) -> tuple[int, int] | None:
    """Where the figures of a row stand: four and a percentage, or eight that end the line: no sentence holds those."""
    whole = len(text.rstrip())
    for found in _RUNS.finditer(text):
        figures = len(found[0].split())
        if figures >= 4 and (percent := _PERCENT.match(text, found.end())):
            return found.start(), percent.end()
        if figures >= 5 and found[0][-1] not in "-–" and (sign := _SIGN.match(text, found.end())):
            return found.start(), sign.end()
        if figures >= 8 and found.end() == whole:
            return found.start(), len(text)
    return None


def spaced_head(text: str) -> list[str]:
    """The cells of a line of a table's header without tabs: columns far apart, or P and A; [] if it is none."""
    found = text.split()
    if len(found) >= 4 and all(c in ("P", "A") for c in found):
        return found
    cells = [c for c in _WIDE.split(text.strip()) if c]
    return cells if len(cells) >= 3 else []
