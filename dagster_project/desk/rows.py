"""Doubtful rows: the readings in the running, and the figures that tell one from another. Not here: their effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

import duckdb

from dagster_project.desk.effects import Band, told
from dagster_project.desk.items import Item, Line, Option, Place
from dagster_project.site import shown
from dagster_project.site.streams import Row, grouped, rows

FIELDS = ("meta", "p1", "p2", "p3", "p4", "a1", "a2", "a3", "a4", "absoluto", "relativo_pct")

DOUBTFUL = """
select r.*, a.accion_descripcion, a.unidad_medida_nombre, u.unidad_nombre
from marts.fct_renglon r
join marts.dim_accion a on r.accion_key = a.accion_key
left join marts.dim_unidad u on r.unidad_key = u.unidad_key
where r.estado = 'dudosa' and r.situacion in ('vigente', 'en_disputa') and r.renglon_huella is not null
order by r.ruta, r.linea
"""

PRINTED_AGAIN = """
select renglon_huella, string_agg(ruta || ', línea ' || linea, '; ' order by ruta, linea) as lugares
from marts.fct_renglon where situacion in ('vigente', 'en_disputa')
group by renglon_huella having count(*) > 1
"""

READINGS = """
select l.* from marts.fct_lectura l
join marts.fct_renglon r on l.renglon_key = r.renglon_key
where r.estado = 'dudosa' order by l.renglon_key, l.candidato
"""

STATED = """
select accion_key, corte, 'p' || right(trimestre, 1) as campo, estado_programado as estado,
    programado_impreso as impreso
