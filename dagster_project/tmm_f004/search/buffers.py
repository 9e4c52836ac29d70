"""What the compiled search works on: a row on a layout, the costs, the branches waiting, the readings kept.

Only arrays and their shapes, made once and used for every row; nothing here searches.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dagster_project.tmm_f004.search.dominance import DominanceTable, new_dominance_table
from dagster_project.tmm_f004.search.symbols import KEEP, MAX_CELLS, MAX_COLUMNS, PATH, STACK


class Row(NamedTuple):
    """A printed row on a layout: cells (n,), columns (m,), and what the columns mean."""

    cells: np.ndarray
    columns: np.ndarray
    first: np.ndarray
    later: np.ndarray
    classes: np.ndarray
    last_p: int
    last_a: int
    meta: int
    percent: int
    quarter: int
    additive: bool


class Model(NamedTuple):
    """The costs: habits of the table (7, 5), operations (k,), shapes of digits (10, 10)."""

    habits: np.ndarray
    costs: np.ndarray
    shapes: np.ndarray


class Best(NamedTuple):
    """The cheapest distinct readings so far, and room to work out the next."""

    tuples: np.ndarray
    prices: np.ndarray
    paths: np.ndarray
    at: np.ndarray
    value: np.ndarray
    price: np.ndarray
    reading: np.ndarray


class Stack(NamedTuple):
    """The branches waiting: figures (s, 9); copies, place and path (s, 12 + cells); cost (s,)."""

    values: np.ndarray
    places: np.ndarray
    cost: np.ndarray


class Scratch(NamedTuple):
    """What a search works out about its columns, the cost to go from them (2, cells + 1, columns + 1), and the branch
    in hand: the search itself allocates nothing."""

    first: np.ndarray
    later: np.ndarray
    classes: np.ndarray
    skip: np.ndarray
    opens: np.ndarray
    kinds: np.ndarray
    cost_to_go: np.ndarray
    values: np.ndarray
    places: np.ndarray
    dominance: DominanceTable


def new_stack() -> Stack:
    """Room for the branches of a search: made once, used for every row."""
    return Stack(
        np.zeros((STACK, 9), np.int64), np.zeros((STACK, PATH + MAX_CELLS), np.int16), np.zeros(STACK, np.float64)
    )


def new_scratch() -> Scratch:
    """Room to work in: made once, used for every row."""
    most = MAX_COLUMNS + 1
    return Scratch(
        np.zeros(most, np.bool_), np.zeros(most, np.bool_), np.zeros(most, np.int64), np.zeros(most),
        np.zeros(most, np.int64), np.zeros(most, np.int64), np.zeros((2, MAX_CELLS + 1, most)), np.empty(9, np.int64),
        np.empty(PATH + MAX_CELLS, np.int16), new_dominance_table(),
    )  # fmt: skip


def new_best() -> Best:
    """Room for the readings of a search: made once, used for every row."""
    return Best(
        np.empty((KEEP, 11), np.int64), np.empty(KEEP), np.zeros((KEEP, MAX_CELLS), np.int64),
        np.empty((2, 6), np.int64), np.empty((2, 6), np.int64), np.empty((2, 6)), np.empty(11, np.int64),
    )  # fmt: skip
