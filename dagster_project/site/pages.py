"""The pages of a version: which there are, what each is given, under which name it is written.

Belongs here: gathering and rendering. Does not belong here: SQL (``facts``), how a value is written (``shown``), what
a page looks like (``templates``), and where a version is kept (``warehouse.publish``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from dagster_project.site import charts, crops, facts, questions, shown
from dagster_project.site.streams import ByUnit, Key, Row, grouped, rows, unit_key

FOLDER = "sitio"
YEARS = 5
"""Ejercicios that have pages, the last of each municipality: those of twenty were 466 MB a version, and half of its
processor time. The tables have them all."""
ANSWER_ROWS = 50
"""Rows of an answer on a page; of 500 units some have thousands, and whoever wants them all has the SQL."""
STATIC = ("estilo.css", "filtros.js")
NEEDS = frozenset({
    "bi_avance", "bridge_accion_linea", "bridge_corte_responsable", "bridge_unidad_linea", "dim_accion",
    "dim_accion_serie", "dim_clasificacion_funcional", "dim_eje", "dim_linea_accion", "dim_responsable", "dim_semaforo",
    "dim_unidad", "dim_unidad_medida", "fct_avance", "fct_hallazgo", "fct_lectura", "fct_meta", "fct_pagina",
    "fct_renglon", "fct_reprogramacion", "rpt_cumplimiento_unidad",
})  # fmt: skip
"""The tables that the pages are made of."""


@dataclass(frozen=True, slots=True)
class About:
    """The version that the pages show: its name, when it was made (ISO 8601), its files as (name, bytes, SHA-256)."""

    version: str
    created: str
    files: tuple[tuple[str, int, str], ...]


def write_site(con: duckdb.DuckDBPyConnection, folder: Path, about: About, cut: crops.Cut) -> list[Path]:
    """Write the pages of the version that a connection is open on into a new folder; the files, in order.

    Args:
        con: the version's file.
        folder: where to.
        about: what the pages say of the version.
        cut: gives the crops of a scanned page.

    Raises:
        OSError, duckdb.Error: a page cannot be written, or the version lacks a table.
    """
    folder.mkdir()
    environment = _environment()
    environment.globals |= {"version": about.version, "creada": about.created[:10]}
    units = recent([unit | {"key": unit_key(unit)} for unit in rows(con, facts.UNITS)])
    environment.globals["recortes"] = crops.write_crops(con, folder, {unit["key"] for unit in units}, cut)
    for name, text in _pages(con, environment, about, units):
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def unit_page(key: Key) -> str:
    """The name of the page of a unit's year; a code may hold anything, a file name only letters, digits, ``-``."""
    ente, year, unit = key
    return f"unidad-{ente}-{_plain(unit)}-{year}.html"


def anchor(number: int | None, key: str) -> str:
    """What an action goes by within its page: its number, which may stand twice or be lost, and its key."""
    return f"a-{number or 0}-{key[:6]}"


def _plain(code: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in code)


