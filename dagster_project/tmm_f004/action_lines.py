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

from dagster_project.tmm_f004.evidence import SURE, Balance
from dagster_project.tmm_f004.model import Campo, Renglon
from dagster_project.tmm_f004.words import code_closeness, likeness

SAME_NAME = 0.88
OWN = 2.0  # the code as printed in this header
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
        settled = []
        for field in fields:
            if field.campo == "linea_accion" and field.codigo_impreso:
                same = named[plan][_first_word(field.texto_impreso)] if field.texto_impreso else []
                field = _settle(field, k, same, used)
            settled.append(field)
        result.append(settled)
    return result


def _first_word(text: str) -> str:
    """A coarse key, so that only names that begin alike are compared; the first letter survives OCR best."""
    return text.strip()[:1].upper()


def _settle(field: Campo, k: int, same: Sequence[tuple[int, str, str]], used: Counter[str]) -> Campo:
    printed = field.codigo_impreso or ""
    balance = Balance()
    dotted = re.fullmatch(r"\d{1,2}(\.\d{1,2}){1,2}", printed) is not None
    if dotted:
        balance.add(printed, "codigo_impreso", OWN)
    for code in used:
        if code == printed:
            balance.add(code, "renglones", IN_ROWS)
        elif code.replace(".", "") == printed:
            balance.add(code, "puntos_perdidos", OWN + IN_ROWS)
        elif _near(printed, code):
            balance.add(code, "renglones", IN_ROWS / 2)
    name = field.texto_impreso or ""
    for page, code, other in same[:200]:
        if page != k and (code == printed or _near(printed, code)) and likeness(name, other) >= SAME_NAME:
            balance.add(code, "otras_paginas", ELSEWHERE)
    settled = balance.settle(printed)
    value = settled.valor if settled.puntaje >= SURE else None
    rivals = "".join(f" | {v} {s:.2f}" for v, s in settled.alternativas)
    return replace(field, valor=value, puntaje=settled.puntaje, regla=f"{settled.regla}{rivals}")


def _near(printed: str, code: str) -> bool:
    return code_closeness(printed, code) >= NEAR
