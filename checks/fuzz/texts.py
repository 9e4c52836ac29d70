"""Texts for the reader: the real extract's pages, damaged as no printer or scanner would, and texts of nothing.

Hypothesis strategies; not here: what must hold of the reader (``bounds``).
"""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st

from dagster_project.settings import RAIZ

ODD = (
    "\t", "\t\t", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\u200b", "\ufeff", "\u202e", "\xa0",
    "\u3000", "٣", "５", "²", "½", "Ⅻ", "¹.¹", "İ", "ß", "ﬁ", "\u0301", "\U0001f600", "\ud7ff", "%", "100%", "-", "—",
    ".", ",", "1,", "1.1.1", "2.3.1", "999999999999", "1" * 60, "0", "-1", "1e9", "0x1F", "O", "l", "S", "1 234",
    "1.234,5", "12,34", "5%%", "%5", "100.-", "0000.-", "9999.- x", "META", "P", "A", "RAMO:", "UNIDAD EJECUTORA: ",
    "PROGRAMA OPERATIVO ANUAL 2022", "ENERO-MARZO", "31 DE FEBRERO DE 2099", "AUTORIZÓ", "TMM-F004", "2022", "54101",
    "(", "[", "\\", "{", "*", "+", "?",
)  # fmt: skip
"""What damage puts in: look-alikes, marks, digits of other scripts, spaces of other kinds, words of the form."""


@cache
def pages() -> tuple[tuple[str, ...], ...]:
    """The lines of the extract's pages, each from its title to the next."""
    text = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0].read_bytes().decode()
    parts = re.split(r"(?=PROGRAMA OP\w+ ANUAL)", text)
    return tuple(tuple(part.split("\n")) for part in parts)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """One to three pages with lines dropped, doubled, swapped, joined and cut, and cells and characters changed."""
    chosen = draw(st.lists(st.integers(0, len(pages()) - 1), min_size=1, max_size=3))
    lines = [line for number in chosen for line in pages()[number]]
    for _ in range(draw(st.integers(0, 12))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        harm = draw(st.sampled_from((_drop, _double, _swap, _join, _cut, _cell, _insert, _insert, _many)))
        harm(draw, lines, at)
    return "\n".join(lines)


@st.composite
def patchwork(draw: st.DrawFn) -> str:
    """Lines of any pages in any order, with odd ones between."""
    whole = [line for page in pages() for line in page]
    kinds = st.one_of(st.sampled_from(whole), st.lists(st.sampled_from(ODD), max_size=30).map("".join), st.text())
    return "\n".join(draw(st.lists(kinds, max_size=40)))


@st.composite
def rows(draw: st.DrawFn) -> str:
    """A page with rows of figures that no layout explains."""
    page = list(pages()[draw(st.integers(1, len(pages()) - 1))])
    at = next((k for k, line in enumerate(page) if line.count("\t") > 8), len(page))
    cells = st.one_of(st.integers(0, 99).map(str), st.integers(0, 10**13).map(str), st.sampled_from(ODD), st.just(""))
    texts = st.sampled_from(("100.- Dar apoyo\tApoyo", "2.3.1\t101.- Dar\tPorcentaje", "sin número\tExpediente", ""))
    made = [
        "\t".join([draw(texts), *draw(st.lists(cells, max_size=70)), draw(st.sampled_from(("5%", "", "101 %", "x")))])
        for _ in range(draw(st.integers(1, 6)))
    ]
    return "\n".join([*page[:at], *made, *page[at:]])


def any_text() -> st.SearchStrategy[str]:
    """Any of these, and text of nothing."""
    return st.one_of(damaged(), damaged(), patchwork(), rows(), st.text(max_size=400))


def _drop(draw: st.DrawFn, lines: list[str], at: int) -> None:
    del lines[at : at + draw(st.integers(1, 5))]


def _double(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at:at] = lines[at : at + draw(st.integers(1, 5))]


def _many(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at:at] = [lines[at]] * draw(st.integers(1, 60))


def _swap(draw: st.DrawFn, lines: list[str], at: int) -> None:
    other = draw(st.integers(0, len(lines) - 1))
    lines[at], lines[other] = lines[other], lines[at]


def _join(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at : at + 2] = [draw(st.sampled_from(("", " ", "\t", "\r"))).join(lines[at : at + 2])]


def _cut(draw: st.DrawFn, lines: list[str], at: int) -> None:
    place = draw(st.integers(0, len(lines[at])))
    lines[at : at + 1] = [lines[at][:place], lines[at][place:]]


def _cell(draw: st.DrawFn, lines: list[str], at: int) -> None:
    cells = lines[at].split("\t")
    cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(ODD))
    lines[at] = "\t".join(cells)


def _insert(draw: st.DrawFn, lines: list[str], at: int) -> None:
    place, odd = draw(st.integers(0, len(lines[at]))), draw(st.one_of(st.sampled_from(ODD), st.characters()))
    lines[at] = lines[at][:place] + odd * draw(st.sampled_from((1, 1, 1, 3, 200))) + lines[at][place:]
