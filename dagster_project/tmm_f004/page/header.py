"""A form page's header, read: its fields with code and name as printed, its labels and its dates.

Settles nothing across pages: which unit or quarter it is follows in ``settle``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagster_project.tmm_f004.model import HeaderField
from dagster_project.tmm_f004.page.header_fields import Vocabulary, align
from dagster_project.tmm_f004.page.header_pieces import HeaderPieces, take_apart


@dataclass(frozen=True, slots=True)
class Header:
    """What a header prints: its fields in order, every label seen, its dates, and lines that fit no field."""

    campos: tuple[HeaderField, ...]
    etiquetas: frozenset[str]
    fechas: tuple[tuple[int, str], ...]
    resto: tuple[tuple[int, str], ...]

    def field(self, name: str) -> HeaderField | None:
        """The first printing of a field, None where the header lacks it."""
        return next((c for c in self.campos if c.campo == name), None)

    def fields(self, name: str) -> list[HeaderField]:
        """Every printing of a field, in order."""
        return [c for c in self.campos if c.campo == name]


def read_header(lines: Sequence[tuple[int, str]], vocabulary: Vocabulary) -> Header:
    """Read the header's lines (line number, text), in whichever of its styles they are printed."""
    items = take_apart(lines)
    placed = align(items, vocabulary)
    fields: list[HeaderField] = []
    used: set[int] = set()
    for name, code, called in placed:
        line = code.linea if code else called.linea if called else 0
        fields.append(HeaderField(name, code.codigo if code else None, called.texto if called else None, line))
        used |= {p.linea for p in (code, called) if p}
    fields, joined = _wrapped(fields, items, used)
    texts = dict(lines)
    left = {p.linea for p in items.piezas} - used - joined
    rest = sorted([*((n, texts[n]) for n in left), *items.resto])
    return Header(tuple(fields), items.todas, items.fechas, tuple(rest))


def _wrapped(fields: list[HeaderField], items: HeaderPieces, used: set[int]) -> tuple[list[HeaderField], set[int]]:
    """Join to a field's name the lines right under it that carry neither label nor code: a name that wrapped."""
    by_line = {c.linea: k for k, c in enumerate(fields)}
    joined: set[int] = set()
    for piece in items.piezas:
        k = by_line.get(piece.linea - 1)
        if k is None or piece.linea in used or piece.codigo or piece.etiqueta or not fields[k].texto_impreso:
            continue
        fields[k] = replace(fields[k], texto_impreso=f"{fields[k].texto_impreso} {piece.texto}")
        by_line[piece.linea] = k
        joined.add(piece.linea)
    return fields, joined
