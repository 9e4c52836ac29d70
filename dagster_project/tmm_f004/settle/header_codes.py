"""The header's small codes settled: CONAC finalidad / función / subfunción, ramo and eje.

The three CONAC levels settle together, each page by itself: of the 111 subfunciones the one whose
codes and names agree best with what is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.model import Estado, HeaderField, Settled
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.text.by_identity import cached_by_identity
from dagster_project.tmm_f004.text.fold import folded

LEVELS = ("finalidad", "funcion", "subfuncion")
CODE = 2.0  # a level's digit as printed
NAME = 4.0  # a level's name as printed: codes repeat from function to function, names seldom
ALL_CODES = 2.0  # all three digits as printed


def settle_functional(
    fields: Sequence[HeaderField], classification: Mapping[str, tuple[str, str, str]]
) -> list[HeaderField]:
    """Give finalidad, función and subfunción their CONAC code (``2``, ``2.2``, ``2.2.2``) in ``valor``.

    A level stays None where printed codes and names do not settle it.
    """
    printed = {c.campo: (c.codigo_impreso, c.texto_impreso) for c in fields if c.campo in LEVELS}
    if not printed or not classification:
        return list(fields)
    settled = _settler(classification)(tuple(printed.get(level) for level in LEVELS))
    if settled.valor is None or settled.estado is Estado.DUDOSA:
        return list(fields)
    parts = settled.valor.split(".")
    known = {level: ".".join(parts[: k + 1]) for k, level in enumerate(LEVELS)}
    return [
        replace(c, valor=known[c.campo], puntaje=settled.puntaje, regla=f"conac:{settled.regla}")
        if c.campo in known
        else c
        for c in fields
    ]


_PrintedLevel = tuple[str | None, str | None]


@cached_by_identity
def _settler(
    classification: Mapping[str, tuple[str, str, str]],
) -> Callable[[tuple[_PrintedLevel | None, ...]], Settled]:
    """Settles what the three levels print (code and name, None where the level is lost), each print once."""
    codes = [(code, list(zip(code.split("."), names, strict=False))) for code, names in classification.items()]
    known = [tuple({levels[k][1] for _, levels in codes}) for k in range(len(LEVELS))]
    folds = [[folded(name) for name in names] for names in known]

    @lru_cache(maxsize=2048)
    def like(level: int, text: str) -> dict[str, float]:
        found = process.extract(folded(text), folds[level], scorer=fuzz.ratio, score_cutoff=60, limit=None)
        return {known[level][k]: score / 100 for _, score, k in found}

    @lru_cache(maxsize=2048)
    def settle(printed: tuple[_PrintedLevel | None, ...]) -> Settled:
        balance = Balance()
        alike = [like(level, p[1]) if p and p[1] else None for level, p in enumerate(printed)]
        for code, levels in codes:
            matched = 0
            for (part, name), field, names in zip(levels, printed, alike, strict=False):
                if field is None:
                    continue
                close = None if names is None else names.get(name, 0.0)
                if close:
                    balance.add(code, "nombre", NAME * max(0.0, close - 0.6) / 0.4)
                if field[0] == part:
                    # A digit beside another level's name, or a garbled one, is worth half.
                    balance.add(code, "codigo_impreso", CODE if close is None or close >= 0.6 else CODE / 2)
                    matched += close is None or close >= 0.6
            balance.add(code, "codigos_completos", ALL_CODES if matched == len(LEVELS) else 0.0)
        return balance.settle(None)

    return settle


def settle_branch(fields: Sequence[HeaderField], seen: Counter[str], unit: str | None) -> list[HeaderField]:
    """Give ramo its code: as printed where the unit begins with it or other pages print it, else what they print."""
    result = []
    for field in fields:
        if field.campo == "ramo":
            balance = Balance()
            balance.add(field.codigo_impreso, "codigo_impreso", 2.0)
            of_unit = {code for code in seen if unit and unit.startswith(code)}
            for code in sorted({code for code, _ in seen.most_common(5)} | of_unit):
                balance.add(code, "otras_paginas", 1.5 * seen[code] / seen.total())
                balance.add(code, "unidad", 1.5 if code in of_unit else 0.0)
            settled = balance.settle(field.codigo_impreso)
            value = settled.valor if settled.estado is not Estado.DUDOSA else None
            field = replace(field, valor=value, puntaje=settled.puntaje, regla=settled.regla)
        elif field.campo == "eje" and field.codigo_impreso:
            field = replace(field, valor=field.codigo_impreso, puntaje=1.0, regla="codigo_impreso")
        result.append(field)
    return result
