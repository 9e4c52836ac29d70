"""Signatures: who signs a form page, and in which role.

A signature is a ``HeaderField`` ``firma``: the name as printed in ``texto_impreso``, the role as printed in
``codigo_impreso`` (None where lost), and the role read in ``valor``: ``unidad_ejecutora``, ``programa``,
``ramo``, ``elaboro``, ``reviso`` or ``autorizo``.
"""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import HeaderField
from dagster_project.tmm_f004.page.line_kinds import LineKind, classify, looks_like_name, role_of
from dagster_project.tmm_f004.text.fold import words

MAX_SIGNATURES = 12  # a page has three; more is repeated text

_ROLES = {
    "unidad_ejecutora": "RESPONSABLE DE LA UNIDAD EJECUTORA",
    "programa": "RESPONSABLE DEL PROGRAMA",
    "ramo": "RESPONSABLE DEL RAMO",
}
_ACTS = {"elaboro": "ELABORO", "reviso": "REVISO", "autorizo": "AUTORIZO"}


def read_signatures(lines: Sequence[tuple[int, str]]) -> tuple[list[HeaderField], list[tuple[int, str]]]:
    """Pair names with roles among the signature lines of a page; also the lines that are neither.

    Names stand above or below their roles, alone or in columns parted by tabs; which of the
    two comes first on the page decides for all its pairs.
    """
    names: list[tuple[int, int, str]] = []
    roles: list[tuple[int, int, str]] = []
    acts: list[tuple[int, int, str]] = []
    left: list[tuple[int, str]] = []
    for number, text in lines:
        cells = [intern(c) for cell in text.split("\t") if (c := cell.strip(" *_#"))]
        for column, cell in enumerate(cells):
            kind = role_of(cell)
            if kind == "cargo":
                roles.append((number, column, cell))
            elif kind == "acto":
                acts.append((number, column, cell))
            elif kind is None and looks_like_name(cell):
                names.append((number, column, cell))
            elif kind is None and classify(text).kind is not LineKind.DATE:
                left.append((number, cell))
    pairs = _pair(names, roles or acts)
    fields = [
        HeaderField("firma", role[2] if role else None, name[2] if name else None, (name or role or (0, 0, ""))[0],
              _role(role[2]) if role else None, None, "cargo_impreso" if role else "sin_cargo")
        for name, role in pairs[:MAX_SIGNATURES]
    ]  # fmt: skip
    return fields, left


_Mark = tuple[int, int, str]


def _pair(names: list[_Mark], roles: list[_Mark]) -> list[tuple[_Mark | None, _Mark | None]]:
    """Names and roles in reading order: each role takes the nearest name on its side that is still free."""
    if not names or not roles:
        return [(n, None) for n in names] + [(None, r) for r in roles]
    if len(names) == len(roles):
        return list(zip(names, roles, strict=True))
    name_first = names[0] < roles[0]
    pairs: list[tuple[_Mark | None, _Mark | None]] = []
    free = list(names)
    for k, role in enumerate(roles):
        low = roles[k - 1] if k else (0, 0, "")
        high = roles[k + 1] if k + 1 < len(roles) else (1 << 62, 0, "")
        near = [n for n in free if (low < n < role if name_first else role < n < high)]
        taken = near[-1 if name_first else 0] if near else None
        if taken:
            free.remove(taken)
        pairs.append((taken, role))
    return pairs + [(n, None) for n in free]


def _role(printed: str) -> str | None:
    folded = " ".join(words(printed))
    choices = _ACTS if role_of(printed) == "acto" else _ROLES
    best, name = max((fuzz.ratio(folded, phrase), name) for name, phrase in choices.items())
    return name if best >= 75 else None
