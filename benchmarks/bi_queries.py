"""Five questions that a BI tool asks of the published file, each against a plain scan of what it touches.

``python -m benchmarks.bi_queries`` runs on a home's published tables multiplied to a million facts (other
units, other years), or on ``--file`` as it is; from DuckDB and from Parquet. The scan takes the maximum of
every column that the question touches, a statement a table. Both are warm, in turn, in one process; the
medians' ratio is printed, exit code 1 where one in DuckDB is above the budget.

Belongs here: the questions and their time. Does not: making the tables (``grown``).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.grown import as_parquet, grow
from benchmarks.history_scale import load
from dagster_project.settings import RAIZ, get_settings

BUDGET = 3.0
"""How many times a plain scan of its columns a question may take."""

REPEATS = 15


@dataclass(frozen=True, slots=True)
class Question:
    """A question by name, its SQL (``$trimestre``, ``$unidad``) and the columns it touches, by table."""

    name: str
    sql: str
    touches: dict[str, tuple[str, ...]]

    @property
    def answered(self) -> str:
        """The question as SQL, every cell of its answer worked out and left in DuckDB.

        Rows turned into Python objects are the client's time: 37,000 of them take 27 ms, three times the question.
        """
        return f"select count(*), bit_xor(hash(r)) from ({self.sql}) r"

    @property
    def scans(self) -> list[str]:
        """The plain scans: a statement a table; the filter lets every row through, but no statistics answer."""
        return [
            f"select {', '.join(f'max({c})' for c in columns)} from marts.{table} where random() < 2"
            for table, columns in self.touches.items()
        ]


QUESTIONS = (
    Question(
        "units by band in a quarter",
        """
        select unidad_codigo, semaforo_plan, count(*) as acciones
        from marts.fct_avance where trimestre = $trimestre group by all
        """,
        {"fct_avance": ("trimestre", "unidad_codigo", "semaforo_plan")},
    ),
    Question(
        "trend of one unit",
        """
        select trimestre, semaforo_trimestre, count(*) as acciones, median(cumplimiento_pct) as mediana_pct
        from marts.fct_avance where unidad_codigo = $unidad group by all order by all
        """,
        {"fct_avance": ("unidad_codigo", "trimestre", "semaforo_trimestre", "cumplimiento_pct")},
    ),
    Question(
        "line of action by year",
        """
        select l.ejercicio, l.linea_accion_codigo, a.semaforo_plan, sum(l.ponderador) as acciones
        from marts.fct_avance a join marts.bridge_accion_linea l using (meta_key)
        where right(a.trimestre, 1) = '4'  -- at the year's end: each action once
        group by all order by all
        """,
        {
            "fct_avance": ("meta_key", "trimestre", "semaforo_plan"),
            "bridge_accion_linea": ("meta_key", "ejercicio", "linea_accion_codigo", "ponderador"),
        },
    ),
    Question(
        "top deviations",
        """
        with mayores as (
            select accion_key, unidad_codigo, programado, avance, cumplimiento_exacto_pct
            from marts.fct_avance where trimestre = $trimestre and programado > 0
            order by abs(cumplimiento_exacto_pct - 100) desc limit 20
        )
        select mayores.*, accion_descripcion from mayores join marts.dim_accion using (accion_key)
        """,
        {
            "fct_avance": (
                "trimestre", "accion_key", "unidad_codigo", "programado", "avance", "cumplimiento_exacto_pct",
            ),
            "dim_accion": ("accion_key", "accion_descripcion"),
        },
    ),
    Question(
        "what changed since the last cut",
        """
        select
            unidad_codigo, accion_key, trimestre, programado, avance,
            lag(programado) over por_corte as programado_antes, lag(avance) over por_corte as avance_antes
        from marts.fct_avance_corte
        where corte between left($trimestre, 4) || '-T1' and $trimestre
        window por_corte as (partition by accion_key, trimestre order by corte)
        qualify corte = $trimestre
            and (programado is distinct from programado_antes or avance is distinct from avance_antes)
        """,
        {"fct_avance_corte": ("corte", "accion_key", "trimestre", "unidad_codigo", "programado", "avance")},
    ),
)  # fmt: skip


def timed(con: duckdb.DuckDBPyConnection, question: Question, asked: dict[str, str]) -> tuple[float, float]:
    """Median seconds of a question and of the scan of what it touches, in turn, the first of each left out."""
    given = {name: value for name, value in asked.items() if f"${name}" in question.sql}
    queries, scans = [], []
    for _ in range(1 + REPEATS):
        begun = perf_counter()
        con.execute(question.answered, given).fetchall()
        queries.append(perf_counter() - begun)
        begun = perf_counter()
        for scan in question.scans:
            con.execute(scan).fetchall()
        scans.append(perf_counter() - begun)
    return median(queries[1:]), median(scans[1:])


def report(console: Console, con: duckdb.DuckDBPyConnection, title: str) -> float:
    """Print every question's time beside its scan's; returns the greatest ratio."""
    quarter, facts = con.sql("select max(corte), count(*) from marts.fct_avance_corte").fetchall()[0]
    unit = con.sql("select min(unidad_codigo) from marts.fct_avance").fetchall()[0][0]
    table = Table("question", "ms", "ms of the scan", "times", title=f"{title}, {facts:,} facts")
    worst = 0.0
    for question in QUESTIONS:
        query, scan = timed(con, question, {"trimestre": quarter, "unidad": unit})
        table.add_row(question.name, f"{1000 * query:.1f}", f"{1000 * scan:.1f}", f"{query / scan:.2f}")
        worst = max(worst, query / scan)
    console.print(table)
    return worst


def published_file(scratch: Path) -> Path:
    """The file that the home publishes; of a home with none, that of a load of the extracts into ``scratch``."""
    published = get_settings().published / "avance.duckdb"
    if published.exists():
        return published
    load(RAIZ, scratch / "home", get_settings().extracts)
    return scratch / "home" / "published" / "avance.duckdb"


def main(
    file: Annotated[Path | None, typer.Option(help="A published DuckDB file to ask as it is.")] = None,
    facts: Annotated[int, typer.Option(help="Rows of fct_avance_corte to multiply the home's to.")] = 1_000_000,
) -> None:
    """Time the five questions."""
    console = Console(width=120)
    with tempfile.TemporaryDirectory(prefix="avance-bi-") as scratch:
        asked = file or grow(published_file(Path(scratch)), Path(scratch) / "grown.duckdb", facts)
        with duckdb.connect(str(asked), read_only=True) as con:
            worst = report(console, con, "DuckDB")
        tables = sorted({table for question in QUESTIONS for table in question.touches})
        with duckdb.connect() as con:
            as_parquet(con, asked, Path(scratch), tables)
            report(console, con, "Parquet")
    console.print(f"slowest in DuckDB: {worst:.2f} times its scan (budget {BUDGET:.0f})")
    raise typer.Exit(0 if worst <= BUDGET else 1)


if __name__ == "__main__":
    typer.run(main)
