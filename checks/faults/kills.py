"""The table of kills: ``kill -9`` of whole loads and of the steps that write, then one more run.

Not here: how a kill is done (``whole``, ``steps``). ``kill -9`` ends the process, not the
machine: what the kernel has taken is kept. Against a power cut stand DuckDB's own log and the
flushes in ``publish``; that cannot be tried here.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator

from checks.faults import worlds
from checks.faults.table import Result
from checks.faults.whole import Kill
from checks.faults.whole import kill as whole_kill
from dagster_project.settings import RAIZ

EXPECTED = "a whole version at once; one more run: equal row by row"


def cases(full: bool) -> Iterator[Result]:
    """40 kills of whole loads and 500 of single steps; in the reduced form 3 and 20."""
    seed = int(os.environ.get("AVANCE_FAULTS_SEED") or random.SystemRandom().randrange(10**6))
    yield from steps(500 if full else 20, seed)
    yield from whole(40 if full else 3, seed, full)


def steps(kills: int, seed: int) -> Iterator[Result]:
    """Kills of raw load and publication: a row for each place, one for the random moments."""
    command = [sys.executable, "-m", "checks.faults.steps", "--kills", str(kills), "--seed", str(seed)]
    done = subprocess.run(command, cwd=RAIZ, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()[1:]]
    if done.returncode or len(lines) != kills:
        said = f"{len(lines)} kills, then: {done.stderr[-500:]}"
        yield Result(f"kills of steps, seed {seed}", "the harness", f"{kills} kills", said, False, 0.0)
    groups: dict[str, list[dict]] = defaultdict(list)
    for line in lines:
        groups[line["place"].split(".")[0] if "." in line["place"] else line["place"]].append(line)
    for module, of_it in sorted(groups.items()):
        faults = [f"{line['place']}: {line['fault']}" for line in of_it if line["fault"]]
        killed = sum(line["killed"] for line in of_it)
        places = len({line["place"] for line in of_it})
        named = (
            f"{len(of_it)} kills in {module}, {places} places"
            if "moment" not in module
            else f"{len(of_it)} kills at random moments"
        )
        again = sum(line["again"] for line in of_it)
        said = f"{killed} struck, {again} again while repairing, {len(of_it) - len(faults)} equal"
        yield Result(
            f"kills of steps, seed {seed}",
            named,
            EXPECTED,
            said + (f"; {faults[0]}" if faults else ""),
            not faults,
            sum(line["seconds"] for line in of_it),
        )


def whole(kills: int, seed: int, full: bool) -> Iterator[Result]:
    """Kills of the command: a row a stage. In the reduced form in a row at one home, then one run."""
    began, rng = time.perf_counter(), random.Random(seed)
    done: list[Kill] = []
    while left := max(0, kills - sum(kill.killed for kill in done)):
        # In the full form one in four begins from nothing.
        start = worlds.from_nothing() if full and len(done) % 4 == 3 else worlds.from_loaded()
        for kill in whole_kill(start, rng, times=1 if full else left):
            done.append(kill)
            print(f"kill {len(done)}: {kill}", file=sys.stderr, flush=True)
    table = f"kills of whole loads, seed {seed}"
    groups: dict[str, list[Kill]] = defaultdict(list)
    for kill in done:
        groups[kill.stage if kill.killed else "(ended before the kill)"].append(kill)
    for stage, of_it in groups.items():
        faults = [kill.fault for kill in of_it if kill.fault]
        empty = sum(kill.start != "a loaded home" for kill in of_it)
        said = f"{len(of_it) - len(faults)} well" + (f"; {faults[0]}" if faults else "")
        case = f"{len(of_it)} while {stage}" + (f", {empty} of them the first load of a home" if empty else "")
        yield Result(table, case, EXPECTED, said, not faults, sum(kill.seconds for kill in of_it))
    total = sum(kill.killed for kill in done)
    yield Result(
        table, "all of them", f"at least {kills} kills", f"{total} struck", total >= kills, time.perf_counter() - began
    )
