"""Whether a reading is right: the rules of comparison, a row and a page at a time.

Belongs here: verdicts. Does not: running a reader, or counting.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from rapidfuzz.distance import Levenshtein

from dagster_project.tmm_f004.text.fold import words

Row = dict[str, Any]

TEXT_KINDS = frozenset({"numero_perdido", "numero_mal", "numeros_perdidos", "fila_partida"})
"""Damage to a row's texts: it hits no figure."""


MISREAD, RUN = 0.2, 3
"""Share of a text's letters that an engine may misread; letters in a row that may be lost or added: more are a word."""


class Verdict(StrEnum):
    """What became of a row, from best to worst."""

    RIGHT = "sure and right"
    FLAGGED_IN = "flagged, truth among alternatives"
    FLAGGED_OUT = "flagged, truth not among them"
    MISSING = "missing"
    WRONG = "wrong and sure"


def same_figures(truth: Row, read: Row, with_pct: bool = True) -> bool:
    """Whether every figure agrees.

    None and 0 are equal up to the corte (OCR makes a blank and a 0 indistinguishable); after it
    achievement must be None, whatever is printed.
    """
    corte = truth["trimestre"]
    if not _same(truth["meta"], read["meta"]) or not _same(truth["absoluto"], read["absoluto"]):
        return False
    if with_pct and not _same(truth["relativo_pct"], read["relativo_pct"]):
        return False
    if not all(map(_same, truth["programado"], read["programado"])):
        return False
    done = read["avance"]
    return all(map(_same, truth["avance"][:corte], done[:corte])) and done[corte:] == [None] * (4 - corte)


def _same(truth: int | None, read: float | None) -> bool:
    return (truth or 0) == (read or 0)


def same_text(truth: str, read: str) -> bool:
    """Whether a text is as printed but for letters that were misread: no word lost, added or moved."""
    own, other = ("".join(word for part in text.split() for word in words(part)) for text in (truth, read))
    if Levenshtein.distance(own, other) > MISREAD * len(own):
        return False
    runs = Levenshtein.opcodes(own, other)
    return all(abs((r.src_end - r.src_start) - (r.dest_end - r.dest_start)) <= RUN for r in runs)


def cheapest(read: Row) -> Row | None:
    """The cheapest reading of a flagged row, None where it lists none."""
    return min(read["alternativas"], key=lambda a: a["costo"], default=None)


def judge(truth: Row, read: Row | None) -> Verdict:
    """The verdict on one row; a row whose corte is in doubt counts as flagged where its figures are off."""
    if read is None:
        return Verdict.MISSING
    if read["estado"] != "dudosa":
        if same_figures(truth, read):
            return Verdict.RIGHT
        if read["corte_estado"] != "dudosa":
            return Verdict.WRONG
        return Verdict.FLAGGED_OUT
    among = any(same_figures(truth, a, with_pct=False) for a in read["alternativas"])
    return Verdict.FLAGGED_IN if among else Verdict.FLAGGED_OUT


def judge_header(truth: Row, read: Row, what: str) -> str:
    """``right``, ``flagged`` or ``wrong`` of a page's ``unidad`` or ``corte``, from one of its rows."""
    if read[f"{what}_estado"] == "dudosa":
        return "flagged"
    keys = ("unidad",) if what == "unidad" else ("anio", "trimestre")
    return "right" if all(str(truth[k]) == str(read[k]) for k in keys) else "wrong"


def kind_of(truth: Row) -> str:
    """The one kind of damage a row's figures took; ``none``, or ``several``."""
    kinds = [d.split(":")[0] for d in truth["dano"]]
    kinds = [k for k in kinds if k not in TEXT_KINDS]
    return kinds[0] if len(kinds) == 1 else "several" if kinds else "none"
