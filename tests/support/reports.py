"""Rows and reports made by hand for the tests of links and joint readings.

Belongs here: building them in a line each. Does not: any assertion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import (
    CAMPOS,
    ActionRow,
    Cifra,
    Estado,
    Form,
    FormRead,
    Operation,
    Reading,
    RowReading,
    Settled,
)  # fmt: skip
from dagster_project.tmm_f004.read.form import decide
from dagster_project.tmm_f004.reconcile.reports import UNDATED, Rank, Report

Figures = Sequence[int | None]


def _settled(value: str) -> Settled:
    return Settled(value, Estado.EXACTA, "impreso", 1.0)


def lectura(plan: Figures, done: Figures, costo: float = 0.0, meta: int | None = None, lost: str = "") -> Reading:
    """A reading of four planned and four achieved figures; ``lost`` names a planned one that was filled in."""
    whole, total = sum(p or 0 for p in plan), sum(a or 0 for a in done)
    figures: list[Cifra | None] = [meta or whole, *plan, *done, total, (200 * total + whole) // (2 * whole)]
    values = dict(zip(CAMPOS, figures, strict=True))
    estados = dict.fromkeys(CAMPOS, Estado.EXACTA)
    steps: tuple[Operation, ...] = ()
    if lost:
        estados[lost] = Estado.REPARADA
        steps = (Operation("cero_por_cifra", lost, "0", str(values[lost]), 6.0),)
    printed = {f: "" if v is None else str(v) for f, v in values.items()} | ({lost: "0"} if lost else {})
    return Reading(costo, values, estados, printed, steps)


def row(
    linea: int, *lecturas: Reading, accion: int | None = None, texto: str = "", medida: str = "Apoyo"
) -> RowReading:
    """A row with its readings, cheapest first: settled where the first wins by the margin, else doubtful."""
    cells = tuple(str(v) for v in lecturas[0].impresos.values())
    renglon = ActionRow(linea, ("2.3.1",), accion, texto, medida, cells, "")
    near = [r for r in lecturas if r.costo - lecturas[0].costo < 5.0]
    margin = lecturas[1].costo - lecturas[0].costo if len(lecturas) > 1 else None
    return decide(renglon, lecturas, near, len(near) == 1, margin)


def report(
    corte: str, *rows: RowReading, plan: str = "sin_eje", extracto: str = "x", formato: int = 1,
    unidad: Estado = Estado.EXACTA, huella: str = "", rank: Rank = (UNDATED, True, True), left_out: int = 0,
) -> Report:  # fmt: skip
    """A page of a report of unit 54101 with these rows; ``unidad`` says how its unit was settled, ``left_out`` how many
    quarters lie before its plan."""
    year, quarter = corte.split("-T")
    form = Form(
        formato, 1, 99, _settled("02002"), replace(_settled("54101"), estado=unidad),
        _settled(year), _settled(quarter), _settled(plan),
        _settled("511"), (), tuple(r.renglon for r in rows),
    )  # fmt: skip
    return Report(extracto, FormRead(form, rows, antes_del_plan=left_out), huella, rank)
