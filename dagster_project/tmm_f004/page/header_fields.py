"""Which field of the header each piece fills: an order-preserving alignment, weighed by evidence.

A header prints its fields in one order, so pieces are aligned to fields by dynamic programming.
Labels, shapes of codes and known names are evidence, none of it a rule: labels are lost, misread,
or stand one line above their value. Codes and names are aligned together or, where that explains
the page better (a block of codes and one of names, a column shifted), each by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.page.header_pieces import FIELDS, HeaderPiece, HeaderPieces
from dagster_project.tmm_f004.text.by_identity import cached_by_identity
from dagster_project.tmm_f004.text.fold import best_likeness, folded

_REPEATED_FIELDS = frozenset({"eje", "linea_accion"})

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

_TARGETS = [f if name in _REPEATED_FIELDS else f + 1 for f, name in enumerate(FIELDS)]
_LEFT_OUT = [(g, -1) for g in range(len(FIELDS) + 1)]
_EJE, _LINEA = FIELDS.index("eje"), FIELDS.index("linea_accion")
_NOTHING = (0.0,) * len(FIELDS)

Scores = Sequence[float]
"""What something says for each field, in the order of ``FIELDS``."""

PlacedField = tuple[str, HeaderPiece | None, HeaderPiece | None]
"""A field with the piece that holds its code and the piece that holds its name (often the same one)."""


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({folded(n) for n in names}))


class Vocabulary:
    """The names and codes that the catalogues know for each field, with fast likeness."""

    def __init__(self, catalogs: Catalogs) -> None:
        units = {n for u in catalogs.unidades for n in (u.nombre, *u.alias)}
        functional = catalogs.clasificacion.values()
        self.names: dict[str, tuple[str, ...]] = {
            "programa": _folded(name for of_ente in catalogs.programas.values() for name in of_ente.values()),
            "unidad_ejecutora": _folded(units),
            "finalidad": _folded(c[0] for c in functional),
            "funcion": _folded(c[1] for c in functional),
            "subfuncion": _folded(c[2] for c in functional),
        }
        self._known = [self.names.get(f, ()) for f in FIELDS]
        self.codes: dict[str, frozenset[str]] = {
            "programa": frozenset(code for of_ente in catalogs.programas.values() for code in of_ente),
            "unidad_ejecutora": frozenset(u.unidad_codigo for u in catalogs.unidades),
        }
        self.name_scores = lru_cache(maxsize=2048)(self._name_scores)
        self.code_scores = lru_cache(maxsize=2048)(self._code_scores)

    def _name_scores(self, name: str | None) -> Scores:
        if not name:
            return _NOTHING
        return tuple(KNOWN_NAME * best_likeness(name, known, 0.75) if known else 0.0 for known in self._known)

    def _code_scores(self, code: str | None) -> Scores:
        """What a code's shape says for each field: points for a línea, digits for the others."""
        if not code:
            return _NOTHING
        if "." in code:
            return tuple(3.0 if f == "linea_accion" else _WRONG_SHAPE for f in FIELDS)
        known = [KNOWN_CODE if code in self.codes.get(f, ()) else 0.0 for f in FIELDS]
        return tuple(_SHAPES[f].get(len(code), _WRONG_SHAPE) + k for f, k in zip(FIELDS, known, strict=True))


@cached_by_identity
def vocabulary_of(catalogs: Catalogs) -> Vocabulary:
    """The vocabulary of the catalogues, made once."""
    return Vocabulary(catalogs)


def align(items: HeaderPieces, vocabulary: Vocabulary) -> list[PlacedField]:
    """Give each piece of a header its field; pieces that fit none are left out."""
    if not items.piezas:
        return []
    hints = _hints(items)
    codes = [vocabulary.code_scores(p.codigo) for p in items.piezas]
    names = [vocabulary.name_scores(p.texto) for p in items.piezas]
    if placed_by_label := _by_label(items, codes):
        return placed_by_label
    bare = [0.0 if p.codigo or p.etiqueta else NAMELESS for p in items.piezas]
    rows = [
        [h + b + c + n for h, c, n in zip(*said, strict=True)]
        for b, *said in zip(bare, hints, codes, names, strict=True)
    ]
    whole, placed = _best(range(len(rows)), rows)
    parted = _align_apart(items, hints, codes, names, whole + PARTED)
    if parted is not None:
        return parted
    return [(f, items.piezas[k], items.piezas[k]) for k, f in placed if _says(items.piezas[k], f)]


def _by_label(items: HeaderPieces, codes: Sequence[Scores]) -> list[PlacedField] | None:
    """The fields of a header all of whose lines have their own label, or are further líneas of a list: an office may
    print them in another order than the form. None where one lacks it, a field comes twice, or a code is not one."""
    fields = [p.etiqueta or ("linea_accion" if p.tiene_punto else "") for p in items.piezas]
    once = [f for f in fields if f not in _REPEATED_FIELDS]
    if items.etiquetas or not once or len({*once}) < len(once) or not {*fields} <= {*FIELDS}:
        return None
    if any(said[FIELDS.index(f)] < 0 for f, said in zip(fields, codes, strict=True)):
        return None
    return [(f, p, p) for f, p in zip(fields, items.piezas, strict=True)]


def _hints(items: HeaderPieces) -> list[Scores]:
    """What labels say for each piece and field: its own label, or the one in the same place of a block of labels."""
    bare = [f for f in items.etiquetas if f in FIELDS]
    no_eje = not items.todas & {"eje", "ilegible"} and len(items.todas - {"otra"}) >= 5
    turn, hints = 0, []
    for piece in items.piezas:
        if piece.etiqueta is not None:
            hints.append(_label_hint(piece.etiqueta, LABELLED, NO_EJE if no_eje else None))
            continue
        label = bare[min(turn, len(bare) - 1)] if bare else None
        hints.append(_label_hint(label, IN_TURN, 3 * NO_EJE if no_eje else None))
        turn += 1
    return hints


