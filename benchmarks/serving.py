"""Readers of a published version while others come: whether each sees one version, whole, and what questions take.

``python -m benchmarks.serving files WAREHOUSE`` publishes a built warehouse ``--publications`` times, each version
marked in two tables, while ``--readers`` processes open what ``current.json`` names, as DuckDB file and as Parquet, and
ask both tables. ``python -m benchmarks.serving postgres WAREHOUSE`` copies a fact table of ``--facts`` rows into a
PostgreSQL of its own, then another version of it, while readers ask on. Exit code 1 where a reader saw two versions at
once, one that goes back, rows that the version has not, or an error.

Belongs here: readers beside a publication. Does not belong here: what one question costs (``bi_queries``).
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, Any

import duckdb
import psycopg
import typer

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.postgres import copy_version
from dagster_project.warehouse.publish.duckdb_file import literal
from dagster_project.warehouse.publish.publication import Publicacion, publicacion_vigente
from dagster_project.warehouse.publish.versions import publish
from tests.support.postgres import served

MARKED = {"bi_avance": "observaciones", "fct_meta": "observaciones"}
"""Tables that carry the mark of the version, and where."""

PAUSES = 2.0, 8.0
"""Seconds between a reader's looks, at random between these: fifty that never rest measure the machine alone."""

app = typer.Typer()


def mark(warehouse: Path, number: int) -> None:
    """Let every row of the marked tables say the number of the version to come."""
    with open_warehouse(warehouse) as con:
        for table, column in MARKED.items():
            con.execute(f"update marts.{table} set {column} = '{number:04}'")


def look(published: Path) -> tuple[str, bool]:
    """The mark of the version that is current, and whether its tables hold it, each in full, in both formats."""
    version = publicacion_vigente(published)
    assert version is not None
    folder = published / version.version
    marks, is_whole = set(), True
    with duckdb.connect(str(version.path(published)), read_only=True, config={"threads": 1}) as con:
        for table, column in MARKED.items():
            for source in (f"marts.{table}", literal(str(folder / f"{table}.parquet"))):
                low, high, rows = con.execute(
                    f"select min({column}), max({column}), count(*) from {source}"
                ).fetchall()[0]
                marks |= {low, high}
                is_whole &= rows == version.filas[table]
        is_whole &= con.execute("select version from publicacion").fetchall() == [(version.version,)]
    return max(marks), is_whole and len(marks) == 1


def read_files(published: Path, ended: Any, seen: Any) -> None:
    """Look again and again; tells how often, what was seen and how long a look took."""
    marks: list[str] = []
    wrong: list[str] = []
    seconds: list[float] = []
    while not ended.is_set():
        started = time.perf_counter()
        try:
            mark, is_whole = look(published)
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error}"[:200])
        else:
            seconds.append(time.perf_counter() - started)
            if not is_whole or (marks and mark < marks[-1]):
                wrong.append(f"{mark} after {marks[-1:]}, whole: {is_whole}")
            marks.append(mark)
        time.sleep(random.uniform(*PAUSES))
    seen.put((len(marks), sorted(set(marks)), wrong, seconds))


