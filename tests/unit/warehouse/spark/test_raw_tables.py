"""What goes to Spark and what comes back, as files: no Spark is needed to say what they hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.migrations import migrate
from dagster_project.warehouse.spark.bring_back import rows_of
from dagster_project.warehouse.spark.raw_tables import TO_REBUILD, raw_tables, write_raw


def test_every_table_that_dbt_reads_goes_with_its_types(tmp_path: Path) -> None:
    """JSON goes as its text; nothing else changes."""
    tables = raw_tables(RAIZ / "dbt")
    assert {"renglones", "elegidas", TO_REBUILD} < set(tables)
    with duckdb.connect() as con:
        migrate(con)
        con.execute("insert into raw.rutas values ('a.txt', 'x1')")
        write_raw(con, tables, tmp_path)
        for table in tables:
            kept = con.execute(f"describe raw.{table}").fetchall()
            file = str(tmp_path / table / "datos.parquet")
            found = con.execute(f"describe select * from '{file}'").fetchall()
            assert [(n, t) for n, t, *_ in found] == [(n, t.replace("JSON", "VARCHAR")) for n, t, *_ in kept]
        assert con.execute(f"select ruta, extracto_id from '{tmp_path}/rutas/*.parquet'").fetchall() == [
            ("a.txt", "x1")
        ]


def test_rows_come_back_by_name_and_by_the_types_of_the_contract(tmp_path: Path) -> None:
    """Spark keeps a partition's column last; other columns than the contract's are refused by name."""
    with duckdb.connect() as con:
        con.execute(f"copy (select 1.50 as cifra, 'a' as clave, 2022 as ejercicio) to '{tmp_path}/x.parquet'")
        columns = {"ejercicio": "INTEGER", "cifra": "DECIMAL(18,4)", "clave": "VARCHAR"}
        assert str(con.execute(rows_of(con, tmp_path, columns)).fetchall()) == "[(2022, Decimal('1.5000'), 'a')]"
        with pytest.raises(ValueError, match=r"not the columns of its contract: \['linea'\]"):
            rows_of(con, tmp_path, columns | {"linea": "INTEGER"})


def test_a_load_without_spark_imports_nothing_of_it() -> None:
    """Whoever does not ask for Spark does not pay for it."""
    said = (
        "import sys, dagster_project.defs.loading, dagster_project.defs.dbt_runner\n"
        "print([m for m in sys.modules if m.startswith(('pyspark', 'dagster_project.warehouse.spark'))])"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
