"""Baseline: the reading that changes, drops or adds the fewest cells, by integer programming.

The alignment of printed cells to fields is a path through a grid (match, drop a cell, add a
field), so its relaxation is tight; each unit of cost is one cell changed, dropped or added. Sure
where a second solve proves that no other reading is as cheap. HiGHS, through ``scipy.optimize``.

Belongs here: the model and its two solves. Does not: weights by shape or layout of tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp  # type: ignore[import-untyped]
from scipy.sparse import coo_array  # type: ignore[import-untyped]

from benchmarks.baselines.cells import FIELDS, Reading, closes, number
from benchmarks.baselines.position import by_position

ALIGNED = 10  # meta, eight quarters, absoluto; the percentage is always the last cell


@dataclass(slots=True)
class Clock:
    """Seconds spent building models, solving them, and proving the optimum alone."""

    building: float = 0.0
    solving: float = 0.0
    proving: float = 0.0


@dataclass(slots=True)
class Model:
    """A growing integer program: minimise ``cost`` over columns, rows as (coefficients, low, high)."""

    cost: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def column(self, cost: float = 0.0, top: float = 1.0) -> int:
        """A new integer variable from 0 to ``top``."""
        self.cost.append(cost)
        self.top.append(top)
        return len(self.cost) - 1

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        """A new constraint."""
        self.rows.append((terms, low, high))

    def solve(self) -> OptimizeResult:
        """HiGHS's optimum."""
        entries = [(r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()]
        r, c, v = (np.array(x) for x in zip(*entries, strict=True))
        matrix = coo_array((v, (r, c)), shape=(len(self.rows), len(self.cost))).tocsr()
        limits = LinearConstraint(matrix, [x[1] for x in self.rows], [x[2] for x in self.rows])
        return milp(
            np.array(self.cost), constraints=limits, integrality=np.ones(len(self.cost)),
            bounds=Bounds(0, np.array(self.top)), options={"time_limit": 10},
        )  # fmt: skip


def fewest_changes(cells: list[str], corte: int, fuera: bool, clock: Clock, prove: bool = True) -> Reading:
    """The cheapest reading; sure where it closes and is the only one of its cost.

    Without ``prove`` the second solve is left out, and the reading is sure where it closes.
    """
    start = process_time()
    values = [number(c) for c in cells]
    largest = 10.0 * max([v for v in values if v is not None] + [10])
    model = Model()
    figures = _align(model, values[:-1], corte, fuera, largest)
    _close(model, figures, values[-1], corte, largest)
    clock.building += process_time() - start
    start = process_time()
    best = model.solve()
    clock.solving += process_time() - start
    if best.x is None:
        return Reading(by_position(cells, corte, fuera).cifras, False)
    reading = [round(best.x[f]) for f in figures]
    meta, total = reading[0], reading[9]
    found = (*reading, (200 * total + meta) // (2 * meta) if meta else 0)
    if not prove:
        return Reading(found, closes(found, corte))
    start = process_time()
    _differ(model, figures, reading, corte, largest)
    second = model.solve()
    clock.proving += process_time() - start
    alone = second.x is None or second.fun > best.fun + 0.5
    return Reading(found, alone and closes(found, corte))


def _ignored(at: int, corte: int) -> bool:
    """Whether field ``at`` is an achievement after the corte."""
    return FIELDS[at][0] == "a" and FIELDS[at][1:].isdigit() and int(FIELDS[at][1:]) > corte


def _align(model: Model, values: list[int | None], corte: int, fuera: bool, largest: float) -> list[int]:
    """The path of cells to fields; returns the columns that hold the fields' figures."""
    n = len(values)
    into: dict[tuple[int, int], dict[int, float]] = {}
    out: dict[tuple[int, int], dict[int, float]] = {}

    def arc(start: tuple[int, int], end: tuple[int, int], cost: float) -> int:
        column = model.column(cost)
        out.setdefault(start, {})[column] = 1.0
        into.setdefault(end, {})[column] = 1.0
        return column

    figures = []
    for f in range(ALIGNED):
        free = _ignored(f, corte)
        nothing = fuera and f in (1, 2)
        figure = model.column(top=0 if nothing else largest)
        change = model.column(top=largest)
        kept: dict[int, float] = {}
        same: dict[int, float] = {}
        for i in range(n + 1):
            arc((i, f), (i, f + 1), 0.0 if free or nothing else 1.0)
            if i < n:
                value = values[i]
                arc((i, f), (i + 1, f + 1), 0.0 if free else 1.0)
                if value is not None:
                    column = arc((i, f), (i + 1, f + 1), 0.0)
                    kept[column], same[column] = -float(value), largest
        model.row({figure: 1.0, change: -1.0, **kept}, 0, 0)
        model.row({change: 1.0, **same}, -np.inf, largest)
        figures.append(figure)
    for f in range(ALIGNED + 1):
        for i in range(n):
            arc((i, f), (i + 1, f), 1.0)
    for node in set(into) | set(out):
        flow = 1.0 if node == (0, 0) else -1.0 if node == (n, ALIGNED) else 0.0
        terms = dict(out.get(node, {})) | dict.fromkeys(into.get(node, {}), -1.0)
        model.row(terms, flow, flow)
    return figures


def _close(model: Model, figures: list[int], pct: int | None, corte: int, largest: float) -> None:
    """Meta, total and (unless misread, at the cost of a cell) the percentage follow from the quarters."""
    model.row({figures[0]: -1.0, **{figures[f]: 1.0 for f in (1, 3, 5, 7)}}, 0, 0)
    known = [f for f in (2, 4, 6, 8) if not _ignored(f, corte)]
    model.row({figures[9]: -1.0, **{figures[f]: 1.0 for f in known}}, 0, 0)
    model.row({figures[0]: 1.0}, 1, np.inf)
    misread = model.column(1.0)
    if pct is None:
        return
    slack = 4 * largest * (1 + pct / 100)
    model.row({figures[9]: 1.0, figures[0]: -(2 * pct - 1) / 200, misread: slack}, 0, np.inf)
    model.row({figures[9]: 1.0, figures[0]: -(2 * pct + 1) / 200, misread: -slack}, -np.inf, -1 / 200)


def _differ(model: Model, figures: list[int], reading: list[int], corte: int, largest: float) -> None:
    """Ask for a reading that differs from ``reading`` in some known figure."""
    some: dict[int, float] = {}
    for at, (figure, value) in enumerate(zip(figures, reading, strict=True)):
        if _ignored(at, corte):
            continue
        up, down = model.column(), model.column()
        model.row({figure: 1.0, up: -(2 * largest)}, value + 1 - 2 * largest, np.inf)
        model.row({figure: 1.0, down: 2 * largest}, -np.inf, value - 1 + 2 * largest)
        some[up] = some[down] = 1.0
    model.row(some, 1, np.inf)
