"""``make faults``: every harm that the product must survive, done to it; a table each, exit 1 if any was not survived.

Not here: the harms. ``--quick`` is the form for continuous integration, ``--only`` names modules.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from checks.faults import backups, damages, documents, gate, homes, hostile, kills, writers
from checks.faults.table import Result, show, verdict
from dagster_project.settings import RAIZ

MODULES = {
    "kills": kills, "writers": writers, "homes": homes, "backups": backups,
    "damages": damages, "gate": gate, "hostile": hostile, "documents": documents,
}  # fmt: skip
AT_ONCE = (("kills", "writers", "homes", "backups", "damages"), ("gate", "hostile", "documents"))
"""In the reduced form two processes share the machine; those of one begin from the same loaded home."""


def main() -> int:
    """Run the modules asked for and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m checks.faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the reduced form, for continuous integration")
    parser.add_argument("--only", action="append", choices=MODULES, help="this module alone; may be repeated")
    parser.add_argument("--lines", action="store_true", help="an object of JSON a case, in place of tables")
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 200)
    began, results = time.perf_counter(), list[Result]()
    parts = _at_once() if asked.quick and not asked.only else _in_turn(asked.only or MODULES, full=not asked.quick)
    for done in parts:
        results += done
        if asked.lines:
            print(*(json.dumps(asdict(result)) for result in done), sep="\n", flush=True)
        else:
            show(console, done)
    if not asked.lines:
        console.print(f"{verdict(results)} ({time.perf_counter() - began:.0f} s)")
    return 0 if results and all(r.ok for r in results) else 1


def _in_turn(names: Sequence[str], full: bool) -> Iterator[list[Result]]:
    """The results of each module; one that fails itself becomes a row that is not ok."""
    for name in names:
        began, done = time.perf_counter(), list[Result]()
        try:
            done.extend(MODULES[name].cases(full))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            done.append(_not_tried(name, said, began))
        yield done


def _at_once() -> Iterator[list[Result]]:
    """The reduced form of every module, a process for each of ``AT_ONCE``; the results of each in order."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="avance-quick-") as made:
        children = []
        for names in AT_ONCE:
            chosen = [word for name in names for word in ("--only", name)]
            command = [sys.executable, "-m", "checks.faults", "--quick", "--lines", *chosen]
            lines = Path(made) / names[0]
            with lines.open("w") as out:
                children.append((names, lines, subprocess.Popen(command, cwd=RAIZ, stdout=out)))
        for names, lines, child in children:
            code = child.wait()
            done = [Result(**json.loads(line)) for line in lines.read_text().splitlines()]
            if code != (0 if done and all(r.ok for r in done) else 1):
                done.append(_not_tried(", ".join(names), f"ended with {code} after {len(done)} cases", began))
            yield done


def _not_tried(name: str, said: str, began: float) -> Result:
    return Result(name, "the module itself", "every case is tried", said, False, time.perf_counter() - began)


if __name__ == "__main__":
    raise SystemExit(main())
