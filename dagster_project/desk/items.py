"""What is open, as values: an item, its choices, the lines that each writes. Not here: finding them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

KINDS = {
    "renglon": "Renglón en duda",
    "pagina": "Página apartada",
    "vinculo": "Vínculo incierto",
    "reporte": "Reporte en disputa o por aprobar",
    "catalogo": "Falta en el catálogo",
}
"""The kinds of what is open, as they are headed."""

Line = tuple[str, Mapping[str, str]]
"""A file of the seeds and a line of it by column, without who decided, why and when."""


class ChoiceError(ValueError):
    """A choice that cannot be made as it was sent; the message says what is missing, for the page."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: what it says, what it would change (a sentence each), the lines it writes.

    ``figures`` are those of a reading by ``campo``, as shown; ``asks`` names what the person types besides, or ''.
    """

    title: str
    lines: tuple[Line, ...]
    effects: tuple[str, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    asks: str = ""

    @property
    def digest(self) -> str:
        """Of the lines it writes: what a page showed is what is written, though a run published meanwhile."""
        return hashlib.sha256(repr([(file, sorted(v.items())) for file, v in self.lines]).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the print stands in a document: page (0: text), right angles turned, upper and lower end in points."""

    extracto_id: str
    page: int = 0
    turn: int = 0
    upper: float = 0.0
    lower: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """Something open. ``figures``: how many figures wait for it; ``cells``: (name, as printed) of the print.

    ``typed`` are the fields of which one may be given another value than any choice has, with what is printed there;
    ``base`` is the line that such a value goes into. ``applied``: a decision on it is in the version already, and it
    is open all the same.
    """

    kind: str
    key: tuple[str, ...]
    title: str
    figures: int
    where: str
    printed: str
    options: tuple[Option, ...]
    place: Place | None = None
    cells: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    base: Line | None = None
    applied: bool = False

    @property
    def id(self) -> str:
        """A name for the address: of what is open, not of where it stands in the queue."""
        return hashlib.sha256("\0".join((self.kind, *self.key)).encode()).hexdigest()[:16]


def signed(line: Line, columns: Sequence[str], motivo: str, autor: str, today: date) -> dict[str, str]:
    """A line with who decided, why and when where its file has columns for it; else in its ``fuente``, if it has one.

    Every text is made one line: a decision is one line of the file.
    """
    said = {"motivo": motivo, "autor": autor, "fecha": today.isoformat()}
    values = dict(line[1])
    if "motivo" in columns:
        values |= said
    elif "fuente" in columns:
        values["fuente"] = f"{motivo} ({autor}, {today.isoformat()})"
    return {name: " ".join(value.split()) if name not in ("impreso", "con_impreso") else value
            for name, value in values.items()}  # fmt: skip
