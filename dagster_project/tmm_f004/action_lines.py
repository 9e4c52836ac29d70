"""Codes of líneas de acción settled across the pages of one plan: the same name has the same code.

A code printed once so and once otherwise (3.8.4, 3.8.6) goes to the code that more printings carry,
those of the action rows included; rows keep their codes as printed. Codes of another plan never count:
the plans share codes with different meanings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.evidence import Balance
from dagster_project.tmm_f004.model import Campo, Renglon
from dagster_project.tmm_f004.words import code_closeness, likeness

SAME_NAME = 0.88
OWN = 2.5  # the code as printed in this header
UNUSED = -1.0  # ... which the page's rows do not use, while they use one like it that the header lacks
POINTS_LOST = 1.5  # three digits without their points
ELSEWHERE = 1.0  # the same name carries that code on another page of the plan
IN_ROWS = 1.2  # the page's own rows use the code
NEAR = 0.5  # closeness a code must have to what is printed: OCR changes a digit, not the code
MAX_PRINTINGS = 4000  # of one plan that are compared by name; an extract of 300 pages stays below


def settle_lines(
    pages: Sequence[tuple[Sequence[Campo], Sequence[Renglon], str | None]],
) -> list[list[Campo]]:
    """Settle ``linea_accion`` fields of pages given as (fields, rows, plan); other fields pass through."""
    named: dict[str | None, dict[str, list[tuple[int, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for k, (fields, _, plan) in enumerate(pages):
        for field in fields:
            if field.campo == "linea_accion" and field.codigo_impreso and field.texto_impreso:
                key = _first_word(field.texto_impreso)
                if len(named[plan][key]) < MAX_PRINTINGS:
                    named[plan][key].append((k, field.codigo_impreso, field.texto_impreso))
    result = []
    for k, (fields, rows, plan) in enumerate(pages):
        used = Counter(code for row in rows for code in row.lineas_accion)
        listed = {f.codigo_impreso for f in fields if f.campo == "linea_accion" and f.codigo_impreso}
        settled = []
        for field in fields:
            if field.campo == "linea_accion" and field.codigo_impreso:
                same = named[plan][_first_word(field.texto_impreso)] if field.texto_impreso else []
                field = _settle(field, k, same, used, listed)
            settled.append(field)
        result.append(settled)
    return result


def _first_word(text: str) -> str:
    """A coarse key, so that only names that begin alike are compared; the first letter survives OCR best."""
    return text.strip()[:1].upper()


def _settle(field: Campo, k: int, same: Sequence[tuple[int, str, str]], used: Counter[str], listed: set[str]) -> Campo:
    """``valor`` is the likeliest code, ``puntaje`` how likely (0.8 is settled), rivals stand in ``regla``."""
    printed = field.codigo_impreso or ""
    balance = Balance()
    if re.fullmatch(r"\d{1,2}(\.\d{1,2}){1,2}", printed):
        balance.add(printed, "codigo_impreso", OWN)
    elif re.fullmatch(r"\d{3}", printed):
        balance.add(".".join(printed), "puntos_perdidos", POINTS_LOST)
    for code in used:
        unlisted = code not in listed and _near(printed, code)
        if code == printed or unlisted or code.replace(".", "") == printed:
            balance.add(code, "renglones", IN_ROWS if printed not in used or code == printed else 0.0)
            balance.add(printed, "sin_renglones", UNUSED if unlisted and printed not in used else 0.0)
    name = field.texto_impreso or ""
    for page, code, other in same[:200]:
        if page != k and (code == printed or _near(printed, code)) and likeness(name, other) >= SAME_NAME:
            balance.add(code, "otras_paginas", ELSEWHERE)
    settled = balance.settle(printed)
    rivals = "".join(f" | {v} {s:.2f}" for v, s in settled.alternativas if s >= 0.05)
    return replace(field, valor=settled.valor, puntaje=settled.puntaje, regla=f"{settled.regla}{rivals}")


def _near(printed: str, code: str) -> bool:
    return code_closeness(printed, code) >= NEAR
