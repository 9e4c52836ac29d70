"""Figures to date in tables that leave cells out: never taken for the quarters' own, and no quarter's figure kept
wrong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random

import pytest

from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.tmm_f004.search.to_date import ACHIEVED, BOTH, PLAN, to_date
from tests.support.made_up_forms import CATALOGS, MONTHS
from tests.support.printed_tables import HEAD, lines_of, tabbed

HEADS = (
    HEAD,
    (*HEAD[:2], HEAD[2].replace("\tA", "\tA ACUMULADO")),
    (HEAD[0].replace("PERIODO", "AVANCE A LA FECHA"), *HEAD[1:]),
)
TABLES = 40

Quarters = tuple[list[int], list[int]]
"""P of four quarters and A of those that elapsed."""


def drawn(rng: Random, quarter: int, first: str) -> Quarters:
    """A row's own figures, some quarters noughts, the first one too where its pair is blank or left out."""
    most = rng.choice([6, 20, 60, 300])
    planned = [rng.choice([most, rng.randint(0, most), 0]) for _ in range(4)]
    planned[0] *= first == "printed"
    planned[rng.randrange(1, 4)] += 1
    return planned, [max(0, p + rng.choice([0, 0, -1, 2])) if p else 0 for p in planned[:quarter]]


def printed(row: Quarters, kind: str, coming: str | None, first: str) -> list[str]:
    """The row's cells; A after its quarter are ``coming``, the total again for ``=``, left out for None."""
    planned, achieved = row
    meta, total = sum(planned), sum(achieved)
    p = planned if kind == ACHIEVED else list(accumulate(planned))
    a = achieved if kind == PLAN else list(accumulate(achieved))
    later = [] if coming is None else [str(total) if coming == "=" else coming]
    pairs = [[str(p[q]), *([str(a[q])] if q < len(a) else later)] for q in range(4)]
    pairs[0] = {"printed": pairs[0], "blank": ["", ""], "left out": []}[first]
    return [str(meta), *(c for pair in pairs for c in pair), str(total), f"{(200 * total + meta) // (2 * meta)}%"]


@pytest.mark.parametrize("kind", [ACHIEVED, PLAN, BOTH])
def test_no_row_of_a_table_to_date_is_wrong(kind: str) -> None:
    """Tables of 1 to 9 rows, cuts 2 to 4, with and without a head or a period that says so."""
    wrong, named = [], 0
    for seed in range(TABLES):
        rng = Random(f"{kind}{seed}")
        quarter, count = rng.choice([2, 3, 4]), rng.randint(1, 9)
        coming, first = rng.choice([None, None, "0", "", "="]), rng.choice(["printed", "printed", "blank", "left out"])
        rows = [drawn(rng, quarter, first) for _ in range(count)]
        texts = [f"3.1.4|{700 + k}.- Regar el jardín {k}|Apoyo" for k in range(count)]
        lines = [tabbed("|".join([t, *printed(r, kind, coming, first), ""])) for t, r in zip(texts, rows, strict=True)]
        page = lines_of(lines, quarter, rng.choice(HEADS))
        if rng.random() < 0.5:  # the period of the quarter, or from the beginning of the year
            page = [t.replace(MONTHS[quarter], f"ENERO-{MONTHS[quarter].split('-')[1]}") for t in page]
        for (planned, achieved), got in zip(rows, read_lines(page, CATALOGS), strict=True):
            named += "tabla" in got
            shown = zip((*planned, *achieved), (*got["programado"], *got["avance"]), strict=False)
            is_open = got["estado"] == "dudosa"
            if any(true != (read or 0) and not (is_open and read is None) for true, read in shown):
                wrong.append((seed, got["impreso"]))
    assert wrong == []
    assert named > 2 * TABLES  # of some 200 rows


OWN = (
    ["60|10|9|15|14|20|15|23|38%", "44|11|10|11|11|11|11|21|48%"],
    ["12||4|4|4|4|4|4|33%", "3||1|1|1|1|1|1|33%"],
    ["9||3|2|3|3|3|3|2|22%", "570||190|190|190|190|190|190|190|33%"],
    ["50|15|0|20|0|15|0|0|0%"],
)


@pytest.mark.parametrize("rows", OWN)
def test_the_quarters_own_figures_are_not_to_date(rows: Sequence[str]) -> None:
    """Left out, or behind a blank in the place of the first pair: A may contain those before, the form's sums close."""
    assert to_date([r.split("|") for r in rows], 2) is None


def test_a_layout_that_sets_columns_twice_tells_only_where_the_plain_ones_do_not() -> None:
    """P4 and A4 twice, A to date: each copy is like the other."""
    rows = [r.split("|") for r in ("40|10|10|10|20|10|0|10|0|10|0|20|50%", "28|7|7|7|14|7|0|7|0|7|0|14|50%")]
    assert to_date(rows, 2) is None
    assert to_date(rows, 2, (0, 1, 2, 3, 4, 5, 6, 7, 6, 7, 8)) == ACHIEVED


TOTALS_TWICE = (
    "83|25|25|13|38|27|0|18|0|38|38|46%",
    "20|6|6|11|17|3|0||0|17|17|85%",
    "7,586|1,356|1356|1,677|3033|1,932|0|2,621|0|3,033|3,033|40%",
    "248|45|45|96|141|62|0|45|0|141|141|57%",
)
"""A to date in a second quarter, the total printed twice: each row also closes with its first P set twice, and the
whole total in the second quarter."""

OWN_IN_TWO_QUARTERS = ("90|30|20|20|25|20|0|20|0|45|45|50%", "40|10|10|10|12|10|0|10|0|22|22|55%") * 2


def _read(rows: Sequence[str], quarter: int = 2) -> list[dict[str, object]]:
    lines = [tabbed(f"3.1.4|{700 + k}.- Regar el jardín {k}|Apoyo|{row}|") for k, row in enumerate(rows)]
    return list(read_lines(lines_of(lines, quarter), CATALOGS))


def test_a_total_in_one_quarter_behind_a_figure_passed_over_is_not_believed() -> None:
    """No row of such a table is sure, and its totals stand."""
    for row in _read(TOTALS_TWICE):
        assert row["estado"] == "dudosa", row["impreso"]
        assert {*row["avance"]} | {*row["programado"]} == {None}
        assert row["absoluto"] is not None


def test_rows_with_figures_in_two_quarters_refute_it() -> None:
    """To date, the last of them would be the total by itself: such rows stay sure, and with them the table."""
    read = _read((*OWN_IN_TWO_QUARTERS, "12|3|3|3|6|3|0|3|0|6|6|50%"))
    assert [row["estado"] == "dudosa" for row in read[:4]] == [False] * 4


def test_a_blank_p_of_a_table_to_date_is_left_open() -> None:
    """Rows that leave out their noughts print other quarters than their width says."""
    rows = ("3638|1250|1250|856|2106|1532|0|2106|58%", "18|5|5|8|13|5|0|13|72%", "90|30|30|30|60|30|0|60|67%")
    for row in _read(rows, 3):
        assert row["estado"] == "dudosa", row["impreso"]
        assert set(row["programado"]) == {None}


def test_a_total_whose_percentage_is_that_of_the_sum_is_no_last_figure_to_date() -> None:
    """602 of 800 are 75 %; the last figure alone would be 25 %."""
    (row,) = _read(("800|200|0|200|200|200|200|200|202|60|75%",), 4)
    assert (row["estado"], row["absoluto"]) == ("reparada", 602)
