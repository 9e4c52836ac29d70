"""How long a load takes, stage by stage, against a bare ``dbt build`` of the same models.

Pairs are run side by side, one after the other, each on an empty home: first ``avance run``,
then ``dbt build`` on the raw tables that run left, with an empty target folder. Prints the
ratio of each pair in wall and in processor time, their medians, and the median seconds of each
stage; exit code 1 where the median ratio of wall times is above the budget. On a machine that
others use too, the processor's ratio is the one to believe. Not here: accuracy, and speed of the reader alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb

from dagster_project.settings import RAIZ

BUDGET = 3.0
"""How many times a bare ``dbt build`` the whole load may take."""

BIN = Path(sys.executable).parent


def main() -> int:
    """Run the pairs and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    pairs = parser.parse_args().pairs
    ratios: list[tuple[float, float]] = []
    stages: dict[str, list[float]] = {}
    for number in range(1, pairs + 1):
        with tempfile.TemporaryDirectory(prefix="avance-bench-") as folder:
            home = Path(folder) / "home"
            load, used = _timed([str(BIN / "avance"), "run"], {"AVANCE_HOME": str(home)})
            for name, seconds in json.loads((home / "confirmed.json").read_text())["seconds"].items():
                stages.setdefault(name, []).append(seconds)
            bare, used_bare = _bare_build(home)
        ratios.append((load / bare, used / used_bare))
        stages.setdefault("whole command", []).append(load)
        stages.setdefault("bare dbt build", []).append(bare)
        print(
            f"pair {number}: avance run {load:.1f} s ({used:.1f} of processor), dbt build {bare:.1f} s "
            f"({used_bare:.1f}), ratio {ratios[-1][0]:.2f} ({ratios[-1][1]:.2f})",
            flush=True,
        )
    wall, processor = (median(column) for column in zip(*ratios, strict=True))
    print(f"\nmedian ratio {wall:.2f} (budget {BUDGET:.1f}), of processor time {processor:.2f}; median seconds:")
    for name, seconds in stages.items():
        print(f"  {name:<20}{median(seconds):6.1f}")
    return 0 if wall <= BUDGET else 1


def _bare_build(home: Path) -> tuple[float, float]:
    """Wall and processor seconds of ``dbt build`` from nothing but the raw tables."""
    warehouse = home.parent / "bare.duckdb"
    shutil.copy2(home / "warehouse.duckdb", warehouse)
    with duckdb.connect(str(warehouse)) as con:
        for schema in ("marts", "intermediate", "staging", "referencia"):
            con.execute(f"drop schema if exists {schema} cascade")
    project = ["--project-dir", str(RAIZ / "dbt"), "--profiles-dir", str(RAIZ / "dbt")]
    target = ["--target-path", str(home.parent / "target"), "--log-path", str(home.parent / "logs")]
    return _timed(
        [str(BIN / "dbt"), "build", *project, *target, "--exclude", "resource_type:unit_test"],
        {"AVANCE_WAREHOUSE": str(warehouse)},
    )


def _timed(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Seconds of a command from start to end as its caller waits for it, and of processor (user and system)."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:2])} failed:\n{done.stdout}{done.stderr}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
