"""``make faults``: every harm that the product must survive, done to it; a table each, exit 1 if any was not survived.

Not here: the harms. ``--quick`` is the form for continuous integration, ``--only`` names modules.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from rich.console import Console

from tests.faults import gate, homes, hostile, kills, writers
from tests.faults.table import Result, show, verdict

MODULES = {"kills": kills, "writers": writers, "homes": homes, "gate": gate, "hostile": hostile}


def main() -> int:
    """Run the modules asked for and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the reduced form, for continuous integration")
    parser.add_argument("--only", action="append", choices=MODULES, help="this module alone; may be repeated")
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 200)
    results: list[Result] = []
    for name in asked.only or MODULES:
        done = list(_run(name, full=not asked.quick))
        show(console, done)
        results += done
    console.print(verdict(results))
    return 0 if results and all(r.ok for r in results) else 1


def _run(name: str, full: bool) -> Iterator[Result]:
    """The results of a module; one that fails itself becomes a row that is not ok."""
    began = time.perf_counter()
    try:
        yield from MODULES[name].cases(full)
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        yield Result(name, "the module itself", "every case is tried", said, False, time.perf_counter() - began)


if __name__ == "__main__":
    raise SystemExit(main())
