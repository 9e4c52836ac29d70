"""``avance why``: where a figure comes from, from the printed line to the mart.

Reads the published version alone, so it answers while a run writes. Not here: the queries (``why_queries``).
"""

from __future__ import annotations

import json
import re

import duckdb
from rich.console import Console
from rich.table import Table

from dagster_project.command.published import ask_published
from dagster_project.command.published_summary import municipalities
from dagster_project.command.terminal_text import escape
from dagster_project.command.why_place import show_place
from dagster_project.command.why_queries import CADENA, Cifra, Renglon, WhyFacts, facts_of, numbers_of
from dagster_project.settings import get_settings

QUARTER = re.compile(r"[0-9]{4}-T[1-4]")


def why(console: Console, unidad: str, accion: int, trimestre: str, ente: str | None) -> int:
    """Show where the figures of an action in a quarter come from.

    ``unidad`` is a code, or ente and code as ``status`` writes them (02002/54204). Returns 0; 1 where nothing is known
    of it or published; 2 where the code is of several municipalities, or two were named.
    """
    named, slash, code = unidad.partition("/")
    if slash and ente not in (None, named):
        console.print(f"{escape(unidad)} is of {escape(named)}, and --ente says {escape(ente or '')}: which is meant?")
        return 2
    unidad, ente = (code, named) if slash else (unidad, ente)

    def question(con: duckdb.DuckDBPyConnection) -> tuple[list[WhyFacts], list[int], dict[str, str]]:
        owners = municipalities(con, unidad)
        if ente is None and len(owners) > 1:
            return [], [], owners
        found = facts_of(con, unidad, accion, trimestre, ente)
        return found, [] if found else numbers_of(con, unidad, trimestre, ente), {}

    answer = ask_published(console, question)
    if answer is None:
        return 1
    version, (found, known, owners) = answer
    if owners:
        console.print(f"Unit {escape(unidad)} is of {len(owners)} municipalities; say which:", highlight=False)
        for key, name in owners.items():
            asked = f"avance why {key}/{unidad} {accion} {trimestre}"
            console.print(f"  {escape(asked)}   {escape(name)}", highlight=False, soft_wrap=True)
        return 2
    if not found:
        _missing(console, unidad, accion, trimestre, known)
        return 1
    for facts in found:
        _show(console, facts)
    console.print(f"\nVersion {version.version}; through {' → '.join(CADENA)}", soft_wrap=True, highlight=False)
    return 0


def _missing(console: Console, unidad: str, accion: int, trimestre: str, known: list[int]) -> None:
    """Say what is asked for in vain, and what could be asked for instead."""
    console.print(f"No action {accion} of unit {escape(unidad)} is published for {escape(trimestre)}.", highlight=False)
    if not QUARTER.fullmatch(trimestre):
        console.print("A quarter is written year, hyphen, T and 1 to 4: [bold]2022-T4[/].", highlight=False)
    elif known:
        its = ", ".join(map(str, known))
        console.print(
            f"Reports of {escape(trimestre[:4])} number the unit's actions {its}.", highlight=False, soft_wrap=True
        )
    else:
        console.print(
            f"No report of this unit in {escape(trimestre[:4])} is loaded; [bold]avance status[/] shows which are."
        )


def _show(console: Console, facts: WhyFacts) -> None:
    console.rule(f"{facts.ente_codigo}/{facts.unidad_codigo} acción {facts.numeros} · {facts.trimestre}")
    console.print(escape(facts.descripcion), soft_wrap=True)
    console.print(f"Unidad de medida: {escape(facts.unidad_medida)}")
    _figures(console, facts)
    for row in facts.renglones:
        _row(console, row, facts)
    if facts.hallazgos:
        table = Table("Corte", "Severidad", "Regla", "Mensaje", title="Findings on this action", title_justify="left")
        for finding in facts.hallazgos:
            table.add_row(*(escape(text or "") for text in finding))
        console.print(table)


def _figures(console: Console, facts: WhyFacts) -> None:
    table = Table("Corte", "Figure", title="Stated by each cut (★ counts)", title_justify="left")
    for name in ("Value", "Range", "Estado", "Printed", "Settled with"):
        table.add_column(name)
    for figure in facts.cifras:
        table.add_row(
            f"{figure.corte}{' ★' if figure.es_vigente else ''}", figure.campo, _number(figure.valor), _range(figure),
            _estado(figure), escape(figure.impreso or "—"), figure.corroborado_por or "",
        )  # fmt: skip
    console.print(table)


def _row(console: Console, row: Renglon, facts: WhyFacts) -> None:
    console.print(f"\n[bold]{row.corte}[/] {escape(row.ruta)}, line {row.linea} (hash {row.huella})", highlight=False)
    console.print(f"  printed    {escape(' '.join((row.texto or '').split()))}", soft_wrap=True, highlight=False)
    console.print(f"  cells      {escape(row.celdas)}", soft_wrap=True, highlight=False)
    show_place(console, row.lugar, get_settings())
    link = f"  link       {row.vinculo_regla} ({row.vinculo_puntaje or 0:.4f})"
    console.print(link + (f", may be {row.vinculo_propuesta}" if row.vinculo_propuesta else ""), highlight=False)
    chosen = f"candidate {row.candidato}"
    if row.estado == "corregida":
        chosen = "decided by a person"
    elif row.candidato is None:
        chosen = "none is sure" if row.estado == "dudosa" else "one that only another cut shows"
    if row.correcciones:
        console.print(f"  decided    {escape(row.correcciones)}", soft_wrap=True, highlight=False)
    margin = "no rival" if row.margen is None else f"margin {row.margen:g}"
    console.print(f"  reading    {chosen}, {row.estado}, cost {row.costo or 0:g}, {margin}", highlight=False)
    table = Table("#", "Cost", "Meta", "P1–P4", "A1–A4", "Absoluto", "Damage undone", show_edge=False, pad_edge=False)
    for reading in facts.lecturas.get((row.extracto_id, row.linea), []):
        table.add_row(
            f"{reading.candidato}{' ★' if reading.es_elegida else ''}", f"{reading.costo:g}", _number(reading.meta),
            " ".join(map(_number, reading.programado)), " ".join(map(_number, reading.avance)),
            _number(reading.absoluto), _steps(reading.operaciones),
        )  # fmt: skip
    console.print(table)


def _steps(operations: str) -> str:
    steps = (
        f"{o['operacion']} {o['campo']}: {o['impreso'] or '·'}→{o['leido'] or '·'}" for o in json.loads(operations)
    )
    return escape("; ".join(steps))


def _estado(figure: Cifra) -> str:
    """Its estado; of a cell that states nothing, why."""
    return f"no aplica: {figure.situacion.replace('_', ' ')}" if figure.estado == "no_aplica" else figure.estado


def _range(figure: Cifra) -> str:
    if figure.minimo is None or figure.maximo is None:
        return ""
    return f"{_number(figure.minimo)}–{_number(figure.maximo)}"


def _number(value: object) -> str:
    return "·" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else str(value)