@lru_cache(maxsize=256)
def _label_hint(label: str | None, weight: float, eje: float | None) -> Scores:
    return tuple(eje if f == "eje" and eje is not None else weight if f == label else 0.0 for f in FIELDS)


def _says(piece: HeaderPiece, field: str) -> bool:
    """Whether a piece says enough to fill a field: a bare text needs the field's label or a known name."""
    return piece.codigo is not None or piece.etiqueta == field


def _align_apart(
    items: HeaderPieces, hints: Sequence[Scores], said_by_code: Sequence[Scores], said_by_name: Sequence[Scores],
    least: float,
) -> list[PlacedField] | None:  # fmt: skip
    """Codes and names aligned each by themselves, None unless that scores more than ``least``.

    ``hints`` and what codes and names say are (pieces, fields).
    """
    pieces = items.piezas
    codes = [k for k, p in enumerate(pieces) if p.codigo]
    loose = [k for k, p in enumerate(pieces) if p.texto and not (p.tiene_punto and p.codigo)]
    if len(loose) < 3 or len(codes) < 3:
        return None
    by_code = [
        [c + (h if h < 0 else share * h) for c, h in zip(said_by_code[k], hints[k], strict=True)]
        for k, share in [(k, _code_share(pieces[k])) for k in codes]
    ]
    by_name = [
        [0.2 + share * h + n for h, n in zip(hints[k], said_by_name[k], strict=True)]
        for k, share in [(k, _name_share(pieces[k])) for k in loose]
    ]
    dotted = sum(said_by_name[k][_LINEA] for k in codes if pieces[k].tiene_punto and pieces[k].texto)
    most = sum([max(UNPLACED, *scores) for scores in (*by_code, *by_name)])
    if most + dotted <= least:
        return None  # the usual case: no alignment of the two can reach it
    code_score, code_places = _best(codes, by_code)
    fields_with_code = {f for _, f in code_places}
    without_name = any(f == "linea_accion" and not pieces[k].texto for k, f in code_places)
    for scores in by_name:
        if "eje" not in fields_with_code:
            scores[_EJE] = _WRONG_SHAPE
        if not without_name:
            scores[_LINEA] = _WRONG_SHAPE
    name_score, name_places = _best(loose, by_name)
    return _pair(pieces, code_places, name_places) if code_score + (name_score + dotted) > least else None


def _code_share(piece: HeaderPiece) -> float:
    # Where codes and names have come apart, a label stands beside its name: the codes slipped.
    return 1.0 if piece.tiene_punto and piece.texto else 0.5 if not (piece.texto or piece.etiqueta) else 0.0


def _name_share(piece: HeaderPiece) -> float:
    return 0.5 if piece.etiqueta else 1.0 if piece.codigo else 0.0


def _pair(
    pieces: Sequence[HeaderPiece], codes: list[tuple[int, str]], names: list[tuple[int, str]]
) -> list[PlacedField]:
    """Put codes and names of the same field side by side; repeated fields only where their numbers agree."""
    placed: list[PlacedField] = []
    for field in FIELDS:
        if field in _REPEATED_FIELDS:
            continue
        code = next((pieces[k] for k, f in codes if f == field), None)
        name = next((pieces[k] for k, f in names if f == field), None)
        if code or name:
            placed.append((field, code, name))
    tail = [(f, pieces[k]) for k, f in codes if f in _REPEATED_FIELDS]
    bare = [(f, p) for f, p in tail if not (p.tiene_punto and p.texto)]
    called = [(f, pieces[k]) for k, f in names if f in _REPEATED_FIELDS]
    placed += [(f, p, p) for f, p in tail if p.tiene_punto and p.texto]
    if len(bare) == len(called):
        # Names alone do not tell an eje from a línea: they follow the codes in order.
        placed += [(f, p, name) for (f, p), (_, name) in zip(bare, called, strict=True)]
    else:
        placed += [(f, p, None) for f, p in bare] + [(f, None, p) for f, p in called]
    return placed


def _best(indexes: Sequence[int], rows: Sequence[Scores]) -> tuple[float, list[tuple[int, str]]]:
    """The best order-preserving assignment of pieces to fields: O(pieces x fields).

    ``rows`` score each of the pieces ``indexes`` for each field. State g: every field before FIELDS[g] is used up. A
    field left out costs nothing: lost lines are as common as any other damage.
    """
    width = len(FIELDS)
    totals = [0.0] + [float("-inf")] * width
    back: list[list[tuple[int, int]]] = []
    for row in rows:
        fresh = [t + UNPLACED for t in totals]
        steps = list(_LEFT_OUT)
        come, start = totals[0], 0  # the best state up to field f
        for f, target in enumerate(_TARGETS):
            if totals[f] > come:
                come, start = totals[f], f
            value = come + row[f]
            if value > fresh[target]:
                fresh[target] = value
                steps[target] = (start, f)
        back.append(steps)
        totals = fresh
    state = max(range(width + 1), key=totals.__getitem__)
    whole = totals[state]
    placed: list[tuple[int, str]] = []
    for k, steps in zip(reversed(indexes), reversed(back), strict=True):
        state, taken = steps[state]
        if taken >= 0:
            placed.append((k, FIELDS[taken]))
    return whole, placed[::-1]
