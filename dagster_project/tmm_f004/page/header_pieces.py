"""A header's lines parted into pieces: label, code, name. Which field a bare piece fills is ``header_fields``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from dagster_project.tmm_f004.page.line_kinds import LineKind, classify, is_date, is_form_code, label_of, split_label
from dagster_project.tmm_f004.text.dates import says_a_quarter
from dagster_project.tmm_f004.text.fold import SHORT, plain

FIELDS = ("ramo", "programa", "unidad_ejecutora", "finalidad", "funcion", "subfuncion", "eje", "linea_accion")
"""The fields of a header, in the order in which the form prints them."""

MAX_ITEMS = 300  # pieces of one header that are weighed; the longest form seen has forty

_LEADER = re.compile(r"^[\s\-•·–*_#]+")
_CODE = re.compile(r"^\(?(\d{1,6}(?:\.\d{1,2}){0,3})\)?\.?(?:[\s\-–.:]+|$)(.*)$", re.DOTALL)
_CODE_BEHIND = re.compile(
    r"([^\d(]{3,}[^\d(\s])(?:\s*\((?!20\d\d\))(\d{1,6})\)|\t+(?!20\d\d$)(\d{1,6}))$"
)  # a year is none
_CELLS = re.compile(r"\t| {3,}")
_UNKNOWN_LABEL = re.compile(r"^[^\d\t:]{2,40}[:\t]\s*(?=\d)")
_UNIT = re.compile(r"\W*UNIDAD (EJECUTORA|RESPONSABLE)\W+\w")
_DIGIT = re.compile(r"\d")
_INLINE = re.compile(r"(?<!\S)(?=\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s)")


class HeaderPiece(NamedTuple):
    """One printed piece: the field its label names (None without), its code and its name, and its line."""

    linea: int
    etiqueta: str | None
    codigo: str | None
    texto: str | None

    @property
    def tiene_punto(self) -> bool:
        """Whether its code is that of a línea de acción, with points in it."""
        return self.codigo is not None and "." in self.codigo


@dataclass(frozen=True, slots=True)
class HeaderPieces:
    """A header taken apart: its pieces, the labels without a value in order, its dates, and what is left."""

    piezas: tuple[HeaderPiece, ...]
    etiquetas: tuple[str, ...]
    todas: frozenset[str]
    fechas: tuple[tuple[int, str], ...]
    resto: tuple[tuple[int, str], ...]


def take_apart(lines: Sequence[tuple[int, str]]) -> HeaderPieces:
    """Part the lines of a header (line number, text), blank lines left out, into pieces."""
    pieces: list[HeaderPiece] = []
    bare: list[str] = []
    every: set[str] = set()
    dates: list[tuple[int, str]] = []
    rest: list[tuple[int, str]] = []
    unread = _unread_labels(lines)
    apart = list(_fields_apart(lines))
    others = _other_units(apart)
    for number, text in apart:
        if number in others:
            rest.append((number, text))
            continue
        label, value, dated, parts = _short_line(text) if len(text) <= SHORT else _line(text)
        if dated:
            dates.append((number, value))
            continue
        if label is not None:
            every.add(label)
        if label not in (None, "ilegible") and not value:
            bare.append(label or "")
        elif label in (None, "ilegible") and (text.rstrip().endswith(":") or number in unread):
            bare.append("ilegible")
        elif value and len(pieces) < MAX_ITEMS:
            pieces.extend(HeaderPiece(number, *part) for part in parts)
        elif value:
            rest.append((number, text))
    bare = _by_order(bare)
    every.update(bare)
    return HeaderPieces(tuple(pieces), tuple(bare), frozenset(every), tuple(dates), tuple(rest))


def _fields_apart(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines, of those that hold several fields or dates side by side each as one of its own."""
    for number, text in lines:
        cells = _CELLS.split(text.strip()) if _CELLS.search(text) else [text]
        starts = [0, *(k for k in range(1, len(cells)) if _is_another(cells, k))]
        if len(starts) == 1:
            yield number, text
            continue
        for k, end in zip(starts, [*starts[1:], len(cells)], strict=True):
            yield number, "\t".join(cells[k:end])


