"""The table of writers at once: two commands, a command beside a run of Dagster's, many small writers; and of readers.

Not here: the readers themselves (``readers``), and processes that die (``kills``).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from checks.faults import content, readers, worlds
from checks.faults.command import Command, run
from checks.faults.table import Result
from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.lock_holder import LOCK_NAME

TABLE = "writers at once"

ADD = """
import sys
from pathlib import Path
from dagster_project.warehouse.db.connection import open_warehouse, transaction
for _ in range(int(sys.argv[2])):
    with open_warehouse(Path(sys.argv[1]) / "warehouse.duckdb", wait=120) as con, transaction(con):
        con.execute("create table if not exists raw.cuenta (n integer)")
        n = con.execute("select coalesce(max(n), 0) from raw.cuenta").fetchone()[0]
        con.execute("insert into raw.cuenta values (?)", [n + 1])
"""


def cases(full: bool) -> Iterator[Result]:
    """Every pair of writers, and readers through a hundred publications (ten in the reduced form)."""
    yield _timed("four processes, each opening the warehouse again and again", "every addition there", additions)
    yield _timed("two avance run", "the second refuses, naming the first; the first ends well", _two_commands)
    if full:
        yield _timed(
            "avance run beside a backfill of ten years in one run of Dagster's",
            "refuses, naming the run; the run ends well",
            _beside_a_run,
        )
        yield _timed(
            "a run of Dagster's beside avance run", "waits; both end well, one after the other", _run_beside_command
        )
        yield _timed("the home removed under a run, and another run in its place", "the first stops", _replaced)
    clients = [*readers.this_client(), *(readers.other_clients() if full else ())]
    yield from readers.cases(100 if full else 10, clients)


def _timed(case: str, expected: str, do: Callable[[], tuple[bool, str]]) -> Result:
    began = time.perf_counter()
    well, observed = do()
    return Result(TABLE, case, expected, observed, well, time.perf_counter() - began)


def additions(processes: int = 4, times: int = 10) -> tuple[bool, str]:
    """Processes that each add one to a counter so many times, opening the warehouse anew each time."""
    with tempfile.TemporaryDirectory(prefix="avance-writers-") as folder:
        command = [sys.executable, "-c", ADD, f"{folder}/home", str(times)]
        writers = [subprocess.Popen(command, cwd=RAIZ) for _ in range(processes)]
        codes = [writer.wait(300) for writer in writers]
        (rows,) = content.warehouse_content(Path(folder) / "home")["raw.cuenta"][-1]
        return not any(codes) and rows == processes * times, f"{rows} additions of {processes * times}"


def _two_commands() -> tuple[bool, str]:
    start = worlds.from_loaded()
    home = worlds.copy("dos", start.home)
    first = Command(home, worlds.extracts(), log=worlds.folder() / "primera.log", cold=True)
    first.wait_until(lambda said: "loading Dagster" in said)
    second = run(home, worlds.extracts(), cold=True)
    named = f"process {first.process.pid} on" in second.said and "(avance run), since 20" in second.said
    ended = first.end()
    wrong = content.difference(start.wanted, content.content(home)) if ended.code == 0 else "the first failed"
    said = f"second: exit {second.code} in {second.seconds:.1f} s, {'names the first' if named else second.said[-300:]}"
    return second.code == 2 and named and not wrong, f"{said}; first: {wrong or 'as if alone'}"


def _job(home: Path, name: str) -> Command:
    """The job in a process of its own, as the daemon runs it."""
    config = home / "dagster" / "dagster.yaml"
    assert config.is_file()
    return Command(
        home,
        worlds.extracts(),
        *(str(Path(sys.executable).parent / "dagster"), "job", "execute", "-m", "dagster_project.definitions"),
        *("-j", "carga"),
        log=worlds.folder() / f"{name}.log",
        env={"DAGSTER_HOME": str(home / "dagster"), "PYTHONPATH": str(RAIZ)},
    )


def _beside_a_run() -> tuple[bool, str]:
    start = worlds.from_loaded()
    home = worlds.copy("dos", start.home)
    job = _job(home, "corrida")
    lock = home / LOCK_NAME
    if not job.wait_until(lambda _: f'"pid": {job.process.pid},' in lock.read_text()):
        return False, f"the run did not start: {job.end().said[-300:]}"
    second = run(home, worlds.extracts())
    named = re.search(rf"process {job.process.pid} on \S+ \(run \S+ of Dagster\), since 20", second.said)
    ended = job.end()
    wrong = content.difference(start.wanted, content.content(home)) if ended.code == 0 else ended.said[-300:]
    said = f"avance run: exit {second.code}, {'names the run' if named else second.said[-300:]}"
    return second.code == 2 and bool(named) and not wrong, f"{said}; the run: {wrong or 'as if alone'}"


def _run_beside_command() -> tuple[bool, str]:
    start = worlds.from_loaded()
    home = worlds.copy("dos", start.home)
    first = Command(home, worlds.extracts(), log=worlds.folder() / "primera.log")
    first.wait_until(lambda said: "loading Dagster" in said)
    job = _job(home, "corrida")
    one, other = first.end(), job.end()
    wrong = content.difference(start.wanted, content.content(home))
    said = f"avance run: exit {one.code}; the run: exit {other.code}; {wrong or 'equal row by row'}"
    return one.code == other.code == 0 and not wrong, said


def _replaced() -> tuple[bool, str]:
    start = worlds.from_nothing()
    home = worlds.copy("dos", worlds.loaded())
    first = Command(home, worlds.extracts(), "run", "--force", log=worlds.folder() / "primera.log")
    first.wait_until(lambda said: "building and testing" in said)
    # Until it is gone: a file that the first makes while the folder is being emptied keeps the folder (2 of 9 times on
    # a busy machine), and that is no home removed yet: the second refuses, naming the file, until the first has ended.
    while home.exists():
        shutil.rmtree(home, ignore_errors=True)
    second = run(home, worlds.extracts())
    ended = first.end()
    wrong = content.difference(start.wanted, content.content(home)) if second.code == 0 else second.said[-300:]
    named = "was removed or replaced" in ended.said
    said = f"first: exit {ended.code}, {'says why' if named else ended.said[-400:]}; second: {wrong or 'as if alone'}"
    return ended.code != 0 and named and ended.clean and not wrong, said
