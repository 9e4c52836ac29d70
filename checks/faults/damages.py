"""The table of damaged homes: warehouse, Dagster's records and configuration, a log of another state, short memory.

Each is said in one sentence with what to do, leaves the published version whole, and once that is done one more run
makes it good. Not here: damage of the published version (``gate_runs``), disks and rights (``homes``).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from checks.faults import content, worlds
from checks.faults.command import AVANCE, Command
from checks.faults.homes import Harm, harmed
from checks.faults.table import Result

TABLE = "damaged homes"

Damage = Callable[[Path], Path]
"""Damages something in a home; gives what its sentence says to move away."""


def cases(full: bool) -> Iterator[Result]:
    """Every damage, each repaired as it is said; in the reduced form the last, then the limits of memory."""
    for case, words, damage, is_lost in DAMAGES if full else DAMAGES[-1:]:
        home = worlds.copy("casa", worlds.loaded())
        yield replace(harmed(case, words, home, _moved_away(damage)), table=TABLE)
        began = time.perf_counter()
        # Of a warehouse that is gone nothing is known of earlier bytes: all is as on a first load.
        fault = worlds.repaired(home, worlds.from_nothing() if is_lost else worlds.from_loaded())
        seconds = time.perf_counter() - began
        yield Result(TABLE, f"the run after: {case}", "equal row by row", fault or "equal", not fault, seconds)
    for mib in (1500, 2100, 2200) if full else (1500,):  # at 2,300 the load ends well
        yield short_memory(mib)


def short_memory(mib: int) -> Result:
    """Less address space than a load takes: an end in words within minutes, no spin, and a whole version."""
    home, began = worlds.copy("casa", worlds.loaded()), time.perf_counter()
    shell = f"ulimit -v {mib * 1024}; exec {AVANCE} run --force"
    command = Command(home, worlds.extracts(), "/bin/sh", "-c", shell, log=worlds.folder() / "harmed.log")
    ended = command.end(timeout=300.0)
    fault = content.version_fault(home, worlds.version(worlds.loaded()))
    words = ("did not suffice", "of address space")
    in_words = ended.code in (1, 2) and any(word in " ".join(ended.said.split()) for word in words)
    well = (ended.code == 0 or in_words) and not fault
    said = f"exit {ended.code}, {fault or 'a whole version'}" + ("" if well else f": {ended.said[-500:]}")
    expected = "exit 0, or 1 or 2 in words; a whole version"
    return Result(TABLE, f"{mib} MiB of address space", expected, said, well, time.perf_counter() - began)


def _moved_away(damage: Damage) -> Harm:
    @contextmanager
    def harm(home: Path) -> Iterator[dict[str, int]]:
        away = damage(home)
        yield {}
        away.rename(home.with_name(f"aparte-{time.monotonic_ns()}"))

    return harm


def _flip(path: Path, start: int, step: int) -> None:
    data = bytearray(path.read_bytes())
    for place in range(start, len(data), step):
        data[place] ^= 255
    path.write_bytes(data)


def _blocks(home: Path) -> Path:
    _flip(home / "warehouse.duckdb", 3 * 4096, 500)
    return home / "warehouse.duckdb"


def _cut(home: Path) -> Path:
    os.truncate(home / "warehouse.duckdb", 100_000)
    return home / "warehouse.duckdb"


def _older_beside_a_log(home: Path) -> Path:
    """An older copy of the warehouse put back beside the log of a newer state."""
    file, log = home / "warehouse.duckdb", home / "warehouse.duckdb.wal"
    old, kept = home.with_name("vieja"), home.with_name("bitacora")
    shutil.copy2(file, old)
    with duckdb.connect(str(file)) as con:
        con.execute("create table raw.suelta as select 1 as a; checkpoint; insert into raw.suelta values (2)")
        shutil.copy2(log, kept)
    shutil.move(old, file)
    shutil.move(kept, log)
    return log


def _records(name: str) -> Damage:
    def harm(home: Path) -> Path:
        _flip(home / "dagster" / name, 0, 100)
        return home / "dagster" / Path(name).parts[0]

    return harm


def _configuration(home: Path) -> Path:
    (home / "dagster" / "dagster.yaml").write_text("concurrency: [1\n")
    return home / "dagster" / "dagster.yaml"


DAMAGES = (
    ("blocks of the warehouse flipped", "is damaged", _blocks, True),
    ("the warehouse cut short", "is damaged", _cut, True),
    ("an older warehouse beside a newer log", "of another state", _older_beside_a_log, False),
    ("Dagster's runs.db flipped", "are damaged", _records("history/runs.db"), False),
    ("Dagster's index of events flipped", "are damaged", _records("history/runs/index.db"), False),
    ("Dagster's schedules.db flipped", "are damaged", _records("schedules/schedules.db"), False),
    ("dagster.yaml that is no YAML", "cannot be used", _configuration, False),
)
"""What it goes by, what must be said, the damage, and whether the warehouse is lost with it."""
