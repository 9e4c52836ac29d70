"""Which field of the header each piece fills: an order-preserving alignment, weighed by evidence.

A header prints its fields in one order, so pieces are aligned to fields by dynamic programming.
Labels, shapes of codes and known names are evidence, none of it a rule: labels are lost, misread,
or stand one line above their value. Codes and names are aligned together or, where that explains
the page better (a block of codes and one of names, a column shifted), each by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from dagster_project.tmm_f004.header_items import FIELDS, Pieza, Piezas
from dagster_project.tmm_f004.model import Catalogos
from dagster_project.tmm_f004.words import best_likeness, folded

_REPEATED = frozenset({"eje", "linea_accion"})

LABELLED = 2.0  # the piece stands beside the field's own label
IN_TURN = 0.6  # the field's label stands in the same place of a block of labels
KNOWN_NAME = 2.0  # the name is one the catalogue knows for this field
KNOWN_CODE = 1.0
UNPLACED = -1.0  # a piece that fills no field
NAMELESS = -2.0  # a text with neither label nor code, taken for a whole field
NO_EJE = -1.0  # eje de gobierno on a page that prints the other labels but not this one; thrice for a bare piece
PARTED = 3.0  # what aligning codes and names apart must gain: it is the rarer damage

# Digits a field's code has, with what each number of digits is worth.
_SHAPES: dict[str, dict[int, float]] = {
    "ramo": {2: 1.5, 1: 0.0, 3: 0.0},
    "programa": {3: 1.5, 2: 0.3, 4: 0.3},
    "unidad_ejecutora": {5: 2.0, 4: 0.7, 6: 0.7, 3: -1.5},
    "finalidad": {1: 1.5},
    "funcion": {1: 1.5},
    "subfuncion": {1: 1.5},
    "eje": {1: 1.0, 2: -1.0},
    "linea_accion": {3: 0.5, 4: 0.3},
}
_WRONG_SHAPE = -3.0

Colocada = tuple[str, Pieza | None, Pieza | None]
"""A field with the piece that holds its code and the piece that holds its name (often the same one)."""


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({folded(n) for n in names}))


class Vocabulary:
    """The names and codes that the catalogues know for each field, with fast likeness."""

    def __init__(self, catalogs: Catalogos) -> None:
        units = {n for u in catalogs.unidades for n in (u.nombre, *u.alias)}
        functional = catalogs.clasificacion.values()
        self.names: dict[str, tuple[str, ...]] = {
            "programa": _folded(catalogs.programas.values()),
            "unidad_ejecutora": _folded(units),
            "finalidad": _folded(c[0] for c in functional),
            "funcion": _folded(c[1] for c in functional),
            "subfuncion": _folded(c[2] for c in functional),
        }
        self.codes: dict[str, frozenset[str]] = {
            "programa": frozenset(catalogs.programas),
            "unidad_ejecutora": frozenset(u.unidad_codigo for u in catalogs.unidades),
        }
        self.name_score = lru_cache(maxsize=4096)(self._name_score)

    def _name_score(self, field: str, name: str) -> float:
        return KNOWN_NAME * best_likeness(name, self.names.get(field, ()), 0.75)

    def code_score(self, field: str, code: str) -> float:
        """What a code's shape says for a field: points for a línea, digits for the others."""
        if "." in code:
            return 3.0 if field == "linea_accion" else _WRONG_SHAPE
        known = KNOWN_CODE if code in self.codes.get(field, ()) else 0.0
        return _SHAPES[field].get(len(code), _WRONG_SHAPE) + known


def align(items: Piezas, vocabulary: Vocabulary) -> list[Colocada]:
    """Give each piece of a header its field; pieces that fit none are left out."""
    bare = [f for f in items.etiquetas if f in FIELDS]
    turn = 0
    turns: list[int] = []
    for piece in items.piezas:
        turns.append(turn if piece.etiqueta is None else -1)
        turn += piece.etiqueta is None

    no_eje = not items.todas & {"eje", "ilegible"} and len(items.todas - {"otra"}) >= 5

    def hint(k: int, field: str) -> float:
        label = items.piezas[k].etiqueta
        if field == "eje" and no_eje:
            return NO_EJE if label else 3 * NO_EJE
        if label is not None:
            return LABELLED if label == field else 0.0
        if not bare or turns[k] < 0:
            return 0.0
        return IN_TURN if bare[min(turns[k], len(bare) - 1)] == field else 0.0

    def together(k: int, field: str) -> float:
        piece = items.piezas[k]
        score = hint(k, field) + (0.0 if piece.codigo or piece.etiqueta else NAMELESS)
        score += vocabulary.code_score(field, piece.codigo) if piece.codigo else 0.0
        return score + (vocabulary.name_score(field, piece.texto) if piece.texto else 0.0)

    whole, placed = _best(range(len(items.piezas)), together)
    joint: list[Colocada] = [(f, items.piezas[k], items.piezas[k]) for k, f in placed if _says(items.piezas[k], f)]
    parted = _align_apart(items, vocabulary, hint)
    if parted is not None and parted[0] - PARTED > whole:
        return parted[1]
    return joint


