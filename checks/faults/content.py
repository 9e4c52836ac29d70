"""What a home holds, row by row, and whether what is published is one whole version.

Belongs here: looking. Does not belong here: harming, and running the product.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from dagster_project.warehouse.publish.publication import FIXED_NAME, PointerError, publicacion_vigente

Content = dict[str, list[tuple]]
"""Table (with its schema) -> its rows, sorted."""

IGNORED = {
    "raw.extractos": ("cargado_en", "retirado_en"),
    "raw.ejercicios": ("cargado_en",),
    "raw.migraciones": ("aplicada_en",),
    "raw.veredictos": ("comprobada_en", "run_id"),
}
"""The only columns that two loads of the same files may differ in: when they were loaded or retired, by which run."""


def warehouse_content(home: Path) -> Content:
    """Every table of the pipeline's own file: raw, reference, intermediate, marts."""
    return _tables(home / "warehouse.duckdb")


def published_content(home: Path) -> Content:
    """Every mart of the published version, from its DuckDB file; ``main.publicacion`` is of the run."""
    found = _tables(home / "published" / FIXED_NAME)
    return {table: rows for table, rows in found.items() if table.startswith("marts.")}


def parquet_content(home: Path) -> Content:
    """The same from the version's Parquet files."""
    version = publicacion_vigente(home / "published")
    if version is None:
        return {}
    with duckdb.connect() as con:
        return {
            f"marts.{path.stem}": con.execute("select * from read_parquet(?) order by all", [str(path)]).fetchall()
            for path in sorted((home / "published" / version.version).glob("*.parquet"))
        }


def content(home: Path) -> Content:
    """All of it: the warehouse, the published file and the Parquet files, which must agree."""
    return {
        f"{where}: {table}": rows
        for where, tables in (
            ("warehouse", warehouse_content(home)),
            ("published", published_content(home)),
            ("parquet", parquet_content(home)),
        )
        for table, rows in tables.items()
    }


def difference(wanted: Content, found: Content) -> str | None:
    """The first thing in which two contents differ, in words; None where they are equal row by row."""
    if missing := sorted(wanted.keys() ^ found.keys()):
        return f"tables in one only: {', '.join(missing[:5])}"
    for table, rows in wanted.items():
        if rows != found[table]:
            lost = len([row for row in rows if row not in found[table]])
            new = len([row for row in found[table] if row not in rows])
            return f"{table}: {lost} rows lost, {new} rows that should not be, {len(rows)} expected"
    return None


def version_fault(home: Path, before: str | None = None) -> str | None:
    """What is wrong with the published version, None where it is one whole version or there is none yet.

    Every file named by the manifest has its size and hash, every table of the DuckDB file and
    every Parquet file its number of rows. The fixed name leads to that version or, where a run
    died between the two swaps, to ``before``.
    """
    published = home / "published"
    try:
        version = publicacion_vigente(published)
    except PointerError as error:
        return str(error)
    if version is None:
        return "a fixed name without a pointer" if (published / FIXED_NAME).exists() else None
    for file in version.archivos:
        data = (published / file.ruta).read_bytes()
        if (len(data), hashlib.sha256(data).hexdigest()) != (file.bytes, file.sha256):
            return f"{file.ruta} is not what the manifest says"
    tables = {table.removeprefix("marts."): rows for table, rows in _tables(version.path(published)).items()}
    if tables.pop("main.publicacion")[0][0] != version.version:
        return f"{version.duckdb} says that it is another version"
    for where, found in (("DuckDB", tables), ("Parquet", parquet_content(home))):
        counts = {table.removeprefix("marts."): len(rows) for table, rows in found.items()}
        if counts != dict(version.filas):
            return f"rows in {where} {counts} are not those of the manifest {dict(version.filas)}"
    fixed = (published / FIXED_NAME).resolve()
    allowed = {version.duckdb, *([f"avance-{before}.duckdb"] if before else [])}
    if fixed.name not in allowed and (before or fixed.exists()):
        return f"{FIXED_NAME} leads to {fixed.name}, not to {' or '.join(sorted(allowed))}"
    return None


def _tables(path: Path) -> Content:
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute(
            "select schema_name, table_name from duckdb_tables() where not internal order by all"
        ).fetchall()
        return {
            f"{schema}.{name}": con.execute(
                f'select {_columns(f"{schema}.{name}")} from "{schema}"."{name}" order by all'
            ).fetchall()
            for schema, name in names
        }


def _columns(table: str) -> str:
    left_out = IGNORED.get(table)
    return f"* exclude ({', '.join(left_out)})" if left_out else "*"
