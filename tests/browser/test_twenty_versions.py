"""Twenty versions come while people look: a page, the desk, a session on DuckDB and one on PostgreSQL go on.

Each says what it was told and when it had asked. What it was told belongs whole to one version, never to one before
the last that it saw, and to the newest that was there when it asked. Not here: a hundred versions, and clients of other
versions of DuckDB (``checks.faults.readers``).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import psycopg
import pytest

from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.postgres import copy_version
from dagster_project.warehouse.publish.versions import publish
from tests.browser.conftest import served
from tests.support.postgres import served as postgres

pytestmark = pytest.mark.long

VERSIONS = 20
PAUSE = 0.3
"""Seconds between two questions of a reader: five that never rest would leave the load no core."""

MARK = re.compile(r"marca (\d+)\.")
MARKED = ("dim_unidad.unidad_nombre", "bi_avance.unidad_nombre", "dim_accion.accion_descripcion",
          "bi_avance.accion_descripcion")  # fmt: skip
"""Columns that say which version they are of; pages, desk and questions show them from several tables."""

ASKED = " union ".join(
    f"select {column} from {{0}}marts.{table} where {column} like 'marca%'"
    for table, column in (name.split(".") for name in MARKED)
)
SESSION = f"""
import duckdb, json, sys, time
from pathlib import Path
how, published, stop = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
con = duckdb.connect(str(published / "avance.duckdb"), read_only=True) if how == "held" else duckdb.connect()
while not stop.exists():
    began = time.monotonic()
    if how == "session":
        con.execute(f"attach '{{published}}/avance.duckdb' as avance (read_only)")
    found = con.execute({ASKED!r}.format("avance." if how == "session" else "")).fetchall()
    if how == "session":
        con.execute("detach avance")
    print(json.dumps([began, [mark for (mark,) in found]]), flush=True)
    time.sleep(float(sys.argv[4]))
"""


@dataclass
class Reader:
    """Asks again and again in a thread; ``told`` holds when it asked and which versions the answer was of."""

    ask: Callable[[], str]
    told: list[tuple[float, set[int]]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go_on(self, ended: threading.Event) -> None:
        while not ended.is_set():
            began = time.monotonic()
            try:
                self.told.append((began, marks(self.ask())))
            except Exception as error:  # whatever it is, it is what a person would have seen
                self.errors.append(f"{type(error).__name__}: {error}")
            time.sleep(PAUSE)


@contextmanager
def asking(readers: Collection[Reader]) -> Iterator[None]:
    """While the block runs, and two seconds before, the readers ask, each in a thread."""
    ended = threading.Event()
    threads = [threading.Thread(target=reader.go_on, args=(ended,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        time.sleep(2)
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(120)


def marks(text: str) -> set[int]:
    return set(map(int, MARK.findall(text)))


def bring(home: Path, url: str, number: int) -> float:
    """A version whose names say which it is, here and in the database; when that was done."""
    with writer_lock(home, wait=60):
        with duckdb.connect(str(home / "warehouse.duckdb")) as con:
            for table, column in (name.split(".") for name in MARKED):
                con.execute(f"update marts.{table} set {column} = 'marca {number}.' where {column} is not null")
        version = publish(home / "warehouse.duckdb", home / "published", "corrida", {})
        assert version.nueva
        copy_version(url, version, home / "published", home / "tmp")
    return time.monotonic()


@contextmanager
def sessions(published: Path, stop: Path) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Programs that ask DuckDB: one that opens the version anew for each question, one that keeps what it opened."""
    started = {}
    for how in ("session", "held"):
        with (stop.parent / f"{how}.jsonl").open("w") as out:
            command = [sys.executable, "-c", SESSION, how, str(published), str(stop), str(PAUSE)]
            started[how] = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True)
    try:
        yield started
    finally:
        stop.touch()
        for process in started.values():
            process.wait(60)


def judge(told: list[tuple[float, set[int]]], done: list[float]) -> list[int]:
    """The versions that a reader saw, in order: each whole, none before the last, the newest when it asked."""
    shown = []
    for began, found in told:
        assert len(found) == 1, f"an answer of versions {found}"
        (version,) = found
        assert version >= sum(at <= began for at in done) - 1, "an answer of a version that was replaced before"
        shown.append(version)
    assert shown == sorted(shown)
    return list(dict.fromkeys(shown))


def test_who_looks_goes_on_while_twenty_versions_come(casa, browser, tmp_path) -> None:
    home, published, stop = casa.home, casa.home / "published", tmp_path / "stop"
    # A socket's path may have 107 signs: pytest's folder is too deep.
    with tempfile.TemporaryDirectory(prefix="pg") as short, postgres(Path(short) / "d") as url:
        done = [bring(home, url, 0)]
        with served(casa) as ui, sessions(published, stop) as programs, psycopg.connect(url, autocommit=True) as con:

            def page() -> str:
                """The first page, and by its link the page of a unit."""
                browser.get(f"{ui}/publicado/sitio/")
                first = browser.page_source
                browser.find_element("partial link text", "54201").click()
                unit = browser.page_source
                assert len(marks(unit)) == 1, "a unit's page of two versions"
                return first

            def desk() -> str:
                with urllib.request.urlopen(f"{ui}/mesa/", timeout=60) as answer:
                    queue = answer.read().decode()
                item = re.search(r'href="(/mesa/asunto/[^"]+)"', queue)
                assert item, queue
                with urllib.request.urlopen(f"{ui}{item[1]}", timeout=60) as answer:
                    assert len(marks(answer.read().decode())) == 1
                return queue

            def database() -> str:
                return str(con.execute(ASKED.format("").encode()).fetchall())

            readers = {"page": Reader(page), "desk": Reader(desk), "postgres": Reader(database)}
            with asking(readers.values()):
                done += [bring(home, url, number) for number in range(1, VERSIONS + 1)]
                time.sleep(5)  # whoever was asking then asks once more
            assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    assert {name: reader.errors for name, reader in readers.items()} == {name: [] for name in readers}
    assert {how: (program.returncode, program.stderr.read()) for how, program in programs.items()} == {
        "session": (0, ""), "held": (0, ""),
    }  # fmt: skip
    told = {name: reader.told for name, reader in readers.items()}
    for how in programs:
        lines = map(json.loads, (tmp_path / f"{how}.jsonl").read_text().splitlines())
        told[how] = [(began, marks(str(found))) for began, found in lines]
    held = told.pop("held")
    assert {frozenset(found) for _, found in held} == {frozenset({0})}, "who keeps a version open keeps it, whole"
    shown = {name: judge(answers, done) for name, answers in told.items()}
    assert {name: seen[-1] for name, seen in shown.items()} == dict.fromkeys(shown, VERSIONS)
    assert min(len(seen) for seen in shown.values()) > VERSIONS // 4