def _says(piece: Pieza, field: str) -> bool:
    """Whether a piece says enough to fill a field: a bare text needs the field's label or a known name."""
    return piece.codigo is not None or piece.etiqueta == field


def _align_apart(
    items: Piezas, vocabulary: Vocabulary, hint: Callable[[int, str], float]
) -> tuple[float, list[Colocada]] | None:
    pieces = items.piezas
    codes = [k for k, p in enumerate(pieces) if p.codigo]
    loose = [k for k, p in enumerate(pieces) if p.texto and not (p.tiene_punto and p.codigo)]
    if len(loose) < 3 or len(codes) < 3:
        return None

    def by_code(k: int, field: str) -> float:
        # Where codes and names have come apart, a label stands beside its name: the codes slipped.
        piece = pieces[k]
        share = 1.0 if piece.tiene_punto and piece.texto else 0.5 if not (piece.texto or piece.etiqueta) else 0.0
        hinted = hint(k, field)
        turn = hinted if hinted < 0 else share * hinted
        return vocabulary.code_score(field, pieces[k].codigo or "") + turn

    code_score, code_places = _best(codes, by_code)
    fields_with_code = {f for _, f in code_places}
    bare_lines = sum(f == "linea_accion" and not pieces[k].texto for k, f in code_places)

    def by_name(k: int, field: str) -> float:
        if field == "eje" and field not in fields_with_code:
            return _WRONG_SHAPE
        if field == "linea_accion" and not bare_lines:
            return _WRONG_SHAPE
        piece = pieces[k]
        label = hint(k, field) * (0.5 if piece.etiqueta else 1.0) if piece.etiqueta or piece.codigo else 0.0
        return 0.2 + label + vocabulary.name_score(field, pieces[k].texto or "")

    name_score, name_places = _best(loose, by_name)
    for k in codes:
        if pieces[k].tiene_punto and pieces[k].texto:
            name_score += vocabulary.name_score("linea_accion", pieces[k].texto or "")
    return code_score + name_score, _pair(pieces, code_places, name_places)


def _pair(pieces: Sequence[Pieza], codes: list[tuple[int, str]], names: list[tuple[int, str]]) -> list[Colocada]:
    """Put codes and names of the same field side by side; repeated fields only where their numbers agree."""
    placed: list[Colocada] = []
    for field in FIELDS:
        if field in _REPEATED:
            continue
        code = next((pieces[k] for k, f in codes if f == field), None)
        name = next((pieces[k] for k, f in names if f == field), None)
        if code or name:
            placed.append((field, code, name))
    tail = [(f, pieces[k]) for k, f in codes if f in _REPEATED]
    bare = [(f, p) for f, p in tail if not (p.tiene_punto and p.texto)]
    called = [(f, pieces[k]) for k, f in names if f in _REPEATED]
    placed += [(f, p, p) for f, p in tail if p.tiene_punto and p.texto]
    if len(bare) == len(called):
        # Names alone do not tell an eje from a línea: they follow the codes in order.
        placed += [(f, p, name) for (f, p), (_, name) in zip(bare, called, strict=True)]
    else:
        placed += [(f, p, None) for f, p in bare] + [(f, None, p) for f, p in called]
    return placed


def _best(indexes: Sequence[int], score: Callable[[int, str], float]) -> tuple[float, list[tuple[int, str]]]:
    """The best order-preserving assignment of pieces to fields: O(pieces x fields)."""
    # State g: every field before FIELDS[g] is used up. A field left out costs nothing: lost
    # lines are as common as any other damage.
    width = len(FIELDS)
    totals = [0.0] + [float("-inf")] * width
    back: list[list[tuple[int, str | None]]] = []
    for k in indexes:
        fresh = [t + UNPLACED for t in totals]
        steps: list[tuple[int, str | None]] = [(g, None) for g in range(width + 1)]
        come, start = totals[0], 0  # the best state up to field f
        for f, field in enumerate(FIELDS):
            if totals[f] > come:
                come, start = totals[f], f
            target = f if field in _REPEATED else f + 1
            value = come + score(k, field)
            if value > fresh[target]:
                fresh[target] = value
                steps[target] = (start, field)
        back.append(steps)
        totals = fresh
    state = max(range(width + 1), key=lambda g: totals[g])
    whole = totals[state]
    placed: list[tuple[int, str]] = []
    for k, steps in zip(reversed(list(indexes)), reversed(back), strict=True):
        state, taken = steps[state]
        if taken is not None:
            placed.append((k, taken))
    return whole, placed[::-1]