def _is_another(cells: Sequence[str], k: int) -> bool:
    """Whether a cell of a line, not its first, begins a field of its own.

    So does a label with a value or a code behind it, one of a row of labels or of codes with their names, a date beside
    another field.
    """
    label, value = split_label(cells[k])
    if label in FIELDS:
        behind = cells[k + 1] if k + 1 < len(cells) else ""
        return bool(value and (":" in cells[k] or value[0].isdigit())) or (
            not value and (behind[:1].isdigit() or all(label_of(cell) for cell in cells))
        )
    if all(split_code(cell)[0] and split_code(cell)[1] for cell in cells):
        return True
    return label_of(cells[0]) != "fecha" and (is_date(cells[k]) or says_a_quarter(cells[k]))


def _other_units(lines: Sequence[tuple[int, str]]) -> set[int]:
    """The lines of a UNIDAD RESPONSABLE where the form's own UNIDAD EJECUTORA is printed with a value: it is another
    unit, above or below the one that reports."""
    called = {n: said[1] for n, text in lines if (said := _UNIT.match(plain(text[:SHORT])))}
    return {n for n, name in called.items() if name == "RESPONSABLE"} if "EJECUTORA" in called.values() else set()


_LineParts = tuple[str | None, str | None, str | None]


def _line(text: str) -> tuple[str | None, str, bool, tuple[_LineParts, ...]]:
    """A line's label (``ilegible`` where only its colon or tab shows that there is one), its value, whether that is a
    date, and the parts of the value: label, code, name."""
    body = _LEADER.sub("", text.strip("\r\n")) if "\t" not in text else text.strip()
    label, value = split_label(body)
    if is_form_code(value) and label != "fecha":
        value = ""  # RAMO: TMM-F004, the form's code slipped in beside a label
    if label == "fecha" or (label == "otra" and value) or classify(text).kind is LineKind.DATE:
        return label, value if label else body, True, ()
    if label is None and says_a_quarter(body):
        return None, body, True, ()
    parts = _parts(label, value)
    if label is None and (unknown := _UNKNOWN_LABEL.match(body)):
        label, value = "ilegible", body[unknown.end() :]
        parts = _parts(None, value)
    return label, value, False, parts


_short_line = lru_cache(maxsize=2048)(_line)


def _by_order(labels: Sequence[str]) -> list[str]:
    """Name the unread labels that stand where only one field is missing from the order of the form."""
    known = [FIELDS.index(f) if f in FIELDS else None for f in labels]
    named = list(labels)
    for k, label in enumerate(labels):
        if label != "ilegible":
            continue
        before = next((f for f in reversed(known[:k]) if f is not None), -1)
        after = next((f for f in known[k + 1 :] if f is not None), len(FIELDS))
        if after - before == 2:
            named[k] = FIELDS[before + 1]
    return named


def _unread_labels(lines: Sequence[tuple[int, str]]) -> set[int]:
    """Lines that can only be labels misread beyond likeness: bare texts with a bare label right above or below.

    Only among at least three labels before the first coded line: below it, bare texts are names.
    """
    kinds: list[tuple[int, bool]] = []
    for number, text in lines:
        mark = classify(text)
        if mark.kind is LineKind.CODE:
            break
        if mark.kind in (LineKind.LABEL, LineKind.OTHER) and not _DIGIT.search(text):
            kinds.append((number, mark.kind is LineKind.LABEL))
    if sum(label for _, label in kinds) < 3:
        return set()
    return {
        number
        for k, (number, label) in enumerate(kinds)
        if not label and any(kinds[j][1] for j in (k - 1, k + 1) if 0 <= j < len(kinds))
    }


def _parts(label: str | None, value: str) -> tuple[_LineParts, ...]:
    parts = [p.strip() for p in _INLINE.split(value) if p.strip()]
    return tuple((label if k == 0 or label == "linea_accion" else None, *split_code(p)) for k, p in enumerate(parts))


def split_code(text: str) -> tuple[str | None, str | None]:
    """Part ``54101 DIRECCION`` (tab or spaces between), ``(54101) DIRECCION`` or ``DIRECCION (54101)`` into code and
    name; either is None where missing."""
    match = _CODE.match(_LEADER.sub("", text.strip()))
    if not match and (behind := _CODE_BEHIND.match(text.strip())):
        return intern(behind[2] or behind[3]), _clean(behind[1])
    if not match:
        return None, _clean(text)
    return intern(match.group(1)), _clean(match.group(2))


def _clean(text: str) -> str | None:
    return intern(" ".join(text.split()).strip(" .;,\t")) or None
