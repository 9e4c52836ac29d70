"""Each kind of damage does to a row's cells what its name says, and nothing else."""

from __future__ import annotations

import random

import pytest

from benchmarks.synthetic import damage
from benchmarks.synthetic.table import QUARTERS, Celda

FIGURES = ["1,226", "126", "128", "91", "0", "987", "0", "22", "0", "128", "10%"]


def row() -> list[Celda]:
    return [Celda(c, t) for c, t in zip(("meta", *QUARTERS, "absoluto", "relativo_pct"), FIGURES, strict=True)]


def texts(cells: list[Celda]) -> list[str]:
    return [c.texto for c in cells]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    ("kind", "cells_more"),
    [("vacia_perdida", -1), ("vacia_agregada", 1), ("celda_perdida", -1), ("celda_repetida", 1)],
)
def test_cells_lost_or_added(kind, cells_more, seed):
    """One cell more or less, the others untouched and in order."""
    cells = row()
    assert damage.KINDS[kind](random.Random(seed), cells) is not None
    assert len(cells) == len(FIGURES) + cells_more
    longer, shorter = sorted((texts(cells), FIGURES), key=len, reverse=True)
    assert any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    "kind", ["digito_celda", "digito_meta", "digito_absoluto", "digito_relativo", "letra", "separador"]
)
def test_glyphs_change_in_place(kind, seed):
    """Cells keep their places; at most two figures change, and those it names among them."""
    cells = row()
    hit = damage.KINDS[kind](random.Random(seed), cells)
    assert len(cells) == len(FIGURES)
    changed = {c.campo for c, before in zip(cells, FIGURES, strict=True) if c.texto != before}
    assert len(changed) <= 2
    assert hit is None or hit in changed


def test_total_read_as_zero_takes_the_percentage_along():
    cells = row()
    assert damage.total_en_cero(random.Random(1), cells) == "absoluto"
    assert texts(cells)[-2:] == ["0", "0%"]


def test_one_figure_misread_alike_all_along():
    cells = [Celda(c, "2") for c in QUARTERS[2:]]
    damage.digito_parejo(random.Random(4), cells)
    assert len(set(texts(cells))) == 1
    assert cells[0].texto != "2"


def test_nothing_to_hit_changes_nothing():
    """A kind that finds no cell of its own says None and leaves the row alone."""
    cells = [Celda("meta", "5"), Celda("p1", "5"), Celda("absoluto", "5"), Celda("relativo_pct", "9%")]
    for kind in (damage.vacia_perdida, damage.separador, damage.digito_parejo):
        assert kind(random.Random(1), cells) is None
        assert texts(cells) == ["5", "5", "5", "9%"]
