"""One (ente, unidad, ejercicio) over its vigente reportes: which action is which, and which reading counts.

First form: actions are linked by text, measure, number, order and plan; of every row the reading
that the row alone settles is chosen. Not in here: reading rows (``read``), which reporte is vigente.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dagster_project.tmm_f004.links import match
from dagster_project.tmm_f004.model import CAMPOS, Cifra, Elegida, Estado, FormatoLeido, RenglonLeido, Vinculo


@dataclass(frozen=True, slots=True)
class Reporte:
    """A form page of a vigente reporte, with the extract it stands in."""

    extracto_id: str
    leido: FormatoLeido


@dataclass(frozen=True, slots=True)
class _Row:
    extracto_id: str
    corte: str
    read: RenglonLeido


def reconcile(reportes: Sequence[Reporte]) -> tuple[list[Vinculo], list[Elegida]]:
    """Link the actions of one unit and year across its cuts and choose a reading for each row.

    ``reportes`` are the form pages of the vigente reportes, in any order: the result does not
    depend on it. Pages without a settled unit or cut are passed over. Rows come out by cut, then
    by place in print.
    """
    cuts: dict[str, list[_Row]] = {}
    ordered = sorted(reportes, key=lambda r: (r.leido.formato.corte or "", r.extracto_id, r.leido.formato.formato))
    prefix = ""
    for report in ordered:
        form = report.leido.formato
        if form.corte is None or form.unidad.valor is None:
            continue
        prefix = f"{form.ente.valor or '00000'}-{form.unidad.valor}"
        rows = cuts.setdefault(form.corte, [])
        rows.extend(_Row(report.extracto_id, form.corte, r) for r in report.leido.renglones)
    links: list[Vinculo] = []
    chosen: list[Elegida] = []
    latest: list[tuple[str, RenglonLeido]] = []
    for corte, rows in cuts.items():
        named = _name(prefix, corte, rows, latest)
        for row, (accion_id, rule, score) in zip(rows, named, strict=True):
            links.append(Vinculo(accion_id, row.extracto_id, row.read.renglon.linea, corte, rule, round(score, 4)))
            chosen.append(_choose(accion_id, row))
        latest = _carry(latest, rows, [n[0] for n in named])
    return links, chosen


def _name(
    prefix: str, corte: str, rows: Sequence[_Row], latest: Sequence[tuple[str, RenglonLeido]]
) -> list[tuple[str, str, float]]:
    """The action each row of a cut is: (accion_id, rule, score)."""
    found = {j: (latest[i][0], score) for i, j, score in match([r for _, r in latest], [r.read for r in rows])}
    named = []
    for j, _ in enumerate(rows):
        if j in found:
            named.append((found[j][0], "texto_y_orden", found[j][1]))
        else:
            named.append((f"{prefix}-{corte}-{j + 1:03d}", "primera_vez", 1.0))
    return named


def _carry(
    latest: Sequence[tuple[str, RenglonLeido]], rows: Sequence[_Row], names: Sequence[str]
) -> list[tuple[str, RenglonLeido]]:
    """The actions known so far in their order, each with its latest row."""
    fresh = dict(zip(names, (r.read for r in rows), strict=True))
    merged = [(name, fresh.pop(name, read)) for name, read in latest]
    known = [name for name, _ in merged]
    for j, name in enumerate(names):
        if name in fresh:
            before = next((known.index(n) + 1 for n in reversed(names[:j]) if n in known), 0)
            known.insert(before, name)
            merged.insert(before, (name, fresh[name]))
    return merged


def _choose(accion_id: str, row: _Row) -> Elegida:
    read = row.read
    best = read.lecturas[0] if read.lecturas else None
    settled: dict[str, Cifra | None] = {f: read.valores.get(f) for f in CAMPOS}
    return Elegida(
        accion_id=accion_id, extracto_id=row.extracto_id, linea=read.renglon.linea, corte=row.corte,
        candidato=1 if best and read.estado != Estado.DUDOSA else None, costo=best.costo if best else None,
        margen=read.margen, estado=read.estado, valores=settled, estados=dict(read.estados),
        minimos={f: low for f, (low, _) in read.rango.items()},
        maximos={f: high for f, (_, high) in read.rango.items()},
        impresos=dict(best.impresos) if best else {},
    )  # fmt: skip