def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("dagster_project.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.filters |= {"numero": shown.number, "por_ciento": shown.percent, "pasos": shown.steps, "valor": shown.value}
    found.globals |= {"cifra": shown.figure, "pagina_unidad": unit_page, "ancla": anchor, "nada": shown.NOTHING}
    found.globals["titulo"] = shown.title_of
    return found


def _pages(
    con: duckdb.DuckDBPyConnection, environment: Environment, about: About, units: list[Row]
) -> Iterator[tuple[str, str]]:
    bands = rows(con, facts.BANDS)
    colours = {band["semaforo"]: band["color"] for band in bands}
    years = sorted({unit["ejercicio"] for unit in units}, reverse=True)
    lit = _lights(rows(con, facts.LIGHTS))
    cuts = {year: sorted({quarter for (_, of, _), quarter in lit if of == year}) for year in years}
    (totals,) = rows(con, facts.VERSION)
    environment.globals |= {"colores": colours, "bandas": bands, "luces": charts.lights, "barra": charts.light_bar}

    def page(name: str, **given: Any) -> str:
        return environment.get_template(name).render(pagina=name, **given)

    # The totals are of the whole version, so of no year: that page has none.
    given = {"ejercicios": years, "luz": lit, "cortes": cuts}
    latest = _latest(units)
    yield "index.html", page("index.html", unidades=latest, ejercicio=None, trimestre=None, totales=totals, **given)
    for year in years:
        of_year = [unit for unit in units if unit["ejercicio"] == year]
        chosen: dict[str, str | None] = {f"trimestre-{quarter}.html": quarter for quarter in cuts[year]}
        if year != years[0]:
            chosen[f"ejercicio-{year}.html"] = None
        for name, quarter in chosen.items():
            yield name, page("index.html", unidades=of_year, ejercicio=year, trimestre=quarter, **given)
    moved = grouped(rows(con, facts.REPROGRAMMED), "ejercicio")
    for year in years or [None]:
        name = "reprogramado.html" if year in (None, *years[:1]) else f"reprogramado-{year}.html"
        yield name, page("reprogramado.html", filas=moved.get((year,), []), ejercicios=years, ejercicio=year)
    yield "lineas.html", page("lineas.html", lineas=rows(con, facts.LINES))
    yield (
        "dudas.html",
        page("dudas.html", reglas=rows(con, facts.RULES), apartadas=rows(con, facts.ASIDE), totales=totals),
    )
    yield "consultas.html", page("consultas.html", respuestas=questions.answers(con, ANSWER_ROWS))
    yield "datos.html", page("datos.html", tablas=rows(con, facts.TABLES), archivos=about.files)
    for key, given in _unit_years(con, units):
        yield unit_page(key), page("unidad.html", **given)
    for name in STATIC:
        source, *_ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
        yield name, source


def recent(units: Sequence[Row]) -> list[Row]:
    """The units of the last ejercicios of each municipality."""
    years: dict[str, set[int]] = defaultdict(set)
    for unit in units:
        years[unit["ente_codigo"]].add(unit["ejercicio"])
    return [unit for unit in units if unit["ejercicio"] in sorted(years[unit["ente_codigo"]])[-YEARS:]]


def _latest(units: Iterable[Row]) -> list[Row]:
    """The units of the last ejercicio of each municipality."""
    last = {unit["ente_codigo"]: unit["ejercicio"] for unit in units}
    return [unit for unit in units if unit["ejercicio"] == last[unit["ente_codigo"]]]


def _lights(found: Iterable[Row]) -> dict[tuple[Key, str], dict[str, dict[str, int]]]:
    """Of each unit's year and quarter, how many actions show each light, of the plan and of the year."""
    lit: dict[tuple[Key, str], dict[str, dict[str, int]]] = defaultdict(lambda: {"plan": {}, "ejercicio": {}})
    for row in found:
        lit[unit_key(row), row["trimestre"]][row["de"]][row["semaforo"]] = row["acciones"]
    return dict(lit)


def _unit_years(con: duckdb.DuckDBPyConnection, units: Iterable[Row]) -> Iterator[tuple[Key, dict[str, Any]]]:
    streams = [ByUnit(con, sql) for sql in (facts.FIGURES, facts.PRINTED, facts.READINGS, facts.FINDINGS)]
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for unit in units:
        years[unit["ente_codigo"], unit["unidad_codigo"]].append(unit["ejercicio"])
    for unit in units:
        key = unit["key"]
        figures, printed, readings, findings = (stream.of(key) for stream in streams)
        others = [y for y in years[unit["ente_codigo"], unit["unidad_codigo"]] if y != unit["ejercicio"]]
        yield (
            key,
            {
                "unidad": unit,
                "otros_ejercicios": others,
                "acciones": _actions(figures, printed, readings, findings),
                "hallazgos": [f for f in findings if f["accion_key"] is None],
            },
        )


def _actions(figures: list[Row], printed: list[Row], readings: list[Row], findings: list[Row]) -> list[Row]:
    """The actions of a unit's year: their quarters, drawing, printed rows with readings, findings."""
    by_row = grouped(readings, "extracto_id", "linea")
    rows_of, told = grouped(printed, "accion_key"), grouped(findings, "accion_key")
    actions = []
    for key, group in groupby(figures, key=lambda row: row["accion_key"]):
        quarters = list(group)
        last = [q for q in quarters if q["trimestre"] == q["corte"]] or quarters[-1:]
        actions.append(
            {
                **last[-1],
                "trimestres": quarters,
                "dibujo": charts.quarters([(q["programado"], q["avance"]) for q in quarters]),
                "renglones": [
                    row | {"lecturas": by_row.get((row["extracto_id"], row["linea"]), [])}
                    for row in rows_of.get((key,), [])
                ],
                "hallazgos": told.get((key,), []),
            }
        )
    return actions
