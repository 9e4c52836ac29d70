"""The model of damage (docs/form.md) as data: what may happen to a printed row, and what each step costs.

A cost is minus the natural logarithm of how often the step happens to one place of a row:
about one in a hundred cells is misread (4.6), one in 150 is printed twice or lost (5.0),
rarer things cost more. The orders of magnitude are those of OCR on printed tables; they
are not fitted to any extract, and readings are accepted by margin, not by cost alone.
Nothing here searches; the compiled search receives these numbers as arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dagster_project.tmm_f004.search.jit import compiled


@dataclass(frozen=True, slots=True)
class Damage:
    """One operation: its name in ``operaciones``, its cost in nats, and why it costs that."""

    operation: str
    cost: float
    reason: str


OPERATIONS = (
    Damage("celda_repetida", 5.0, "OCR sets one cell twice where a column line is doubled"),
    Damage(
        "tramo_repetido", 5.5, "a run of two to four cells (a pair P, A, two pairs) is set again: rarer than one cell"
    ),
    Damage("celda_perdida", 5.0, "a printed figure is dropped with its cell"),
    Damage("cero_por_cifra", 6.0, "a 0 or a blank where a figure was: the cell stayed, its digits were lost"),
    Damage("digito_mal_leido", 4.6, "one digit for another; the shape of the two adds to it"),
    Damage("otro_digito", 2.3, "each further misread digit of the same number: one in ten"),
    Damage("digito_perdido", 6.5, "a number one digit short"),
    Damage("digito_de_mas", 7.0, "a number one digit too long"),
    Damage("total_en_cero", 6.0, "the total and its percentage printed as 0 together, though quarters were achieved"),
    Damage("misma_copia", 0.7, "a misread digit stands alike in the second print of its column: half the time it does"),
    Damage("copia_perdida", 3.0, "a figure's column that the table sets twice stands once in this row"),
    Damage("digito_parejo", 6.0, "one figure misread alike all along its row; the digit's shape adds to it"),
    Damage("blanco_agregado", 5.0, "an empty cell that the table does not print"),
    Damage("celda_inventada", 9.0, "a figure that is none of the row's"),
    Damage("porcentaje_ajeno", 11.0, "a percentage that no misread digit explains"),
    Damage("separador", 3.0, "a separator lost or misplaced: the number's less likely meaning"),
    # Of the 59 elapsed quarters of the labelled rows of the real extract 20 are met to the unit, 13 achieve another
    # figure, 3 what nothing was planned for, none leaves its plan undone (which bounds that at e^-4).
    Damage("avance_sin_programa", 3.0, "no damage: a quarter achieved though nothing was planned"),
    Damage("programa_sin_avance", 1.5, "no damage: a quarter planned and not begun"),
    Damage("avance_distinto", 0.5, "no damage: another figure achieved than was planned"),
    Damage("cifra_suelta", 1.2, "no damage: a figure brought back, a digit of it, that equals no other of its row"),
    Damage("fuera_de_la_suma", 6.0, "a reading that breaks the sum of a total row which the other rows bear out"),
    Damage("signo_perdido", 3.5, "the percentage lost its sign"),
)
COST = {d.operation: d.cost for d in OPERATIONS}
INDEX = {d.operation: k for k, d in enumerate(OPERATIONS)}
COSTS = np.array([d.cost for d in OPERATIONS])

SAME_SHAPE, OTHER_SHAPE = 1.2, 3.1
"""-ln of the share of misread digits that turn into one given look-alike (0.3), or one given other digit (0.045)."""

LOOK_ALIKES = (("0", "689"), ("1", "247"), ("2", "37"), ("3", "589"), ("4", "79"), ("5", "68"), ("6", "89"), ("8", "9"))
"""Digits whose shapes OCR confuses: each with those it is taken for, a pair named once."""


def shape_costs() -> np.ndarray:
    """A 10 x 10 array: the cost in nats that a misread true digit (row) turns into a printed one (column)."""
    costs = np.full((10, 10), OTHER_SHAPE)
    for one, others in LOOK_ALIKES:
        for other in others:
            costs[int(one), int(other)] = costs[int(other), int(one)] = SAME_SHAPE
    np.fill_diagonal(costs, 0.0)
    return costs


SHAPES = shape_costs()

PLANNED, ACHIEVED, LATER, TOTAL, FIRST_PLANNED, FIRST_ACHIEVED, TOTAL_AGAIN = range(7)
"""What a table prints by a habit of its own: P, A, A of later quarters than its own, the total, in reports of a later
quarter P and A of the first one (a re-authorised plan leaves them out: docs/form.md, fact 4), and the second print of
the total."""

FIRST_HABITS = np.array(
    [
        [1.9, 1.9, 2.3, 50.0, 0.5],
        [1.9, 1.9, 2.3, 50.0, 0.5],
        [1.4, 1.4, 1.4, 1.4, 50.0],
        [0.1, 3.0, 4.0, 50.0, 0.0],
        [1.9, 1.6, 1.9, 50.0, 0.7],
        [1.9, 1.6, 1.9, 50.0, 0.7],
        [50.0, 50.0, 2.0, 50.0, 0.2],
    ]
)
"""Before a table's rows have been seen: for each of these (rows) the cost of a 0, an empty cell, nothing at all, a
copy of P, a figure (columns)."""


OPENING_UNKNOWN, OPENING_PLANNED, OPENING_LEFT_OUT = range(3)
"""What is known of the first quarter: nothing, that the plan in force has it, or that the plan began after it."""

_OUT_HABITS = [1.6, 0.9, 0.9, 50.0, 4.0]


def _first_habits(opening: int) -> np.ndarray:
    costs = FIRST_HABITS.copy()
    if opening == OPENING_PLANNED:
        costs[FIRST_PLANNED], costs[FIRST_ACHIEVED] = costs[PLANNED], costs[ACHIEVED]
    if opening == OPENING_LEFT_OUT:
        costs[FIRST_PLANNED] = costs[FIRST_ACHIEVED] = _OUT_HABITS
    return costs


def _shares(costs: np.ndarray) -> np.ndarray:
    shares = np.exp(-costs)
    shares[TOTAL, 4] = 0.0  # a total is a figure or it is none: how often it is says nothing of the print
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


HABITS = np.array([_first_habits(k) for k in (OPENING_UNKNOWN, OPENING_PLANNED, OPENING_LEFT_OUT)])
"""``FIRST_HABITS`` by what is known of the first quarter: (3, 7, 5)."""

SHARES = np.array([_shares(h) for h in HABITS])

OUT_WEIGHT = 6.0
"""Rows' worth of belief that a plan begun later leaves the first pair out: usually (docs/form.md, fact 4)."""


