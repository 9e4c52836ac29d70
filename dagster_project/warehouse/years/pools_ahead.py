"""Pools read elsewhere: each ente and ejercicio a task that reads a file of pages and leaves a folder of rows.

Belongs here: what goes to such a task, the task, and what comes of it. Does not belong here: reading a pool
(``read_pool``), who runs the tasks (``spread``), and the transaction of a year (``load_year``).

A folder's name follows from all that its rows do: the year's inputs (``YearLoader.fingerprint``: its pages, code,
catalogues, decisions), the ente, and this room's code. One that stands, from a load that was killed, is taken as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
from pydantic import TypeAdapter

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.tmm_f004.reconcile.reports import PageKey
from dagster_project.warehouse.db.bulk_insert import build_frame
from dagster_project.warehouse.reader import tmm_f004_reader
from dagster_project.warehouse.rows import PAGE_COLUMNS, page_rows, stored_page
from dagster_project.warehouse.spread.parts import PartsFolder, insert_parts
from dagster_project.warehouse.spread.said import Said, read_said, write_said
from dagster_project.warehouse.spread.seam import Lost, Spread
from dagster_project.warehouse.state.fingerprint import fingerprint, room_fingerprint
from dagster_project.warehouse.years.pages_in_force import PagesInForce, SourceFile
from dagster_project.warehouse.years.read_pool import PoolReader

FALLAS = "fallas.json"

INPUTS_SQL = f"""
    select
        {
    ", ".join(
        f"coalesce(c.{c}::varchar, p.{c}::varchar) as {c}"
        if c in ("ente", "anio", "unidad")
        else f"p.{c}::varchar as {c}"
        for c in PAGE_COLUMNS
    )
}
    from raw.paginas p
    join (select unnest(?::varchar[]) as extracto_id, unnest(?::integer[]) as formato) using (extracto_id, formato)
    left join _colocadas c using (extracto_id, formato)
    order by p.extracto_id, p.formato
"""


PLACED = {"extracto_id": "VARCHAR", "formato": "INTEGER", "ente": "JSON", "anio": "JSON", "unidad": "JSON"}
"""The columns of ``raw.paginas`` that other files may settle, and its key."""


class LostPoolError(RuntimeError):
    """What read a pool ended again and again: the year's rows cannot be had this way."""


@dataclass(frozen=True, slots=True)
class PoolTask:
    """Files with the pages of a pool, of what their files are and of what the seeds say; the folder to leave."""

    ente: str | None
    pages: Path
    files: Path
    said: Path
    result: Path


class PoolsAhead:
    """The pools of some years, in order, as they come back."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        pages: PagesInForce,
        catalogs: Catalogs,
        decisions: Decisions,
        spread: Spread,
        years: Mapping[int, str],
    ) -> None:
        self.con, self.pages, self.folder = con, pages, spread.folder
        self.said = write_said(spread.folder, Said(catalogs, decisions))
        self.tasks = {year: self._tasks(year, huella) for year, huella in years.items() if huella}
        missing = [t for tasks in self.tasks.values() for t in tasks if not t.result.is_dir()]
        self.answers = iter(zip(missing, spread.map(read_pool, missing), strict=True))
        self.lost: dict[Path, Lost] = {}

    def of_year(self, year: int) -> list[Path]:
        """The folders of a year's pools; none where the year is none of those.

        Raises:
            LostPoolError: one of them is not to be had.
            ContradictedDecisionError: as reading the pool here would.
        """
        tasks = self.tasks.get(year, [])
        while any(not t.result.is_dir() and t.result not in self.lost for t in tasks):
            task, answer = next(self.answers)
            if isinstance(answer, Lost):
                self.lost[task.result] = answer
        for task in tasks:
            if lost := self.lost.get(task.result):
                raise LostPoolError(
                    f"the pages of {task.ente or 'no settled municipality'} and {year or 'no settled year'} could not "
                    f"be read: {lost.razon}. Its rows are as they were, other years are kept; run again with "
                    "--workers 1 to see what happens (a process is ended so where memory is short)"
                )
        return [task.result for task in tasks]

    def _tasks(self, year: int, huella: str) -> list[PoolTask]:
        pools: dict[str | None, list[PageKey]] = {}
        for key in self.pages.of_year.get(year, []):
            pools.setdefault(self.pages.ente_of[key], []).append(key)
        return [self._task(year, huella, ente, keys) for ente, keys in sorted(pools.items(), key=lambda p: p[0] or "")]

    def _task(self, year: int, huella: str, ente: str | None, keys: list[PageKey]) -> PoolTask:
        name = f"{year}-{ente or 'sin_ente'}-{fingerprint([huella, room_fingerprint(Path(__file__).parent)])}"
        pages, files = (self.folder / f"{name}.{kind}" for kind in ("parquet", "json"))
        task = PoolTask(ente, pages, files, self.said, self.folder / name)
        if not task.result.is_dir():
            files.write_bytes(_files().dump_json({key[0]: self.pages.files[key[0]] for key in keys}))
            self._write_pages(pages, keys)
        return task

    def _write_pages(self, path: Path, keys: list[PageKey]) -> None:
        """The pages as their files were parsed, but for what other files say of them."""
        placed = page_rows(self.pages.placed[key] for key in keys if key in self.pages.placed)
        frame = build_frame([*placed], PLACED)
        ids, numbers = zip(*keys, strict=True)
        self.con.register("_colocadas", frame)
        try:
            self.con.sql(INPUTS_SQL, params=[ids, numbers]).write_parquet(str(path))
        finally:
            self.con.unregister("_colocadas")


def read_pool(task: PoolTask) -> None:
    """Read a pool from its files and leave its rows; what was left before is not made again."""
    if task.result.is_dir():
        return
    said, files = read_said(task.said), _files().validate_json(task.files.read_bytes())
    with duckdb.connect(config={"threads": 1}) as con:
        found = con.execute("select * from read_parquet(?)", [str(task.pages)]).fetchall()
    parts = PartsFolder(task.result)
    reader = PoolReader(files, said.catalogs, said.decisions, tmm_f004_reader(), parts.put)
    fallas = reader.read(task.ente, [stored_page(*row) for row in found])
    parts.note(FALLAS, json.dumps(fallas))
    parts.done()


def insert_pool(con: duckdb.DuckDBPyConnection, result: Path) -> list[str]:
    """Append what ``read_pool`` left; the forms whose cells could not be read."""
    insert_parts(con, result)
    fallas: list[str] = json.loads((result / FALLAS).read_text("utf-8"))
    return fallas


@cache
def _files() -> TypeAdapter[dict[str, SourceFile]]:
    return TypeAdapter(dict[str, SourceFile])
