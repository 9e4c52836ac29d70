"""The names in a table's head beside its quarters: where the head begins, and which column stands under which name.

Not in here: the quarters and their marks (``head``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from dagster_project.tmm_f004.grid.levels import levels, text_of, texts_on
from dagster_project.tmm_f004.grid.pieces import Piece
from dagster_project.tmm_f004.page.line_kinds import split_label
from dagster_project.tmm_f004.text.dates import is_period
from dagster_project.tmm_f004.text.fold import letters

HEAD_UP = 2.3
"""Of a line's height, above the quarters: a head has three lines, its names wrap over as many."""

FARTHEST_UP = 4.0
"""Of a line's height: how far above the quarters the word over all of them may stand, PERIODO."""

FEWEST_NAMES = 2
"""Columns' names that begin on one line above a head's others, at least: a header's line has one."""

LIKE_NAME = 74.0
"""Per cent of likeness at which a word is a column's, also misread."""

NAMES = {
    "meta": ("META", "METAANUAL"),
    "absoluto": ("ABSOLUTO", "AVANCEABSOLUTO"),
    "relativo": ("RELATIVO", "PORCENTAJE", "ACUMULADORELATIVO"),
    "observaciones": ("OBSERVACIONES", "OBSERVACION", "JUSTIFICACION"),
    "medida": ("MEDIDA", "UNIDADDEMEDIDA"),
    "numero": ("NUMERO",),
    "lineas": ("LINEA", "LINEAS", "LINEADEACCION", "LINEASDEACCION", "LINEADE", "LINEASDE"),
    "texto": ("ACCIONES", "ACTIVIDADES", "METAS", "DESCRIPCION", "METASYACCIONES"),
}

SHORT = {
    "lineas": ("L/A", "L.A.", "LA"),
    "numero": ("NO.", "NO", "N°", "Nº", "NÚM.", "NUM.", "NÚM", "NUM"),
}
"""Names too short to be likened."""

_FIRST_WORDS = ("LINEA", "LINEAS", "METAS", "META", "UNIDAD", "INDICADOR", "AVANCE", "DESCRIPCION")


def top_of(pieces: Sequence[Piece], level: float, height: float) -> float:
    """Where a head begins whose quarters are named at ``level``."""
    over = _over(pieces, level, height)
    if over:
        return _with_names_above(pieces, min(over), height)
    near = levels([p for p in pieces if level - HEAD_UP * height <= p.y < level - 0.7 * height], height)
    dated = [above.y for above in near if any(map(_is_date, texts_on(above, height)))]
    return max(dated) + 0.5 * height if dated else level - HEAD_UP * height


def _is_date(text: Sequence[Piece]) -> bool:
    """Whether a text right above a table says what it is of: FECHA: ENERO-MARZO 2023."""
    printed = text_of(text)
    return split_label(printed)[0] == "fecha" or (is_period(printed) and any(map(str.isdigit, printed)))


def names_of_columns(loose: Sequence[Piece], left: float, right: float, height: float) -> dict[str, float]:
    """The middle of each column of ``NAMES`` that is named to the left or to the right of the quarters' columns."""
    named: dict[str, float] = {}
    taken: set[Piece] = set()
    for name, words in NAMES.items():
        is_left = name in ("meta", "medida", "texto", "lineas", "numero")
        inside = [p for p in loose if p not in taken and (p.x < left if is_left else p.x > right)]
        scored = [(score, p) for p in inside if (score := _likeness(p.text, words)) >= LIKE_NAME]
        if name in SHORT and not scored:
            scored = [(100.0, p) for p in inside if p.text.upper() in SHORT[name]]
        if not scored:
            continue
        best = max(scored, key=lambda pair: (round(pair[0] / 10), pair[1].x if name == "meta" else -pair[1].x))[1]
        beside = [
            p for p in loose if p is best or is_over(p, best, height) or (name == "meta" and _of_meta(p, best, height))
        ]
        if name == "medida":
            beside += _before_measure(best, loose, height)
        if name == "lineas":
            taken |= set(beside)  # LÍNEA DE over ACCIÓN
        named[name] = (min(p.x0 for p in beside) + max(p.x1 for p in beside)) / 2
    if "meta" in named and "texto" in named and named["meta"] - named["texto"] < 2 * height:
        del named["meta"]  # METAS Y ACCIONES
    return named


def _before_measure(measure: Piece, loose: Sequence[Piece], height: float) -> list[Piece]:
    """The words that MEDIDA goes on from on its own line: UNIDAD DE."""
    found = [measure]
    for piece in sorted(
        (p for p in loose if p.x < measure.x and abs(p.y - measure.y) < 0.4 * height), key=lambda p: -p.x
    ):
        if piece.text.upper() != "DE" and _likeness(piece.text, ("UNIDAD", "INDICADOR")) < LIKE_NAME:
            break
        found.append(piece)
    return found[1:]


def _over(pieces: Sequence[Piece], level: float, height: float) -> list[float]:
    """The levels of the word that stands over all quarters, right above them: ``PERIODO``, also letter by letter."""
    near = [p for p in pieces if 0.6 * height < level - p.y <= FARTHEST_UP * height]
    spelt = [lv.y for lv in levels(near, height) if "PERIODO" in letters("".join(p.text for p in lv.pieces))]
    return spelt + [p.y for p in near if _likeness(p.text, ("PERIODO",)) >= LIKE_NAME]


def _with_names_above(pieces: Sequence[Piece], level: float, height: float) -> float:
    """The top of a head whose highest line known is at ``level``: names that wrap may begin above it."""
    near = levels([p for p in pieces if level - HEAD_UP * height <= p.y < level - 0.2 * height], height)
    for above in reversed(near):
        named = sum(_begins_name(p.text) for p in above.pieces)
        said = any(":" in p.text or any(map(str.isdigit, p.text)) for p in above.pieces)  # a date: no column's name
        # Names of two lines and of three stand half a line from each other, and no other print so near.
        if said or level - above.y > 1.3 * height or named < (1 if level - above.y <= 0.8 * height else FEWEST_NAMES):
            break
        level = above.y
    return level - 0.5 * height


@lru_cache(maxsize=2048)
def _begins_name(text: str) -> bool:
    return _likeness(text, _FIRST_WORDS) >= LIKE_NAME


def is_over(piece: Piece, best: Piece, height: float) -> bool:
    """Whether a word stands right over or under another, as names that wrap do."""
    shared = min(piece.x1, best.x1) - max(piece.x0, best.x0)
    narrow = min(piece.x1 - piece.x0, best.x1 - best.x0)
    return abs(piece.y - best.y) < 1.5 * height and abs(piece.y - best.y) > 0.5 * height and shared > 0.6 * narrow


def _of_meta(piece: Piece, meta: Piece, height: float) -> bool:
    """Whether a word goes on with META: ANUAL, AUTORIZADA, beside it or below."""
    near = (
        piece.x0 - meta.x1 < 1.5 * height and abs(piece.x - meta.x) < 6 * height and abs(piece.y - meta.y) < 2 * height
    )
    return near and _likeness(piece.text, ("ANUAL", "AUTORIZADA")) >= LIKE_NAME


def _likeness(text: str, names: Sequence[str]) -> float:
    found = letters(text)
    return max(fuzz.ratio(found, name) for name in names) if len(found) > 3 else 0.0