from marts.fct_avance_corte
union all
select accion_key, corte, 'a' || right(trimestre, 1), estado_avance, avance_impreso from marts.fct_avance_corte
union all
select accion_key, corte, 'meta', estado_meta, meta_impresa from marts.fct_meta
union all
select accion_key, corte, 'absoluto', estado_absoluto, absoluto_impreso from marts.fct_meta
union all
select accion_key, corte, 'relativo_pct', estado_relativo, relativo_impreso from marts.fct_meta
"""

OF_ACTIONS = f"""
with pedidas as (select distinct accion_key, corte from marts.fct_renglon where estado = 'dudosa')
select s.* from ({STATED}) s join pedidas p on s.accion_key = p.accion_key and s.corte = p.corte
"""

QUARTERS = """
select f.*, a.es_razon from marts.fct_avance f
join marts.dim_accion a on f.accion_key = a.accion_key
where f.accion_key in (select accion_key from marts.fct_renglon where estado = 'dudosa')
order by f.accion_key, f.trimestre
"""


def doubtful_rows(con: duckdb.DuckDBPyConnection, bands: Sequence[Band], done: Set[tuple[str, ...]]) -> Iterator[Item]:
    """An item a doubtful row that counts, in the order of the prints; one for all rows of the same printed line.

    ``done`` holds (correcciones.csv, hash, field) of each figure that is decided: no choice decides it again.
    """
    readings, quarters = grouped(rows(con, READINGS), "renglon_key"), grouped(rows(con, QUARTERS), "accion_key")
    stated = grouped(rows(con, OF_ACTIONS), "accion_key", "corte")
    again = {row["renglon_huella"]: row["lugares"] for row in rows(con, PRINTED_AGAIN)}
    seen: set[str] = set()
    for row in rows(con, DOUBTFUL):
        if (line := row["renglon_huella"]) in seen:
            continue
        seen.add(line)
        item = _item(row, readings[row["renglon_key"],], stated[row["accion_key"], row["corte"]],
                     quarters[row["accion_key"],], bands, done)  # fmt: skip
        if line in again:
            # A decision goes by the hash of the line: it acts wherever that is printed (docs/a-figure-looks-wrong.md).
            note = f"La misma línea está impresa en {again[line]}: lo que se decida vale para todas."
            item = replace(item, notes=(*item.notes, note))
        yield item


def telling(reading: Row, others: Sequence[Row]) -> set[str]:
    """The fewest figures (found greedily) by which a reading differs from each of the others."""
    left = [{f for f in FIELDS if (reading[f] or 0) != (other[f] or 0)} for other in others]
    left = [differ for differ in left if differ]
    found: set[str] = set()
    while left:
        best = max(FIELDS, key=lambda f: sum(f in differ for differ in left))
        found.add(best)
        left = [differ for differ in left if best not in differ]
    return found


def _item(
    row: Row,
    readings: Sequence[Row],
    stated: Sequence[Row],
    quarters: Sequence[Row],
    bands: Sequence[Band],
    done: Set[tuple[str, ...]],
) -> Item:
    cells = [cell.strip() for cell in row["celdas_impresas"].split(" | ")]
    printed = {s["campo"]: s["impreso"] if s["impreso"] in cells else "" for s in stated}
    open_fields = {f for f in FIELDS if ("correcciones.csv", row["renglon_huella"], f) not in done}
    in_doubt = {s["campo"] for s in stated if s["estado"] == "dudosa"}
    doubtful = in_doubt & open_fields
    # Of a row with one reading in the running none is sure enough: all that is in doubt is decided. Else what tells
    # the reading from the others will do, and the run reads the rest in its light.
    running = sum(bool(reading["es_dentro_margen"]) for reading in readings)
    options = []
    for reading in readings:
        others = [other for other in readings if other is not reading]
        fields = telling(reading, others) if running > 1 and not row["correcciones"] else doubtful
        lines = _lines(row, {f: _plain(reading[f]) for f in (fields & open_fields) or doubtful}, printed)
        if not lines:
            continue  # all that it would say is decided, otherwise perhaps, and the row is open all the same
        closes = "" if reading["es_cerrada"] else ", no cierra"
        options.append(
            Option(
                f"Lectura {reading['candidato']} (costo {reading['costo']:g}{closes})",
                lines,
                (
                    *told(quarters, row["corte"], reading, bands),
                    *([f"Deshace: {undone}."] if (undone := shown.steps(reading["operaciones"])) else
                      ["Es lo impreso, tal cual."]),
                ),
                {f: shown.number(reading[f]) for f in FIELDS},
            )
        )  # fmt: skip
    box = [row[f"lugar_{end}"] for end in ("y0", "y1")]
    place = Place(row["extracto_id"])
    if row["lugar_pagina"] and None not in box:
        place = Place(row["extracto_id"], row["lugar_pagina"], row["lugar_giro"] or 0, *box)
    return Item(
        "renglon",
        (row["renglon_huella"],),
        f"{row['unidad_codigo']} acción {row['accion_numero_impreso']}, {row['corte']}: {row['accion_descripcion']}",
        len(doubtful) or 1,
        f"{row['ruta']}, línea {row['linea']}" + (f"; {row['lugar']}" if row["lugar"] else ""),
        " ".join((row["texto_impreso"] or row["celdas_impresas"]).split()),
        tuple(options),
        place,
        tuple((f"celda {number}", cell) for number, cell in enumerate(cells, 1)),
        (f"{row['unidad_nombre']}. Unidad de medida: {row['unidad_medida_nombre']}.",),
        {f: printed.get(f, "") for f in FIELDS if f in open_fields},
        _line_of(row, "", "", {}),
        # Where all that was in doubt is decided by now, nothing is left to decide before the run.
        bool(row["correcciones"]) and (bool(doubtful) or not in_doubt),
    )


def _lines(row: Row, values: Mapping[str, str], printed: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(_line_of(row, f, values[f], printed) for f in FIELDS if f in values)


def _line_of(row: Row, name: str, value: str, printed: Mapping[str, str]) -> Line:
    return "correcciones.csv", {
        "renglon_huella": row["renglon_huella"], "campo": name, "impreso": printed.get(name, ""), "valor": value,
        "archivo": row["ruta"], "linea": str(row["linea"]),
    }  # fmt: skip


def _plain(value: Decimal | None) -> str:
    """As a decisions file has a figure: no separator, no noughts at its end; blank where there is none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
