"""Undamaged prints of every pattern of noughts are read where they are printed, or left open where they cannot be
told."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from dagster_project.tmm_f004.rows_json import read_lines
from tests.support.made_up_forms import CATALOGS
from tests.support.printed_tables import lines_of, read, tabbed

PATTERNS = range(1, 16)
COMING, FIRST = ("0", "", None), ("figures", "", None)
"""How A of coming quarters, and the first pair of a re-authorised plan, are printed: None where they are left out."""


def plan(row: int, pattern: int) -> list[int]:
    """Figures of a row's four quarters, noughts where the pattern has them."""
    return [(7 + 5 * row + 3 * q + (row * q) % 4) * (pattern >> q & 1) for q in range(4)]


def printed(planned: list[int], achieved: list[int], quarter: int, coming: str | None, first: str | None) -> list[str]:
    """The cells of a row, meta first, percentage last."""
    meta, total = sum(planned), sum(achieved)
    cells = [str(meta)]
    for q in range(4):
        if q == 0 and first != "figures":
            cells += [] if first is None else [first, first]
            continue
        cells.append(str(planned[q]))
        if q < quarter:
            cells.append(str(achieved[q]))
        elif coming is not None:
            cells.append(coming)
    return [*cells, str(total), f"{(200 * total + meta) // (2 * meta)}%"]


def verdicts(rows: int, quarter: int, coming: str | None, first: str | None, less: int) -> Counter[str]:
    """What became of the rows of tables of each pattern: read right, left open, or wrong and sure."""
    found: Counter[str] = Counter()
    for pattern in PATTERNS:
        plans = [plan(k, pattern if first == "figures" else pattern & 14 or 2) for k in range(rows)]
        done = [[max(0, p - less) if p else 0 for p in planned[:quarter]] for planned in plans]
        lines = [
            tabbed(
                "|".join([f"3.1.4|{700 + k}.- Regar el jardín {k}|Apoyo", *printed(p, a, quarter, coming, first), ""])
            )
            for k, (p, a) in enumerate(zip(plans, done, strict=True))
        ]
        for row, p, a in zip(read(lines, quarter), plans, done, strict=True):
            shown = [v or 0 for v in (*row["programado"], *row["avance"][:quarter])]
            state = "open" if row["estado"] == "dudosa" else "right" if shown == [*p, *a] else "wrong"
            found[state] += 1
    return found


@pytest.mark.parametrize("less", [0, 1])
@pytest.mark.parametrize("rows", [1, 2, 5, 9])
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_full_print_is_read_in_place(quarter: int, rows: int, less: int) -> None:
    """As many cells as the head has columns: each stands where it stands, whatever quarters are noughts."""
    for coming in ("0", ""):
        assert set(verdicts(rows, quarter, coming, "figures", less)) == {"right"}


LEFT_OUT = [c for c in product(COMING, FIRST) if c not in product(("0", ""), ("figures",))]


@pytest.mark.parametrize(("coming", "first"), LEFT_OUT)
@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_a_print_that_leaves_cells_out_is_never_wrong_and_sure(
    quarter: int, coming: str | None, first: str | None
) -> None:
    """Of a second quarter's six cells nothing may tell which were left out: then the row says so."""
    found = sum((verdicts(rows, quarter, coming, first, 1) for rows in (1, 4)), Counter[str]())
    assert not found["wrong"]
    assert quarter == 2 or found["open"] <= 0.1 * found.total()


SHORT_HEAD = (
    "L/A\tMETAS Y ACCIONES\tUNIDAD DE MEDIDA\tMETA ANUAL\tPERIODO\t\t\t\t\t\tAVANCE ABSOLUTO\tACUMULADO RELATIVO",
    "\t\t\t\tABR-JUN\t\tJUL-SEP\t\tOCT-DIC\t\t\t",
    "\t\t\t\tP\tA\tP\tA\tP\tA\t\t",
)


def test_the_head_tells_which_columns_are_left_out() -> None:
    """P2 A2 P3 A3 P4 A4 of a second quarter could be P1 A1 P2 A2 P3 P4."""
    lines = [tabbed("3.1.4|700.- Regar el jardín|Apoyo|40|10|9|15|0|15|0|9|23%|")]
    assert read(lines, 2)[0]["estado"] == "dudosa"
    (row,) = read(lines, 2, SHORT_HEAD)
    assert (row["estado"], row["programado"][1:], row["avance"][:2]) == ("realineada", [10, 15, 15], [None, 9])


@pytest.mark.parametrize("count", [2, 3, 5, 9])
@pytest.mark.parametrize("cells", ["10|0|0|10|0|0|0|0|0%", "17|7|0|10|0|0|0|0|0%", "23|||10|0|13|0|0|0%"])
def test_no_plan_begun_in_the_year_proves_an_opening_where_nothing_was_achieved(cells: str, count: int) -> None:
    """P1 A1 P2 A2 P3 P4 of a second quarter are P2 A2 P3 A3 P4 A4 too: all actions are idle under either."""
    lines = [tabbed(f"3.1.4|{700 + k}.- Regar el jardín {k}|Apoyo|{cells}|") for k in range(count)]
    for row in read_lines(lines_of(lines, 2, year=2022), CATALOGS):
        shown = [v or 0 for v in row["programado"]]
        true = [int(c or 0) for c in cells.split("|")[:-1]]
        assert row["estado"] == "dudosa" or shown == [true[1], true[3], true[5], true[6]]


def test_a_full_print_stands_in_place_also_before_its_plan_began() -> None:
    """Whose plan begins with the second quarter of 2022 may still print the first: where cells stand comes first."""
    rows = ("42|18|17|0|0|24|0|0|0|17|40%", "38|16|15|0|0|22|0|0|0|15|39%", "42|13|12|0|0|29|0|0|0|12|29%")
    lines = [tabbed(f"3.1.4|{700 + k}.- Pintar bardas {k}|Apoyo|{row}|") for k, row in enumerate(rows)]
    read = list(read_lines(lines_of(lines, 2, year=2022), CATALOGS))
    assert [(row["estado"], row["programado"][0], row["avance"][0]) for row in read] == [
        ("exacta", 18, 17), ("exacta", 16, 15), ("exacta", 13, 12),
    ]  # fmt: skip
