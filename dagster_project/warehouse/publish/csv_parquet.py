"""The marts as files that anything reads: Parquet, CSV, and ``datapackage.json`` that describes them.

Belongs here: what those files hold and how they are written. Does not belong here: the DuckDB file
(``export_marts``), versions and swapping (``publish``).

The rows of an ejercicio stand together in a CSV, and where they begin and end is kept with the version: the
next one takes over the pieces of which nothing changed, byte for byte.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from dagster_project.warehouse.publish import duckdb_file as export_marts
from dagster_project.warehouse.publish.duckdb_file import SCHEMA, Columna, Contenido, Tabla, literal, quoted
from dagster_project.warehouse.publish.publication import Publicacion, Tramo, sha256
from dagster_project.warehouse.state.fingerprint import fingerprint

CHUNK = 1 << 22

AT_ONCE = 2
"""Tables written at a time: while DuckDB compresses one, another's pieces are copied and hashed."""

ZSTD = "format parquet, compression zstd, compression_level 1"
"""Level 1: two hundredths larger than the default and a quarter less of the processor."""


@dataclass(frozen=True, slots=True)
class Anterior:
    """The CSV files of the version before."""

    version: Publicacion
    folder: Path

    def unchanged(self, table: str, held: Contenido) -> dict[str, Tramo]:
        """Where the parts of a table stand of which nothing changed; none where the file is not what it was."""
        was = self.version.partes.get(table, {})
        same = {part: was[part] for part, content in held.items() if part in was and was[part].contenido == content}
        file = self.folder / f"{table}.csv"
        known = self.version.sha256(f"{self.version.version}/{table}.csv")
        return same if same and file.is_file() and sha256(file) == known else {}


def shape(tables: list[Tabla]) -> str:
    """Hash of what a version's files are made by and like besides their rows: two types may share a row's hash."""
    code = [Path(module).read_text(encoding="utf-8") for module in (__file__, export_marts.__file__)]
    return fingerprint([code, duckdb.__version__, [asdict(table) for table in tables]])


def write_files(
    con: duckdb.DuckDBPyConnection,
    database: str,
    tables: list[Tabla],
    held: Mapping[str, Contenido],
    folder: Path,
    before: Anterior | None = None,
) -> dict[str, dict[str, Tramo]]:
    """Write each mart as ``<table>.parquet`` and ``<table>.csv``, and ``datapackage.json``.

    Rows go out in the order in which ``database`` has them; ``held`` is what it holds. In the CSV a text that
    a spreadsheet would run as a formula gets a leading apostrophe. Returns where each part stands in its CSV.
    """

    def write(table: Tabla) -> dict[str, Tramo]:
        source = f"{quoted(database)}.{SCHEMA}.{quoted(table.nombre)}"
        with con.cursor() as own:
            own.execute(f"copy (from {source}) to {literal(str(folder / f'{table.nombre}.parquet'))} ({ZSTD})")
            return _write_csv(own, source, table, held[table.nombre], folder, before)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        places = dict(zip((t.nombre for t in tables), pool.map(write, tables), strict=True))
    (folder / "datapackage.json").write_text(
        json.dumps(_datapackage(tables), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return places


def _write_csv(
    con: duckdb.DuckDBPyConnection,
    source: str,
    table: Tabla,
    held: Contenido,
    folder: Path,
    before: Anterior | None,
) -> dict[str, Tramo]:
    """Write the parts of a table one after the other."""
    fields = ", ".join(_csv_column(column) for column in table.columnas)
    name, piece = f"{table.nombre}.csv", folder / f"{table.nombre}.parte"
    kept = before.unchanged(table.nombre, held) if before else {}
    places = {}
    with (folder / name).open("wb") as out:
        out.write(_header(table))
        for part, content in held.items():
            begins = out.tell()
            if before and part in kept:
                _append(before.folder / name, kept[part].inicio, kept[part].fin, out)
            else:
                rows = literal(str(piece))
                con.execute(
                    f"copy (select {fields} from {source} {table.where(part)}) to {rows} (format csv, header false)"
                )
                _append(piece, 0, piece.stat().st_size, out)
                piece.unlink()
            places[part] = Tramo(content, begins, out.tell())
    return places


def _header(table: Tabla) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([c.nombre for c in table.columnas])
    return line.getvalue().encode()


def _append(path: Path, begins: int, ends: int, out: BinaryIO) -> None:
    with path.open("rb") as file:
        file.seek(begins)
        while begins < ends:
            chunk = file.read(min(CHUNK, ends - begins))
            if not chunk:
                raise OSError(f"{path} ends at {begins}, before {ends}")
            out.write(chunk)
            begins += len(chunk)


def _csv_column(column: Columna) -> str:
    name = quoted(column.nombre)
    if column.tipo != "VARCHAR":
        return name
    return f"case when regexp_matches({name}, '^[=+@\\t\\r\\n＝＋－＠-]') then '''' || {name} else {name} end as {name}"


def _datapackage(tables: list[Tabla]) -> dict[str, Any]:
    return {
        "name": "avance",
        "title": "Avance Físico Programático (TMM-F004)",
        "resources": [
            {
                "name": table.nombre,
                "path": f"{table.nombre}.csv",
                "description": table.descripcion or "",
                "format": "csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": c.nombre, "type": _kind(c.tipo), "description": c.descripcion or ""}
                        for c in table.columnas
                    ],
                    "primaryKey": list(table.clave),
                },
            }
            for table in tables
        ],
    }


def _kind(sql_type: str) -> str:
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
