"""A person's decision wins (docs/form.md): what a correction does to a row, before quarters are set side by side.

In here: the decisions as values, and a row with its decided figures. Not in
here: the files they stand in (``dagster_project.reference.decisions``), or which rows count (``reports``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagster_project.tmm_f004.model import CAMPOS, Cifra, Estado, Reading, RowReading, Settled
from dagster_project.tmm_f004.read.form import decide
from dagster_project.tmm_f004.reconcile.candidates import CANDIDATE_NEAR, is_reliable


class ContradictedDecisionError(ValueError):
    """A decision says that something is printed which is not: it was made for another line, or mistyped."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a person decided; ``valor`` None is a blank, ``origen`` names the file and line for messages."""

    huella: str
    campo: str
    impreso: str
    valor: Cifra | None
    origen: str


@dataclass(frozen=True, slots=True)
class DecidedLink:
    """Two printed lines, of one year or two, that a person says are one action; ``con_huella`` None: one of its own."""

    huella: str
    impreso: str
    con_huella: str | None
    con_impreso: str
    origen: str


@dataclass(frozen=True, slots=True)
class PageDecision:
    """What a person says a page is about: ``campo`` is ente, unidad, ejercicio, trimestre or plan."""

    huella: str
    campo: str
    impreso: str
    valor: str
    origen: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that people decided."""

    correcciones: tuple[Correction, ...] = ()
    vinculos: tuple[DecidedLink, ...] = ()
    paginas: tuple[PageDecision, ...] = ()

    @property
    def of_pages(self) -> dict[str, dict[str, Settled]]:
        """What is decided of each page, by its hash and field."""
        found: dict[str, dict[str, Settled]] = defaultdict(dict)
        for p in self.paginas:
            found[p.huella][p.campo] = Settled(p.valor, Estado.CORREGIDA, "persona", 1.0)
        return dict(found)

    @property
    def line_hashes(self) -> set[str]:
        """The printed lines that any decision speaks of."""
        return {c.huella for c in self.correcciones} | {h for v in self.vinculos for h in (v.huella, v.con_huella) if h}

    def about(self, huellas: set[str]) -> Decisions:
        """The decisions that speak of one of these printed lines."""
        return Decisions(
            tuple(c for c in self.correcciones if c.huella in huellas),
            tuple(v for v in self.vinculos if v.huella in huellas or v.con_huella in huellas),
            tuple(p for p in self.paginas if p.huella in huellas),
        )


def corrected(row: RowReading, decided: Sequence[Correction]) -> RowReading:
    """The row with its decided figures, and the readings that agree with them in the running.

    Raises:
        ContradictedDecisionError: a decision names a printed value that is in no cell of the row.
    """
    for c in decided:
        if c.impreso and c.impreso not in {cell.strip() for cell in row.renglon.impreso}:
            cells = " | ".join(row.renglon.impreso)
            raise ContradictedDecisionError(
                f"{c.origen}: {c.campo} is said to be printed as {c.impreso!r}, but line {row.renglon.linea} "
                f"prints {cells}. Correct the line's hash or its printed value, or remove the decision."
            )
    if not decided:
        return row
    fixed = {c.campo: c.valor for c in decided}
    after = _narrowed(row, fixed)
    values = after.valores | fixed
    estados = after.estados | dict.fromkeys(fixed, Estado.CORREGIDA)
    state = Estado.DUDOSA if Estado.DUDOSA in estados.values() else Estado.CORREGIDA
    readings = tuple(_with(r, fixed) for r in after.lecturas)
    near = tuple(_with(r, fixed) for r in after.alternativas) if state == Estado.DUDOSA else ()
    ranges = {f: r for f, r in after.rango.items() if f not in fixed}
    return replace(
        after, estado=state, estados=estados, valores=values, rango=ranges, lecturas=readings, alternativas=near
    )


def _narrowed(row: RowReading, fixed: dict[str, Cifra | None]) -> RowReading:
    """The verdict of the readings that hold the decided figures; of the row as it was where none does."""
    stored = (*row.lecturas, *(a for a in row.alternativas if a not in row.lecturas))
    agree = [r for r in stored if all((r.valores[f] or 0) == (v or 0) for f, v in fixed.items())]
    if not agree:
        return row
    agree.sort(key=lambda r: r.costo)
    near = [r for r in agree if r.costo - agree[0].costo < CANDIDATE_NEAR]
    if row.estado != Estado.DUDOSA and agree[0] is row.lecturas[0]:
        return row
    margin = round(agree[1].costo - agree[0].costo, 3) if len(agree) > 1 else None
    return decide(row.renglon, agree, near, len(near) == 1 and is_reliable(row), margin)


def _with(reading: Reading, fixed: dict[str, Cifra | None]) -> Reading:
    values = reading.valores | fixed
    plan, done = (sum(values[f] or 0 for f in CAMPOS if f[0] == kind and f[1:].isdigit()) for kind in "pa")
    closes = plan == values["meta"] and done == values["absoluto"]
    estados = reading.estados | dict.fromkeys(fixed, Estado.CORREGIDA)
    return replace(reading, valores=values, estados=estados, cierra=closes)
