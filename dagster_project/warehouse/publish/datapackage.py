"""``datapackage.json``: what a published version holds, for machines (Data Package 2.0).

Belongs here: the descriptor of tables, fields, constraints, relations and files. Does not belong here: writing the
files (``csv_parquet``), the description for catalogues of open data (``dcat``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from dagster_project.site.shown import title_of
from dagster_project.warehouse.publish.duckdb_file import Columna, Tabla
from dagster_project.warehouse.publish.publication import Archivo
from dagster_project.warehouse.publish.relations import Relacion, relations

FILE = "datapackage.json"
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
"""The name of the standard's profile; nothing here fetches it."""

TITLE = "Avance Físico Programático (TMM-F004)"
ABOUT = (
    "Lo programado y lo alcanzado por cada acción de los programas operativos anuales, leído de los formatos "
    "TMM-F004 que publican los municipios. Lo dudoso va sin valor y con su rango. bi_avance es la primera tabla que "
    "conviene abrir."
)
KEYWORDS = ("TMM-F004", "avance físico programático", "programa operativo anual", "metas", "municipios", "CONAC")
LICENSE = {"name": "notspecified", "title": "Sin licencia declarada: las fuentes no la imprimen"}
"""Nobody has declared one for the data; the code's is another matter."""

PARQUET = "application/vnd.apache.parquet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PRINTED = ("_impreso", "_impresa", "_impresas")
"""What a cell prints: an empty text where it is blank, which whoever reads a CSV takes for nothing."""


def descriptor(
    tables: Sequence[Tabla],
    files: Mapping[str, Archivo],
    sources: Sequence[str],
    version: str,
    created: str,
) -> dict[str, Any]:
    """The descriptor of a version: a CSV and a Parquet resource a table, and the workbooks.

    Where there is no CSV the Parquet resource is the table.

    ``files`` are the version's files by name, with their bytes and SHA-256; ``sources`` say in words what was read.
    """
    related = relations(tables)
    targets = {(r.tabla_destino, r.columna_destino) for found in related.values() for r in found}
    return {
        "$schema": SCHEMA,
        "name": "avance",
        "title": TITLE,
        "description": ABOUT,
        "version": version,
        "created": created,
        "licenses": [LICENSE],
        "sources": [{"title": source} for source in sources],
        "keywords": list(KEYWORDS),
        "resources": [
            resource for table in tables for resource in _of_table(table, files, related[table.nombre], targets)
        ]
        + [_workbook(file) for name, file in sorted(files.items()) if name.endswith(".xlsx")],
    }


def sources_of(con: duckdb.DuckDBPyConnection, tables: Sequence[Tabla]) -> tuple[list[str], tuple[int, int] | None]:
    """What was read of the attached warehouse ``almacen``, in words, an ente and ejercicio each; the first and last
    ejercicio."""
    if "dim_corte" not in {table.nombre for table in tables}:
        return ["Formatos TMM-F004"], None
    rows = con.execute(
        "select ente_codigo, ejercicio, count(distinct ruta) from almacen.marts.dim_corte "
        "where ejercicio is not null group by all order by all"
    ).fetchall()
    read = [f"Formatos TMM-F004 del municipio {e}, ejercicio {y}: {n} archivo(s) de extracto" for e, y, n in rows]
    return read, (min(y for _, y, _ in rows), max(y for _, y, _ in rows)) if rows else None


CSV_FORMAT = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
PARQUET_FORMAT = {"format": "parquet", "mediatype": PARQUET}


def _file(file: Archivo) -> dict[str, Any]:
    return {"path": file.nombre, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _of_table(
    table: Tabla, files: Mapping[str, Archivo], related: Sequence[Relacion], targets: set[tuple[str, str]]
) -> list[dict[str, Any]]:
    parquet, csv = files[f"{table.nombre}.parquet"], files.get(f"{table.nombre}.csv")
    if csv is None:
        return [_table(table, parquet, PARQUET_FORMAT, related, targets)]
    return [_table(table, csv, CSV_FORMAT, related, targets), _parquet(table, parquet)]


def _table(
    table: Tabla,
    file: Archivo,
    form: Mapping[str, str],
    related: Sequence[Relacion],
    targets: set[tuple[str, str]],
) -> dict[str, Any]:
    """A file that holds the table, with the description of its columns."""
    keys = [
        {"fields": [r.columna], "reference": {"resource": r.tabla_destino, "fields": [r.columna_destino]}}
        for r in related
    ]
    return {
        "name": table.nombre,
        "type": "table",
        "title": title_of(table.nombre),
        "description": table.descripcion or "",
        **_file(file),
        **form,
        "schema": {
            "fields": [_field(table, column, targets) for column in table.columnas],
            "primaryKey": list(table.clave),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _parquet(table: Tabla, file: Archivo) -> dict[str, Any]:
    """A file: its columns are those of the CSV resource, and stand with their descriptions in its own metadata."""
    return {
        "name": f"{table.nombre}-parquet",
        "type": "file",
        "title": f"{title_of(table.nombre)} (Parquet)",
        "description": f"Las mismas filas que {table.nombre}.csv, con sus tipos.",
        **_file(file),
        **PARQUET_FORMAT,
    }


def _workbook(file: Archivo) -> dict[str, Any]:
    name = file.nombre.removesuffix(".xlsx")
    kind, _, quarter = name.partition("-")
    return {
        "name": name.lower(),
        "type": "file",
        "title": f"{'Indicadores en el formato de transparencia' if kind == 'pnt' else 'Libro de Excel'}, {quarter}",
        "description": "Se escribió de las mismas tablas.",
        **_file(file),
        "format": "xlsx",
        "mediatype": XLSX,
    }


def _field(table: Tabla, column: Columna, targets: set[tuple[str, str]]) -> dict[str, Any]:
    may_be_empty = column.nulable or column.nombre.endswith(PRINTED)
    limits: dict[str, Any] = {} if may_be_empty else {"required": True}
    if (column.nombre,) == table.clave or (table.nombre, column.nombre) in targets:
        limits["unique"] = True
    limits |= _checked(column.nombre, table.revisiones)
    field = {"name": column.nombre, "type": kind(column.tipo), "title": title_of(column.nombre)}
    return field | {"description": column.descripcion or ""} | ({"constraints": limits} if limits else {})


def _checked(column: str, checks: Sequence[str]) -> dict[str, Any]:
    """What the table's checks say of one column alone, as the standard says it: its values, or its limits."""
    name = re.escape(column)
    for check in (c for c in checks if column in c):  # 900 patterns to compile of all tables, else
        if found := re.fullmatch(rf'CHECK\(\("?{name}"? IN \((.*)\)\)\)', check):
            return {"enum": re.findall(r"'((?:[^']|'')*)'", found[1])}
        if found := re.fullmatch(rf'CHECK\(\("?{name}"? BETWEEN (\d+) AND (\d+)\)\)', check):
            return {"minimum": int(found[1]), "maximum": int(found[2])}
    return {}


def kind(sql_type: str) -> str:
    """The Data Package type of a SQL type."""
    base = sql_type.split("(")[0]
    if sql_type.endswith("[]"):
        return "array"
    kinds = {
        "number": ("DECIMAL", "DOUBLE", "FLOAT"),
        "integer": ("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER"),
        "boolean": ("BOOLEAN",),
        "date": ("DATE",),
        "datetime": ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
    }
    return next((kind for kind, names in kinds.items() if base in names), "string")
