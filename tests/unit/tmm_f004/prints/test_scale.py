"""Point, comma and blank mean one thing in a table; two figures in a cell are two, one printed twice is one."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from dagster_project.tmm_f004.model import USUAL_SCALE, Scale
from dagster_project.tmm_f004.text.scale import scale_of
from tests.support.printed_tables import read, sure, tabbed


def table(*cells: str, measures: tuple[str, ...] = ()) -> list[str]:
    measured = zip_longest(cells, measures, fillvalue="Tonelada")
    return [tabbed(f"3.1.4|{700 + k}.- Recolectar papel en la ruta {k}|{m}|{c}|") for k, (c, m) in enumerate(measured)]


def told(*cells: str, quarter: int = 1, measures: tuple[str, ...] = ()) -> list[str]:
    return list(sure(read(table(*cells, measures=measures), quarter)).values())


KILOGRAMS = (
    "19.320|8.150|7.905|6.640|0|0.930|0|3.600|0|7.905|41%",
    "2.480|0.620|0.610|0.620|0|0.620|0|0.620|0|0.610|25%",
)
READ_KILOGRAMS = [
    "19.32 | 8.15 6.64 0.93 3.6 | 7.905 - - - | 7.905 | 41%",
    "2.48 | 0.62 0.62 0.62 0.62 | 0.61 - - - | 0.61 | 25%",
]


@pytest.mark.parametrize("mark", [".", ","])
def test_a_figure_that_begins_with_nought_and_a_mark_proves_decimals_for_the_table(mark: str) -> None:
    assert told(*(row.replace(".", mark) for row in KILOGRAMS)) == READ_KILOGRAMS


@pytest.mark.parametrize(
    "other",
    ["12.5|3.5|3.5|3.0|0|3.0|0|3.0|0|3.5|28%", "1,240.50|240.50|240.50|500.00|0|300.00|0|200.00|0|240.50|19%"],
    ids=["one-place", "both-marks"],
)
def test_other_rows_of_the_table_prove_it_too(other: str) -> None:
    assert told("19.320|8.150|7.905|6.640|0|1.930|0|2.600|0|7.905|41%", other)[0] == (
        "19.32 | 8.15 6.64 1.93 2.6 | 7.905 - - - | 7.905 | 41%"
    )


def test_a_table_that_leaves_the_point_open_is_doubtful() -> None:
    """Every sum closes either way."""
    (row,) = read(table("19.320|8.150|7.905|6.640|0|1.930|0|2.600|0|7.905|41%"), 1)
    assert row["estado"] == "dudosa"
    assert {a["meta"] for a in row["alternativas"]} == {19.32, 19320}


def test_whole_figures_beside_it_or_commas_elsewhere_say_that_the_point_groups() -> None:
    beside = "9.320|3.150|2.905|2.640|0|930|0|2.600|0|2.905|31%"
    assert told(beside) == ["9320 | 3150 2640 930 2600 | 2905 - - - | 2905 | 31%"]
    commas = "19,320|8,150|7,905|6,640|0|1,930|0|2,600|0|7,905|41%"
    whole = ["19320 | 8150 6640 1930 2600 | 7905 - - - | 7905 | 41%"] * 2
    assert told(commas.replace(",", "."), commas, measures=("Apoyo", "Apoyo")) == whole


COMMA_KILOGRAMS = "5,000|1,250|1,250|1,250|0|1,250|0|1,250|0|1,250|25%"
PEOPLE = "4,400|1,100|1,200|1,100|0|1,100|0|1,100|0|1,200|27%"
GRAMS = "2,000|0,500|0,400|0,500|0|0,500|0|0,500|0|0,400|20%"


@pytest.mark.parametrize("measure", ["Kilogramo", "Kg.", "Tonelada", "Litro", "M3", "Metros cúbicos", "Hectárea"])
def test_weights_that_print_a_comma_and_three_digits_alone_are_doubtful(measure: str) -> None:
    """1,250 kg is 1250, or 1.250 of a scale that shows grams: every sum closes either way."""
    (row,) = read(table(COMMA_KILOGRAMS, measures=(measure,)), 1)
    assert (row["estado"], {a["meta"] for a in row["alternativas"]}) == ("dudosa", {5, 5000})
    assert row["meta"] is None


@pytest.mark.parametrize("measure", ["Metro cuadrado", "Metro", "Persona", "Luminaria"])
def test_what_is_counted_or_paced_groups_its_thousands(measure: str) -> None:
    whole = "5000 | 1250 1250 1250 1250 | 1250 - - - | 1250 | 25%"
    assert told(COMMA_KILOGRAMS, measures=(measure,)) == [whole]


def test_what_the_table_prints_beside_weights_settles_their_comma() -> None:
    kilograms = "5000 | 1250 1250 1250 1250 | 1250 - - - | 1250 | 25%"
    beside = "3,200|800|700|800|0|800|0|800|0|700|22%"
    assert told(COMMA_KILOGRAMS, PEOPLE, measures=("Kilogramo", "Persona"))[0] == kilograms
    assert told(COMMA_KILOGRAMS, beside, measures=("Kilogramo", "Kilogramo"))[0] == kilograms
    assert told(COMMA_KILOGRAMS, GRAMS, measures=("Kilogramo", "Kilogramo"))[0] == (
        "5 | 1.25 1.25 1.25 1.25 | 1.25 - - - | 1.25 | 25%"
    )
    assert told(COMMA_KILOGRAMS.replace(",", "."), PEOPLE, measures=("Kilogramo", "Persona"))[0] == "dudosa"


@pytest.mark.parametrize(
    "cells",
    [
        "014,320|03,150|02,905|05,640|0|02,930|0|02,600|0|02,905|20%",
        "014.320|03.150|02.905|05.640|0|02.930|0|02.600|0|02.905|20%",
        "014320|03150|02905|05640|00000|02930|00000|02600|00000|02905|020%",
        "14'320|3'150|2'905|5'640|0|2'930|0|2'600|0|2'905|20%",
        "14’320|3’150|2’905|5’640|0|2’930|0|2’600|0|2’905|20%",
        "14 320|3 150|2 905|5 640|0|2 930|0|2 600|0|2 905|20%",
        "14\u00a0320|3\u202f150|2\u2009905|5\u2007640|0|2\u00a0930|0|2\u00a0600|0|2\u00a0905|20%",
    ],
    ids=["padded", "padded-point", "padded-plain", "apostrophe", "typographic", "blank", "other-blanks"],
)
def test_thousands_however_they_are_grouped(cells: str) -> None:
    assert told(cells) == ["14320 | 3150 5640 2930 2600 | 2905 - - - | 2905 | 20%"]


@pytest.mark.parametrize("form", ["{0} {0}", "{0}  {0}", "{0}\u00a0{0}"])
@pytest.mark.parametrize("blank", ["", "0"])
def test_a_row_that_prints_each_figure_twice_in_its_cell(form: str, blank: str) -> None:
    twice = [form.format(c) if c else c for c in ("640", "210", "205", "130", blank, "150", blank, "150", blank, "205")]
    (row,) = read(table("|".join([*twice, "32%"])), 1)
    assert sure([row]) == {700: "640 | 210 130 150 150 | 205 - - - | 205 | 32%"}
    assert row["impreso"][1].split() == ["210", "210"]
    assert told("|".join([*twice, form.format("32%")])) == ["640 | 210 130 150 150 | 205 - - - | 205 | 32%"]


def test_one_cell_that_prints_its_figure_twice() -> None:
    assert told("640 640|210|205|130||150||150||205|32%") == ["640 | 210 130 150 150 | 205 - - - | 205 | 32%"]


WHOLE = "640|210|205|130|130|150|0|150|0|335|52%"
READ_WHOLE = "640 | 210 130 150 150 | 205 130 - - | 335 | 52%"


@pytest.mark.parametrize(
    "cells",
    [
        "640|210 205|130|130|150|0|150|0|335|52%",
        "640|210|205|130 130|150|0|150|0|335|52%",
        "640|210|205|130|130|150 0|150|0|335|52%",
        "640|210|205|130|130|150|0|150|0 335|52%",
        "640|210 205|130 130|150 0|150 0|335|52%",
        "640 210|205|130|130|150|0|150|0|335|52%",
    ],
)
@pytest.mark.parametrize("others", [0, 2])
def test_two_figures_in_one_cell_are_two(cells: str, others: int) -> None:
    assert told(cells, *[WHOLE] * others, quarter=2) == [READ_WHOLE] * (1 + others)


def test_a_table_that_groups_by_blanks_has_such_cells_in_whole_rows() -> None:
    cells = "640 000|210 000|205 000|130 000|0|150 000|0|150 000|0|205 000|32%"
    assert told(cells, WHOLE.replace("130|130", "130|0").replace("335|52", "205|32")) == [
        "640000 | 210000 130000 150000 150000 | 205000 - - - | 205000 | 32%",
        "640 | 210 130 150 150 | 205 - - - | 205 | 32%",
    ]


@pytest.mark.parametrize(
    ("rows", "scale"),
    [
        ([["446", "126", "12"]], USUAL_SCALE),
        ([["1,276", "376"]], Scale(False, False, 4.0)),
        ([["0.930", "8.150"]], Scale(True, False, 3.0)),
        ([["0,930", "8,150"], ["0,620"], ["0,610"]], Scale(False, True, 5.0)),
        ([["8.150", "6.640"]], Scale(None, False, 0.0)),
        ([["8.150", "640"]], Scale(False, False, 2.0)),
        ([["02,096"]], Scale(False, False, 7.0)),
        ([["12.5", "8.150"]], Scale(True, False, 2.0)),
    ],
    ids=["plain", "comma", "nought-point", "nought-comma", "open", "beside-whole", "padded", "one-place"],
)
def test_the_convention_of_a_table(rows: list[list[str]], scale: Scale) -> None:
    assert scale_of(rows) == scale
