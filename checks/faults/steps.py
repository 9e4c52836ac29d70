"""Kills of the steps that write, cheaply: raw load, years and publication of a small home, no Dagster.

Belongs here: a process that imports everything once and forks one that is to die, one that
repairs and one that looks. It runs as ``python -m checks.faults.steps`` because a fork must
not inherit DuckDB's threads: this process never opens a database itself. Does not belong
here: kills of the whole command (``whole``).

dbt's part is stood in for (``stand_in``): what is killed here is ours. dbt under a kill is tried
with the whole command.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.faults import content, points, stand_in
from checks.faults.extracts import after, before
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.registry import load_registry
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.tmm_f004.reconcile.reports import Report
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.files.extracts import rebuild
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.publish.publication import publicacion_vigente
from dagster_project.warehouse.publish.versions import publish
from dagster_project.warehouse.reader import tmm_f004_reader
from dagster_project.warehouse.state.fingerprint import reader_fingerprint
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.overwritten import Read, keep_what_stood

NEVER_MISSED = frozenset(
    {"build_plan.record_build begins", "duckdb_file.write_duckdb ends", "csv_parquet.write_files ends"}
)
"""Places that the undisturbed load must pass: the record of a build, and the files of a version."""
SEEDS = RAIZ / "seeds"
CATALOGS = load_catalogs(SEEDS)
REGISTRY = load_registry(SEEDS)


@dataclass(frozen=True)
class Plan:
    """When to die: at the n-th passing of a place, or after so many seconds."""

    place: str | None
    passing: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class World:
    """The home before, the extracts of the load to be killed, what an undisturbed load makes of them."""

    base: Path
    extracts: Path
    result: Path
    places: Counter[str]
    seconds: float


def work(home: Path, extracts: Path) -> None:
    """What a run does to the warehouse, in its order, lock and transactions."""
    warehouse = home / "warehouse.duckdb"
    with writer_lock(home):
        with open_warehouse(warehouse) as con:
            loads = load_extracts(con, extracts, CATALOGS, REGISTRY)
            keep_what_stood(con, loads, Read(CATALOGS, Decisions(), REGISTRY))
            loader = YearLoader(con, CATALOGS)
            for year in loader.pending():
                loader.load(year)
            stand_in.build(con)
        publish(warehouse, home / "published", "corrida", {})


def in_child(do: Callable[[], object], seconds: float | None = None) -> tuple[int, object]:
    """Run ``do`` in a fork; kill it after ``seconds``. Returns its exit code (negative: the signal) and answer."""
    answer, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        code = 1
        try:
            said = json.dumps(do())
            with os.fdopen(write, "w") as pipe:
                pipe.write(said)
            code = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)
    os.close(write)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(answer) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said) if said else None


def prepare(folder: Path) -> World:
    """Make the home before, an undisturbed load of the extracts after, and the list of its places."""
    _warm_up()
    base, extracts, result = folder / "base", folder / "despues", folder / "tranquilo"
    before(folder / "antes")
    after(extracts)
    _must(in_child(lambda: work(base, folder / "antes")))
    shutil.copytree(base, result, symlinks=True)
    seconds = float(str(_must(in_child(lambda: _timed(lambda: work(result, extracts))))))
    # Counted on a run of its own: the hooks slow it.
    counted = folder / "contado"
    shutil.copytree(base, counted, symlinks=True)
    places = _must(in_child(lambda: _counted(counted, extracts)))
    assert isinstance(places, dict)
    assert places.keys() >= NEVER_MISSED, "a load of little change builds and publishes only what changed"
    return World(base, extracts, result, Counter(places), seconds)


def drawn(world: World, how_many: int, rng: random.Random) -> list[Plan]:
    """A passing of each place, in random order, for at most half of them where there are fewer; then random moments."""
    plans = [Plan(place, rng.randint(1, world.places[place])) for place in sorted(world.places)]
    rng.shuffle(plans)
    named = plans[: how_many // 2] if how_many < 2 * len(plans) else plans
    return named + [Plan(None, seconds=rng.uniform(0, world.seconds)) for _ in range(how_many - len(named))]


def every_passing(world: World, place: str) -> list[Plan]:
    """Every passing of one place."""
    return [Plan(place, passing) for passing in range(1, world.places[place] + 1)]


def kills(world: World, folder: Path, plans: list[Plan], rng: random.Random) -> Iterator[dict[str, object]]:
    """Kill, look, run again, compare; an object a kill."""
    for plan in plans:
        home = folder / "casa"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(world.base, home, symlinks=True)
        yield _one(world, home, plan, again=rng.random() < 0.2, rng=rng)


def _one(world: World, home: Path, plan: Plan, again: bool, rng: random.Random) -> dict[str, object]:
    began = time.perf_counter()
    code, _ = in_child(lambda: _to_die(home, world.extracts, plan), None if plan.place else plan.seconds)
    killed = code == -signal.SIGKILL
    _, fault = in_child(lambda: _look(home, world.base))
    if again and not fault:
        in_child(lambda: work(home, world.extracts), rng.uniform(0, world.seconds))
        _, fault = in_child(lambda: _look(home, world.base))
    code, _ = in_child(lambda: work(home, world.extracts))
    if code != 0:
        fault = fault or f"the run after it ended with {code}"
    else:
        _, differs = in_child(lambda: _compare(world.result, home))
        fault = fault or differs
    return {
        "place": plan.place or "a random moment",
        "killed": killed,
        "again": again,
        "fault": fault,
        "seconds": time.perf_counter() - began,
    }


def _to_die(home: Path, extracts: Path, plan: Plan) -> None:
    passed = 0

    def at(place: str) -> None:
        nonlocal passed
        if place == plan.place:
            passed += 1
            if passed == plan.passing:
                points.die()

    if plan.place:
        points.watch(at)
    work(home, extracts)


def _look(home: Path, base: Path) -> str | None:
    """What is wrong right after a kill: the published version, and every extract the warehouse says it has."""
    old = publicacion_vigente(base / "published")
    fault = content.version_fault(home, old.version if old else None)
    if fault:
        return fault
    with open_warehouse(home / "warehouse.duckdb", read_only=True) as con:
        for key, size in con.execute("select extracto_id, bytes from raw.extractos").fetchall():
            if len(rebuild(con, key)) != size:
                return f"extract {key} is in the warehouse in part"
    return None


def _compare(wanted: Path, home: Path) -> str | None:
    return (
        content.version_fault(home)
        or content.difference(content.content(wanted), content.content(home))
        or _left_behind(home)
    )


def _left_behind(home: Path) -> str | None:
    """Halves of files that nobody will ever tidy up."""
    odd = [p.name for p in (home / "published").iterdir() if p.name.startswith(".") or p.name.endswith(".nuevo")]
    return f"left behind: {', '.join(odd)}" if odd else None


def _counted(home: Path, extracts: Path) -> dict[str, int]:
    seen: Counter[str] = Counter()
    points.watch(lambda place: seen.update([place]))
    work(home, extracts)
    sys.setprofile(None)
    return dict(seen)


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _must(outcome: tuple[int, object]) -> object:
    code, said = outcome
    if code != 0:
        raise RuntimeError(f"the undisturbed load ended with {code}")
    return said


def _warm_up() -> None:
    """Compile and import what a load needs here, once, so that its forks need not."""
    import pandas  # noqa: F401

    reader_fingerprint()  # of the code as it is now, also where somebody edits it meanwhile
    reader = tmm_f004_reader()
    lines = (next(SEEDS.glob("extracts/*/*.txt"))).read_text(encoding="utf-8").split("\n")
    printed, _ = reader.parse(lines, CATALOGS, ())
    (_, form, _), *_ = reader.settle(reader.place("x", printed[:1], CATALOGS), CATALOGS.ente_supuesto, CATALOGS)
    reader.reconcile([Report("x", reader.read(form, CATALOGS))], {})


def main() -> int:
    """Do the kills asked for in a temporary folder and print an object a line."""
    parser = argparse.ArgumentParser(prog="python -m checks.faults.steps")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--only", help="die at each passing of this place, and nowhere else")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="avance-kills-") as folder:
        world = prepare(Path(folder))
        print(json.dumps({"places": len(world.places), "seconds": world.seconds}), flush=True)
        rng = random.Random(asked.seed)
        plans = every_passing(world, asked.only) if asked.only else drawn(world, asked.kills, rng)
        for done in kills(world, Path(folder), plans, rng):
            print(json.dumps(done), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
