"""A load over Spark leaves the rows that a load by itself leaves, in every raw table, whoever dies meanwhile."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.processor import started
from benchmarks.spread import differences, load, write_corpus
from dagster_project.defs import loading
from dagster_project.settings import RAIZ, get_settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.spark import spread_map
from dagster_project.warehouse.spark.spread_map import over_spark, spark_map
from dagster_project.warehouse.spread.seam import Lost, Map, Spread
from tests.unit.warehouse.spread import test_equal_rows as two_municipalities

ROWS = 700
EXTRACTS = RAIZ / "seeds" / "extracts"


def test_every_raw_table_is_equal_row_by_row(tmp_path: Path, session, spark_folder: Path) -> None:
    """Two municipalities, two files on one report, a decision, a replaced file, a page cut short, one of nobody."""
    plain = two_municipalities.load(tmp_path / "plain", None)
    spread = Spread(spark_map(spark_folder), tmp_path / "tasks")
    other = two_municipalities.load(tmp_path / "spark", spread)
    assert any(spread.folder.glob("*/elegidas-*.parquet")), "it went by way of tasks"
    assert {table: n for table, n in two_municipalities.differences(plain, other).items() if n} == {}


def test_processes_that_are_killed_change_nothing(tmp_path: Path, session, spark_folder: Path) -> None:
    """Three municipalities at real damage; a process at work is killed at random moments, its task done again."""
    write_corpus(tmp_path / "extracts", ROWS, 11)
    rows, *_ = load(tmp_path / "plain", tmp_path / "extracts", None)
    assert rows >= ROWS
    killed: list[int] = []
    done = threading.Event()
    killer = threading.Thread(target=_kill, args=(killed, done, random.Random(3)), daemon=True)
    killer.start()
    load(tmp_path / "home", tmp_path / "extracts", Spread(spark_map(spark_folder), tmp_path / "tasks"))
    done.set()
    killer.join()
    assert killed
    assert {table: n for table, n in differences(tmp_path / "plain", tmp_path / "home").items() if n} == {}


def test_a_run_reads_over_spark_where_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session) -> None:
    """The real extract by either engine's setting: the same raw; what goes over Spark is what is worth its start."""
    over: list[int] = []

    def counted(folder: Path) -> Map:
        given = spark_map(folder)

        def mapped(function, tasks, /):
            over.append(1)
            return given(function, tasks)

        return mapped

    monkeypatch.setattr(spread_map, "spark_map", counted)
    monkeypatch.setattr(spread_map, "FROM_BYTES", 0)
    monkeypatch.setattr(spread_map, "FROM_PAGES", 0)
    for engine in ("duckdb", "spark"):
        monkeypatch.setenv("AVANCE_ENGINE", engine)
        settings = get_settings({"AVANCE_HOME": str(tmp_path / engine), "AVANCE_EXTRACTS": str(EXTRACTS)})
        with open_warehouse(settings.warehouse) as con:
            loading.load_files(con, settings, lambda _: None, lambda *_: None, (), print)
            loading.read_ejercicios(con, settings, (), range(2009, 2100), anew=False)
        assert len(over) == (2 if engine == "spark" else 0)
    assert {table: n for table, n in differences(tmp_path / "duckdb", tmp_path / "spark").items() if n} == {}


def _kill(killed: list[int], done: threading.Event, rng: random.Random, most: int = 5) -> None:
    """Kill one of the processes that Spark's Python daemon has started, now and then; never the daemon."""
    while not done.is_set() and len(killed) < most:
        time.sleep(rng.uniform(0.5, 3))
        with suppress(OSError, IndexError):  # one that ends just then, or none at work
            one = rng.choice([pid for pid in started(os.getpid()) if _is_worker(pid)])
            os.kill(one, signal.SIGKILL)
            killed.append(one)


def _is_worker(pid: int) -> bool:
    """A Python process of Spark's whose parent is one, too."""
    return _is_of_spark(pid) and _is_of_spark(_parent(pid))


def _is_of_spark(pid: int) -> bool:
    return b"pyspark.daemon" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_the_folder_of_tasks_goes_where_the_load_ends_well(tmp_path: Path, session, spark_folder: Path) -> None:
    """And stays where it does not."""
    (tmp_path / "tasks").mkdir()
    with pytest.raises(RuntimeError), over_spark(spark_folder, tmp_path / "tasks"):
        raise RuntimeError
    assert (tmp_path / "tasks").is_dir()
    with over_spark(spark_folder, tmp_path / "tasks") as spread:
        assert list(spread.map(str, [2, 1])) == ["2", "1"]
        assert list(spread.map(str, [])) == []
    assert not (tmp_path / "tasks").exists()


def _ends_its_process_at_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def test_a_task_that_no_process_lives_through_is_lost_alone(session, spark_folder: Path) -> None:
    """The others have their answers, as over our own processes."""
    found = list(spark_map(spark_folder)(_ends_its_process_at_three, range(5)))
    assert [type(x) for x in found] == [int, int, int, Lost, int]


def test_an_error_of_a_task_is_raised(session, spark_folder: Path) -> None:
    """It is no lost process."""
    with pytest.raises(Exception, match="ZeroDivisionError"):
        list(spark_map(spark_folder)(lambda x: 1 / x, [1, 0]))