@app.command()
def files(
    source: Annotated[Path, typer.Argument(help="A built warehouse.")],
    readers: Annotated[int, typer.Option()] = 50,
    publications: Annotated[int, typer.Option()] = 10,
) -> None:
    """Publish while processes read."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.serving"])
    ended, seen = context.Event(), context.Queue()
    with tempfile.TemporaryDirectory(prefix="avance-serving-") as name:
        warehouse, published = Path(name) / "home" / "warehouse.duckdb", Path(name) / "home" / "published"
        warehouse.parent.mkdir()
        shutil.copyfile(source, warehouse)
        mark(warehouse, 0)
        publish(warehouse, published, "0", {}, with_csv=False)
        processes = [
            context.Process(target=read_files, args=(published, ended, seen), daemon=True) for _ in range(readers)
        ]  # fmt: skip
        for process in processes:
            process.start()
        took = []
        for number in range(1, publications + 1):
            mark(warehouse, number)
            started = time.perf_counter()
            publish(warehouse, published, str(number), {}, with_csv=False)
            took.append(time.perf_counter() - started)
            print(f"version {number}: {took[-1]:.1f} s on the clock", flush=True)
        time.sleep(2)
        ended.set()
        said = [seen.get() for _ in processes]
        for process in processes:
            process.join()
    looks, wrong = sum(n for n, *_ in said), [w for _, _, found, _ in said for w in found]
    seconds = [s for *_, found in said for s in found]
    print(f"{readers} readers, {publications} publications (median {median(took):.1f} s): {looks} looks, "
          f"{len(set().union(*(m for _, m, _, _ in said)))} versions seen, median {median(seconds):.2f} s, "
          f"95 % within {quantiles(seconds, n=20)[-1]:.2f} s; wrong: {len(wrong)} {wrong[:3]}")  # fmt: skip
    sys.exit(bool(wrong))


QUESTIONS = {
    "one unit's quarters": "select trimestre, sum(programado), sum(avance) from marts.fct_avance_corte "
    "where unidad_codigo = %s group by 1",
    "one action": "select * from marts.fct_avance_corte where accion_key = %s",
}


@app.command()
def postgres(
    source: Annotated[Path, typer.Argument(help="A built warehouse.")],
    facts: Annotated[int, typer.Option()] = 5_000_000,
    readers: Annotated[int, typer.Option()] = 8,
    seconds: Annotated[int, typer.Option(help="How long the readers ask with nothing else at work.")] = 20,
) -> None:
    """Swap a fact table under readers."""
    # a socket's path may have 107 signs
    with tempfile.TemporaryDirectory(prefix="pg") as name, served(Path(name) / "server") as url:
        folder = Path(name)
        first, second = (_version(source, folder, number, facts) for number in (1, 2))
        _timed(f"first copy of {facts:,} facts", lambda: copy_version(url, first, folder, folder))
        with duckdb.connect(str(first.path(folder)), read_only=True) as con:
            keys = con.execute(
                "select unidad_codigo, accion_key from marts.fct_avance_corte using sample 500"
            ).fetchall()
        free = _asked_by(url, readers, keys, lambda: time.sleep(seconds))
        busy = _asked_by(
            url, readers, keys, lambda: _timed("second copy", lambda: copy_version(url, second, folder, folder))
        )
    wrong = []
    for when, (answers, marks, found) in {"nothing else at work": free, "a version coming in": busy}.items():
        wrong += found
        for question, took in answers.items():
            print(f"{when}: {question}: {len(took)} answers by {readers} readers, median {1000 * median(took):.1f} ms, "
                  f"95 % within {1000 * quantiles(took, n=20)[-1]:.1f}")  # fmt: skip
        print(f"{when}: versions seen {sorted(marks)}; wrong: {len(found)} {found[:3]}")
    sys.exit(bool(wrong))


def _timed(what: str, work: Callable[[], object]) -> None:
    started, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    print(f"{what}: {time.perf_counter() - started:.1f} s on the clock, {processor:.1f} of processor", flush=True)


def _version(source: Path, folder: Path, number: int, facts: int) -> Publicacion:
    """A version of one fact table, of at least so many rows, each marked with its number."""
    name = f"{number:06}-20260101T000000Z-0000000{number}"
    with duckdb.connect(str(folder / f"avance-{name}.duckdb")) as con:
        con.execute(f"attach {literal(str(source))} as origen (read_only); create schema marts")
        rows = con.execute("select count(*) from origen.marts.fct_avance_corte").fetchall()[0][0]
        con.execute(
            "create table marts.fct_avance_corte as "
            "select if(k = 0, avance_corte_key, md5(avance_corte_key || k)) as avance_corte_key, "
            "* exclude (avance_corte_key) replace (? as programado_impreso) "
            "from origen.marts.fct_avance_corte, range(?) r(k)",
            [f"{number:04}", -(-facts // rows)],
        )
        con.execute("alter table marts.fct_avance_corte alter avance_corte_key set not null")
    return Publicacion(name, "2026-01-01T00:00:00+00:00", "1", f"h{number}", f"avance-{name}.duckdb", {}, ())


def _asked_by(
    url: str, readers: int, keys: list[tuple[str, str]], meanwhile: Callable[[], object]
) -> tuple[dict[str, list[float]], set[str], list[str]]:
    """Seconds of each question's answers, the marks seen, and what was wrong, while something else goes on."""
    answers: dict[str, list[float]] = {question: [] for question in QUESTIONS}
    marks, wrong, ended = set[str](), list[str](), threading.Event()

    def ask(number: int) -> None:
        before = ""
        try:
            with psycopg.connect(url, autocommit=True) as con:
                for turn in range(number, sys.maxsize):
                    if ended.is_set():
                        return
                    for (question, sql), key in zip(QUESTIONS.items(), keys[turn * 7 % len(keys)], strict=True):
                        started = time.perf_counter()
                        con.execute(sql.encode(), [key]).fetchall()
                        answers[question].append(time.perf_counter() - started)
                    of_action = "select programado_impreso from marts.fct_avance_corte where accion_key = %s"
                    found = {mark for (mark,) in con.execute(of_action.encode(), [keys[0][1]])}
                    if len(found) != 1 or max(found) < before:
                        wrong.append(f"{found} after {before}")
                    before = max(found, default=before)
                    marks.update(found)
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error}"[:200])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
        time.sleep(1)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    return answers, marks, wrong


if __name__ == "__main__":
    app()
