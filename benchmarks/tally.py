"""Counting verdicts: by kind of damage, by table, and along the margin.

Belongs here: counters and the tables they print. Does not: verdicts, or running a reader.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from benchmarks.intervals import share_text
from benchmarks.scoring import Row, Verdict, cheapest, judge, judge_header, kind_of, same_figures

THRESHOLDS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(slots=True)
class Tally:
    """What a reader made of a set of rows."""

    by_kind: dict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    by_page: dict[tuple[int, int], Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    headers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    numbers: Counter[str] = field(default_factory=Counter)
    by_layout: dict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    margins: list[tuple[float, bool, bool]] = field(default_factory=list)
    wrong: list[tuple[Row, Row]] = field(default_factory=list)
    rows: int = 0

    def add(self, extract: int, truth: Row, read: Row | None) -> None:
        """Count one row."""
        verdict = judge(truth, read)
        self.rows += 1
        self.by_kind[kind_of(truth)][verdict] += 1
        for choice in truth["disposicion"]:
            self.by_layout[choice][verdict] += 1
        page = (extract, truth["formato"])
        if page not in self.by_page and read is not None:
            for what in ("unidad", "corte"):
                self.headers[what][judge_header(truth, read, what)] += 1
        self.by_page[page][verdict] += 1
        if read is None:
            return
        if verdict is Verdict.WRONG:
            self.wrong.append((truth, read))
        self._number(truth, read)
        self._margin(truth, read)

    def _number(self, truth: Row, read: Row) -> None:
        how = "inferred" if read["accion_inferida"] else "printed"
        verdict = "right" if read["accion"] == truth["accion"] else "wrong"
        self.numbers["left blank" if read["accion"] is None else f"{how} {verdict}"] += 1

    def _margin(self, truth: Row, read: Row) -> None:
        """Keep the margin of the row's cheapest reading, whether it is right, and whether it was flagged."""
        margin = float("inf") if read["margen"] is None else float(read["margen"])
        if read["estado"] != "dudosa":
            right = same_figures(truth, read)
            if right or read["corte_estado"] != "dudosa":
                self.margins.append((margin, right, False))
        elif (best := cheapest(read)) is not None and read["margen"] is not None:
            self.margins.append((margin, same_figures(truth, best, with_pct=False), True))

    @property
    def total(self) -> Counter[Verdict]:
        """Verdicts over all kinds."""
        out: Counter[Verdict] = Counter()
        for counts in self.by_kind.values():
            out.update(counts)
        return out

    def groups(self, verdict: Verdict) -> list[tuple[int, int]]:
        """(rows with the verdict, rows) of each page: what the design effect is computed from."""
        return [(c[verdict], c.total()) for c in self.by_page.values()]

    @property
    def shipped_margin(self) -> float:
        """The smallest margin the reader was sure with: what is flagged above it has another reason."""
        return min((m for m, _, flagged in self.margins if not flagged), default=float("inf"))

    def curve(self) -> list[tuple[float, float, float]]:
        """(threshold, share flagged or missing, share wrong and sure) as the margin asked for rises.

        Below the shipped margin, rows flagged for their margin alone come back with their
        cheapest reading; rows flagged for another reason stay flagged at any margin.
        """
        shipped = self.shipped_margin
        candidates = [(m, right) for m, right, flagged in self.margins if not flagged or m < shipped]
        out = []
        for threshold in THRESHOLDS:
            taken = [right for margin, right in candidates if margin >= threshold]
            out.append((threshold, 1 - len(taken) / self.rows, taken.count(False) / self.rows))
        return out


def show(console: Console, name: str, tally: Tally) -> None:
    """Print verdicts by kind of damage, their intervals, headers, numbers and the curve."""
    table = Table(title=f"{name}: {tally.rows:,} rows, {len(tally.by_page):,} pages")
    for column in ("damage", "rows", *Verdict):
        table.add_column(str(column), justify="left" if column == "damage" else "right")
    for kind, counts in sorted(tally.by_kind.items(), key=lambda kc: -kc[1].total()):
        n = counts.total()
        table.add_row(kind, f"{n}", *(share_text(counts[v], n) for v in Verdict))
    table.add_section()
    total = tally.total
    table.add_row("all", f"{tally.rows}", *(share_text(total[v], tally.rows) for v in Verdict))
    clustered = (share_text(total[v], tally.rows, tally.groups(v)) for v in Verdict)
    table.add_row("all, tables as units", f"{tally.rows}", *clustered)
    console.print(table)
    for what, pages in tally.headers.items():
        n = pages.total()
        parts = ", ".join(f"{k} {share_text(pages[k], n)}" for k in ("right", "flagged", "wrong"))
        console.print(f"{what} of a page: {parts}")
    console.print(f"action numbers: {dict(tally.numbers)}")
    layouts = Table(title="by choice of the table")
    for column in ("choice", "rows", *Verdict):
        layouts.add_column(str(column), justify="left" if column == "choice" else "right")
    for choice, counts in sorted(tally.by_layout.items()):
        n = counts.total()
        layouts.add_row(choice, f"{n}", *(f"{100 * counts[v] / n:.2f} %" for v in Verdict))
    console.print(layouts)
    curve = Table(title=f"risk and coverage by margin (smallest margin shipped: {tally.shipped_margin:.2f})")
    for column in ("margin ≥", "flagged", "wrong and sure"):
        curve.add_column(column, justify="right")
    for threshold, flagged, wrong in tally.curve():
        curve.add_row(f"{threshold:.1f}", f"{100 * flagged:.2f} %", f"{100 * wrong:.3f} %")
    console.print(curve)
