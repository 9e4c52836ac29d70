"""Linking the actions of all ejercicios: ``raw.series``, made anew from the first year of which anything changed.

Belongs here: which units and years are linked again, their prints, what people decided, one transaction. Does not
belong here: which action continues which (``tmm_f004.reconcile.action_series``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.warehouse.db.bulk_insert import Row, insert
from dagster_project.warehouse.db.connection import transaction

Unit = tuple[str, str]
"""(ente, unidad)."""

INPUTS_SQL = """
    select e.ejercicio, concat(e.huella, ' ', count(v.accion_id))
    from raw.ejercicios e left join raw.vinculos v using (ejercicio)
    where e.ejercicio > 0
    group by e.ejercicio, e.huella
"""
"""What the links follow from, by year. A page that moved to another year leaves its old year fewer rows."""

UNITS_SQL = """
    select ente_codigo, unidad_codigo from raw.vinculos where ejercicio in (select unnest(?::integer[]))
    union
    select ente_codigo, unidad_codigo from raw.series where ejercicio in (select unnest(?::integer[]))
    order by all
"""

PRINTS_SQL = """
    with unidades as (
        select unnest(?::varchar[]) as ente_codigo, unnest(?::varchar[]) as unidad_codigo
    ),
    antes as (
        select accion_id, anterior, serie_id, regla from raw.series where ejercicio < ?
    )
    select
        v.ente_codigo, v.unidad_codigo, v.ejercicio, v.accion_id, v.corte, r.descripcion, r.unidad_medida,
        e.accion_numero, e.plan, r.lineas_accion, if(v.regla = 'incierto', v.propuesta, null), a.serie_id, a.regla
    from raw.vinculos v
    join unidades u using (ente_codigo, unidad_codigo)
    join raw.elegidas e using (extracto_id, linea)
    join raw.renglones r using (extracto_id, linea)
    join raw.formatos f on f.extracto_id = v.extracto_id and f.formato = r.formato
    left join antes a on a.accion_id = v.accion_id
    where v.accion_id not in (select anterior from antes where anterior is not null)
    order by
        v.ente_codigo, v.unidad_codigo, v.ejercicio, v.corte,
        coalesce(min(e.accion_numero) over (partition by v.extracto_id, r.formato), 0),
        f.huella, v.extracto_id, v.linea
"""
"""The rows of the actions to link, and of those that nothing continues yet; pages of a report in order of print."""

DECIDED_SQL = """
    select r.huella, v.ente_codigo, v.unidad_codigo, v.ejercicio, v.accion_id
    from raw.vinculos v join raw.renglones r using (extracto_id, linea)
    where r.huella in (select unnest(?::varchar[]))
    order by all
"""


@dataclass(frozen=True, slots=True)
class SeriesLoad:
    """What a load did: units linked again, and the rows, links and doubts that there are now."""

    unidades: int
    acciones: int
    vinculos: int
    inciertos: int


def load_series(con: duckdb.DuckDBPyConnection, decisions: Decisions) -> SeriesLoad:
    """Bring ``raw.series`` up to the ejercicios that are loaded, all or nothing; the same ejercicios write nothing.

    Linked again are the units of which a year changed, from the first such year on: what a year continues follows from
    the years before it. Units with a link that a person made over years are linked from their first year.

    Raises:
        duckdb.Error: the warehouse cannot be written; the series are as they were.
    """
    there = dict(con.execute(INPUTS_SQL).fetchall())
    before = dict(con.execute("select ejercicio, huella from raw.series_ejercicios").fetchall())
    changed = sorted(y for y in there.keys() | before.keys() if there.get(y) != before.get(y))
    units: list[Unit] = []
    if changed:
        units = con.execute(UNITS_SQL, [changed, changed]).fetchall()
        said = _decided(con, decisions)
        with transaction(con):
            _relink(con, [u for u in units if u not in said], changed[0], said)
            _relink(con, [u for u in units if u in said], 0, said)
            con.execute("delete from raw.series_ejercicios")
            if there:
                con.execute(
                    "insert into raw.series_ejercicios select unnest(?), unnest(?)", [[*there], [*there.values()]]
                )
    counts = con.execute(
        "select count(*), count(anterior), count(*) filter (where regla = 'incierto') from raw.series"
    ).fetchall()
    return SeriesLoad(len(units), *counts[0])


def _relink(
    con: duckdb.DuckDBPyConnection, units: Sequence[Unit], first: int, said: dict[Unit, dict[str, str | None]]
) -> None:
    """Link the actions of some units from the year ``first`` on."""
    if not units:
        return
    sides = [[unit[k] for unit in units] for k in (0, 1)]
    prints = con.execute(PRINTS_SQL, [*sides, first]).fetchall()
    con.execute(
        "delete from raw.series where ejercicio >= ? and (ente_codigo, unidad_codigo) in "
        "(select (unnest(?::varchar[]), unnest(?::varchar[])))",
        [first, *sides],
    )
    found: list[Row] = []
    for unit, rows in groupby(prints, key=itemgetter(0, 1)):
        found += _of_unit(unit, rows, first, said.get(unit, {}))
    insert(con, "series", found)


def _of_unit(unit: Unit, rows: Iterable[tuple[Any, ...]], first: int, said: dict[str, str | None]) -> list[Row]:
    from dagster_project.tmm_f004.reconcile.action_series import Head, YearAction, link_years
    from dagster_project.tmm_f004.reconcile.unit_year import LINK_PERSON
    from dagster_project.tmm_f004.reconcile.year_actions import ActionPrint, year_actions

    heads: list[Head] = []
    years: dict[int, list[YearAction]] = {}
    for year, of_year in groupby(rows, key=itemgetter(2)):
        printed = list(of_year)
        actions = year_actions(ActionPrint(*row[3:11]) for row in printed)
        if year >= first:
            years[year] = actions
        else:
            stood = {row[3]: (row[11], row[12]) for row in printed}
            heads += [
                Head(a, stood[a.accion_id][0])
                for a in actions
                if not a.propuesta or stood[a.accion_id][1] == LINK_PERSON
            ]
    names = {"ente_codigo": unit[0], "unidad_codigo": unit[1]}
    return [asdict(link) | names for link in link_years(heads, years, said)]


def _decided(con: duckdb.DuckDBPyConnection, decisions: Decisions) -> dict[Unit, dict[str, str | None]]:
    """By unit what people said over years: the later action and the earlier one; None for one that begins a series."""
    if not decisions.vinculos:
        return {}
    hashes = sorted({h for v in decisions.vinculos for h in (v.huella, v.con_huella) if h})
    places: dict[str, list[tuple[Unit, int, str]]] = defaultdict(list)
    for huella, ente, unidad, year, accion_id in con.execute(DECIDED_SQL, [hashes]).fetchall():
        places[huella].append(((ente, unidad), year, accion_id))
    said: dict[Unit, dict[str, str | None]] = defaultdict(dict)
    for link in decisions.vinculos:
        for unit, year, accion_id in places[link.huella]:
            if link.con_huella is None:
                said[unit][accion_id] = None
            for other, other_year, other_id in places[link.con_huella or ""]:
                if other == unit and other_year != year:
                    later, earlier = (accion_id, other_id) if year > other_year else (other_id, accion_id)
                    said[unit][later] = earlier
    return dict(said)