@compiled
def _total(counts: np.ndarray, k: int) -> float:
    total = 0.0
    for x in range(5):
        total += counts[k, x]
    return total


@compiled
def learn_habits(counts: np.ndarray, opening: int, seen: np.ndarray, costs: np.ndarray) -> None:
    """Fill ``costs`` (7, 5): each print's cost for each class, given how often the table's other rows print it.

    ``counts`` is 7 x 5 (classes x prints), ``seen`` room of that shape. One row's worth of doubt is kept (Laplace),
    and no print costs more than a slip of its own. A figure is a print among others: where every other
    row leaves a quarter blank, a figure there is suspect. The first pair is a quarter like the
    others where the plan has it, else it has habits of its own; where nothing is known, if most
    rows leave it out.
    """
    for k in range(7):
        for x in range(5):
            seen[k, x] = counts[k, x]
    for own, shared in ((FIRST_PLANNED, PLANNED), (FIRST_ACHIEVED, ACHIEVED)):
        if opening == OPENING_PLANNED or (opening == OPENING_UNKNOWN and 2.0 * seen[own, 4] >= _total(seen, own)):
            for x in range(5):
                seen[shared, x] += seen[own, x]
                seen[own, x] = seen[shared, x]
    for k in range(7):
        like = k
        if (
            opening == OPENING_UNKNOWN
            and k in (FIRST_PLANNED, FIRST_ACHIEVED)
            and 2.0 * counts[k, 4] >= _total(counts, k)
        ):
            like = PLANNED if k == FIRST_PLANNED else ACHIEVED
        weight = OUT_WEIGHT if opening == OPENING_LEFT_OUT and k in (FIRST_PLANNED, FIRST_ACHIEVED) else 1.0
        whole = _total(seen, k) + weight
        for x in range(5):
            share = (seen[k, x] + weight * SHARES[opening, like, x]) / whole
            costs[k, x] = min(-np.log(max(share, 1e-9)), 5.0) if FIRST_HABITS[k, x] < 50.0 else 50.0
    costs[TOTAL, 4] = 0.0
