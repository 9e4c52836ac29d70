"""Codes of líneas de acción settled across the pages of one plan: the same name has the same code.

A code printed once so and once otherwise (3.8.4, 3.8.6) goes to the code that more printings carry,
those of the action rows included; rows keep their codes as printed, and one that the header lacks is
kept and marked. Codes of another plan never count: the plans share codes with different meanings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dagster_project.tmm_f004.model import ActionRow, HeaderField
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.fold import code_closeness, likeness

SAME_NAME = 0.88
OWN = 2.5  # the code as printed in this header
UNUSED = -1.0  # ... which the page's rows do not use, while they use one like it that the header lacks
POINTS_LOST = 1.5  # three digits without their points
ELSEWHERE = 1.0  # the same name carries that code on another page of the plan
IN_ROWS = 1.2  # the page's own rows use the code
ONLY_IN_ROWS = "solo_en_renglones"  # the rule of a code that rows name and the header lacks
LINE_NEAR = 0.5  # closeness a code must have to what is printed: OCR changes a digit, not the code
MAX_COMPARED = 200  # printings of like names that a name is compared with
MAX_PRINTINGS = 4000  # of one plan that are compared by name; an extract of 300 pages stays below


_PrintedLine = tuple[str, str]
"""A code and its name, as printed."""


class ActionLines:
    """The printings of líneas de acción on all pages of an extract, by plan."""

    def __init__(self) -> None:
        self._named: dict[tuple[str | None, str], _Alike] = defaultdict(_Alike)
        self._likely = lru_cache(maxsize=MAX_PRINTINGS)(self._by_print)

    def note(self, page: int, fields: Sequence[HeaderField], plan: str | None) -> None:
        """Take down what a page prints; every page must be noted, in order, before the first is settled."""
        for field in fields:
            if field.campo == "linea_accion" and field.codigo_impreso and field.texto_impreso:
                self._named[plan, _first_word(field.texto_impreso)].add(page, field.codigo_impreso, field.texto_impreso)

    def settle(
        self, page: int, fields: Sequence[HeaderField], rows: Sequence[ActionRow], plan: str | None
    ) -> list[HeaderField]:
        """Settle the ``linea_accion`` fields of a page; other fields pass through."""
        used = Counter(code for row in rows for code in row.lineas_accion)
        listed = {f.codigo_impreso for f in fields if f.campo == "linea_accion" and f.codigo_impreso}
        unlisted = [code for code in used if code not in listed]
        settled = []
        for field in fields:
            if field.campo == "linea_accion" and field.codigo_impreso:
                name = field.texto_impreso
                same = self._likely(plan, field.codigo_impreso, name) if name else ()
                field = _settle(field, page, same, used, unlisted)
            settled.append(field)
        return [*settled, *_absent(settled, rows, used)]

    def _by_print(self, plan: str | None, code: str, name: str) -> tuple[tuple[str, list[int]], ...]:
        """The codes that may be the línea's of this print, each with the pages that print it so."""
        return self._named[plan, _first_word(name)].likely(code, name)


class _Alike:
    """Printings whose names begin alike."""

    def __init__(self) -> None:
        self.count = 0
        self.prints: set[_PrintedLine] = set()
        self.compared: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.near: dict[str, list[str]] = {}

    def add(self, page: int, code: str, name: str) -> None:
        """Take one more, unless there are too many."""
        if self.count < MAX_PRINTINGS:
            self.count += 1
            self.prints.add((code, name))
            if self.count <= MAX_COMPARED:
                self.compared[code][name].append(page)

    def likely(self, code: str, name: str) -> tuple[tuple[str, list[int]], ...]:
        """The codes that carry a name like this one, each with the pages that print it so."""
        if (code, name) not in self.prints:
            return ()
        if code not in self.near:
            self.near[code] = [other for other in self.compared if other == code or _near(code, other)]
        return tuple(
            (other, where)
            for other in self.near[code]
            for called, where in self.compared[other].items()
            if name == called or likeness(name, called) >= SAME_NAME
        )


def _absent(fields: Sequence[HeaderField], rows: Sequence[ActionRow], used: Counter[str]) -> Iterator[HeaderField]:
    """A field for each code that rows name and the header lacks: on the line that names it first, without a name.

    Its rivals are the header's codes of like digits, above all those that no row uses.
    """
    lines = [f for f in fields if f.campo == "linea_accion" and f.codigo_impreso]
    listed = {code for f in lines for code in (f.codigo_impreso, f.valor)}
    first: dict[str, int] = {}
    for row in rows:
        for code in row.lineas_accion:
            if code not in listed:
                first.setdefault(code, row.linea)
    for code, line in first.items():
        balance = Balance()
        balance.add(code, ONLY_IN_ROWS, IN_ROWS * min(used[code], 2))
        for other in {f.valor for f in lines if f.valor and _near(f.valor, code)}:
            balance.add(other, "codigo_parecido", LINE_NEAR if other in used else IN_ROWS)
        shares = dict(balance.shares())
        score = round(shares.pop(code), 3)
        yield HeaderField("linea_accion", code, None, line, code, score, ONLY_IN_ROWS + _rivals(shares.items()))


def _rivals(shares: Iterable[tuple[str, float]]) -> str:
    return "".join(f" | {v} {s:.2f}" for v, s in shares if s >= 0.05)


def _first_word(text: str) -> str:
    """A coarse key, so that only names that begin alike are compared; the first letter survives OCR best."""
    return text.strip()[:1].upper()


def _settle(
    field: HeaderField, k: int, same: Sequence[tuple[str, Sequence[int]]], used: Counter[str], unlisted: Sequence[str]
) -> HeaderField:
    """``valor`` is the likeliest code, ``puntaje`` how likely (0.8 is settled), rivals stand in ``regla``."""
    printed = field.codigo_impreso or ""
    likely = []
    if printed not in used:
        for code in used:
            like = code in unlisted and _near(printed, code)
            if like or code.replace(".", "") == printed:
                likely.append((code, like))
    elsewhere = [(code, len(pages) - pages.count(k)) for code, pages in same]
    verdict = _verdict(printed, printed in used, tuple(likely), tuple([e for e in elsewhere if e[1]]))
    return HeaderField(field.campo, printed, field.texto_impreso, field.linea, *verdict)


@lru_cache(maxsize=2048)
def _verdict(
    printed: str, is_used: bool, likely: tuple[tuple[str, bool], ...], elsewhere: tuple[tuple[str, int], ...]
) -> tuple[str | None, float, str]:
    """Value, score and rule of a printed code; ``likely`` are codes of the page's rows that may be meant, each with
    whether the header lacks it, ``elsewhere`` how often other pages print the same name with which code."""
    balance = Balance()
    if re.fullmatch(r"\d{1,2}(\.\d{1,2}){1,2}", printed):
        balance.add(printed, "codigo_impreso", OWN)
    elif re.fullmatch(r"\d{3}", printed):
        balance.add(".".join(printed), "puntos_perdidos", POINTS_LOST)
    if is_used:
        balance.add(printed, "renglones", IN_ROWS)
    for code, like in likely:
        balance.add(code, "renglones", IN_ROWS)
        balance.add(printed, "sin_renglones", UNUSED if like else 0.0)
    for code, times in elsewhere:
        balance.add(code, "otras_paginas", ELSEWHERE * times)
    settled = balance.settle(printed)
    return settled.valor, settled.puntaje, settled.regla + _rivals(settled.alternativas)


def _near(printed: str, code: str) -> bool:
    return code_closeness(printed, code) >= LINE_NEAR
