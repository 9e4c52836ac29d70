"""The baselines read what they should, and are sure only of what their own rule allows."""

from __future__ import annotations

import pytest

from benchmarks.ambiguity import settled
from benchmarks.baselines.cells import closes
from benchmarks.baselines.fewest_changes import Clock, fewest_changes
from benchmarks.baselines.position import by_position
from benchmarks.baselines.single_digit import single_digit
from benchmarks.synthetic.table import QUARTERS

CLEAN = ["446", "126", "128", "91", "0", "207", "0", "22", "0", "128", "29%"]
FIGURES = (446, 126, 128, 91, 0, 207, 0, 22, 0, 128, 29)


def changed(at: int, text: str) -> list[str]:
    return [*CLEAN[:at], text, *CLEAN[at + 1 :]]


@pytest.mark.parametrize("baseline", [by_position, single_digit, lambda c, q, f: fewest_changes(c, q, f, Clock())])
def test_clean_row(baseline):
    """A row printed whole is read as printed, and surely."""
    read = baseline(CLEAN, 1, False)
    assert read.cifras == FIGURES
    assert read.segura


def test_position_is_sure_of_a_shifted_row_unless_checked():
    shifted = CLEAN[:4] + CLEAN[5:]
    assert by_position(shifted, 1, False).segura
    assert not by_position(shifted, 1, False, check=True).segura


def test_single_digit_takes_the_only_fix_and_flags_two():
    """A total misread has one fix; a planned figure off by ten could be any of three, or the goal."""
    assert single_digit(changed(9, "188"), 1, False).cifras == FIGURES
    assert single_digit(changed(9, "188"), 1, False).segura
    assert not single_digit(changed(3, "81"), 1, False).segura


def test_integer_program_finds_a_lost_cell_and_times_itself():
    """A planned figure that fell out is put back, where nothing else is as cheap."""
    clock = Clock()
    read = fewest_changes(CLEAN[:7] + CLEAN[9:], 1, False, clock)
    assert closes(read.cifras, 1)
    assert read.cifras[0] == 446
    assert clock.solving > 0
    assert clock.building > 0


def row(impreso: list[str], dano: list[str]) -> dict:
    return {
        "impreso": impreso, "dano": dano, "columnas": ["meta", *QUARTERS, "absoluto", "relativo_pct"],
        "meta": 446, "programado": [126, 91, 207, 22], "avance": [128, None, None, None],
        "absoluto": 128, "relativo_pct": 29, "trimestre": 1, "es_razon": False, "disposicion": [], "fuera": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("impreso", "dano", "expected"),
    [
        (CLEAN, [], True),
        (changed(9, "188"), ["digito_absoluto:absoluto"], True),
        (changed(3, "81"), ["digito_celda:p2"], False),
        (CLEAN, ["digito_celda:p2", "celda_perdida:p3"], None),
    ],
    ids=["clean", "total", "one-of-several-plans", "hit-twice"],
)
def test_rows_that_nobody_could_settle(impreso, dano, expected):
    """An observer who knows the layout is sure exactly where no other single damage explains the print."""
    assert settled(row(impreso, dano)) is expected
