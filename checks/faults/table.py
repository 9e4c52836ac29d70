"""A row of the fault tables, and the tables themselves as text.

Every module of this package offers ``cases(full: bool) -> Iterator[Result]``: it does each
harm to the product, looks at what became of it, and yields a row. Not here: any harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table


@dataclass(frozen=True)
class Result:
    """One harm done: what should have come of it, what did, whether that is well, how long it took."""

    table: str
    """The table it stands in, such as ``kills``."""
    case: str
    expected: str
    observed: str
    ok: bool
    seconds: float


def show(console: Console, results: Iterable[Result]) -> None:
    """Print results as one aligned table for each ``table`` they name, in the order they came."""
    by_table: dict[str, list[Result]] = {}
    for result in results:
        by_table.setdefault(result.table, []).append(result)
    for name, rows in by_table.items():
        table = Table("case", "expected", "observed", "", title=name, title_justify="left", box=SIMPLE)
        table.add_column("seconds", justify="right")
        for row in rows:
            word = "[green]ok[/]" if row.ok else "[bold red]NOT OK[/]"
            table.add_row(escape(row.case), escape(row.expected), escape(row.observed), word, f"{row.seconds:.1f}")
        console.print(table, highlight=False)


def verdict(results: list[Result]) -> str:
    """The last line: what held over all results, or how many did not."""
    bad = [r for r in results if not r.ok]
    if not results:
        return "nothing was tried"
    if bad:
        return f"{len(bad)} of {len(results)} cases NOT OK: " + ", ".join(f"{r.table}/{r.case}" for r in bad)
    return f"{len(results)} cases: zero rows lost, zero partial publishes, zero unhandled exceptions"
