"""``python -m checks.years``: three years of deliveries through the live sensor, against one clean load of it all.

Exit 1 where a row of a mart differs, a delivery is answered by no run or by more than one, or a run failed. Not here:
what is delivered (``deliveries``), the home (``served``).
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from checks.faults.command import environment
from checks.faults.content import difference, published_content
from checks.years.deliveries import YEARS, Delivery, deliveries
from checks.years.served import Served, served


def main() -> int:
    """Run it and print a table."""
    parser = argparse.ArgumentParser(prog="python -m checks.years", description=__doc__)
    parser.add_argument("--years", type=int, default=len(YEARS), help="how many, from the first")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--without-pdf", action="store_true", help="workbooks in their place, where no browser prints")
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory(prefix="avance-years-") as name:
        coming = deliveries(asked.seed, YEARS[: asked.years], with_pdf=not asked.without_pdf)
        faults = simulate(Path(name), coming, console)
    for fault in faults:
        console.print(f"[bold red]NOT OK[/] {fault}", highlight=False)
    console.print("the marts are those of one clean load" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


def simulate(folder: Path, coming: Iterable[Delivery], console: Console) -> list[str]:
    """Deliver everything to a served home, then load it all once elsewhere; what was wrong, a sentence each."""
    home, extracts, seeds = folder / "home", folder / "extracts", folder / "seeds"
    extracts.mkdir()
    avance(environment(home, extracts, AVANCE_SEEDS=str(seeds)), "init")
    (home / "inbox").mkdir(parents=True, mode=0o700)
    home.chmod(0o700)
    table, faults = Table("delivery", "runs", "seconds", "of them at work", "home, MB"), list[str]()
    with served(home, extracts, seeds) as place:
        for delivery in coming:
            _hand_in(place, delivery, table, faults)
    console.print(table)
    clean = folder / "clean"
    (clean / "inbox").mkdir(parents=True, mode=0o700)
    clean.chmod(0o700)
    for file in sorted((home / "inbox").iterdir()):
        (clean / "inbox" / file.name).write_bytes(file.read_bytes())
    avance(environment(clean, extracts, AVANCE_SEEDS=str(seeds)), "run")
    if said := difference(published_content(clean), published_content(home)):
        faults.append(said)
    return faults


def _hand_in(place: Served, delivery: Delivery, table: Table, faults: list[str]) -> None:
    for words in delivery.says:
        avance(place.env, *words)
    known, began = len(place.runs()), time.perf_counter()
    for name, content in delivery.files.items():
        half = place.home / f".{name}"
        half.write_bytes(content)
        half.replace(place.home / "inbox" / name)
    try:
        runs = place.await_run(known)
    except TimeoutError as error:
        faults.append(f"{delivery.name}: {error}")
        return
    if [run["status"] for run in runs] != ["SUCCESS"]:
        faults.append(f"{delivery.name}: runs that ended with {', '.join(run['status'] for run in runs)}")
    at_work = sum(run["endTime"] - run["startTime"] for run in runs if run["startTime"])
    size = sum(file.stat().st_size for file in place.home.rglob("*") if file.is_file()) / 1e6
    took = time.perf_counter() - began
    table.add_row(delivery.name, str(len(runs)), f"{took:.0f}", f"{at_work:.0f}", f"{size:.0f}")


def avance(env: dict[str, str], *words: str) -> None:
    """Type a command.

    Raises:
        RuntimeError: it did not end well.
    """
    done = subprocess.run(
        [sys.executable, "-m", "dagster_project.cli", *words], env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"avance {' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


if __name__ == "__main__":
    raise SystemExit(main())
