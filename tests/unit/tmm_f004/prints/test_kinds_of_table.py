"""Tables of other columns than the form's: read by their own, or named and believed in nothing that they do not
tell."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.page.table_head import read_head
from dagster_project.tmm_f004.text.dates import read_period
from tests.support.printed_tables import HEAD, read, tabbed

START = "L/A\tMETAS Y ACCIONES\tUNIDAD DE MEDIDA\tMETA ANUAL"
TOTALS = "AVANCE ABSOLUTO\tACUMULADO RELATIVO\tOBSERVACIONES"
QUARTERS = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")


def head(names: str, columns: int, *lines: str) -> list[str]:
    """A head whose ``names`` span so many columns between the meta and the totals."""
    given = names.split("|")
    first = "\t".join([START, *given, *[""] * (columns - len(given)), TOTALS])
    return [first, *(f"\t\t\t\t{tabbed(x)}" for x in lines)]


def told(rows: list[str], quarter: int, lines: list[str], measure: str = "Apoyo") -> list[dict[str, object]]:
    printed = [tabbed(f"3.1.4|{700 + k}.- Regar el jardín {k}|{measure}|{cells}|") for k, cells in enumerate(rows)]
    return read(printed, quarter, lines)


PAIRS = "|".join(f"{q}|" for q in QUARTERS)
KNOWN = {
    "A before P": (
        head("PERIODO", 8, PAIRS, "A|P|A|P|A|P|A|P"),
        ["60|9|10|14|15|0|20|0|15|23|38%", "44|10|11|11|11|0|11|0|11|21|48%"],
    ),
    "blocks": (
        head("PROGRAMADO||||ALCANZADO", 8, "|".join(QUARTERS * 2)),
        ["60|10|15|20|15|9|14|0|0|23|38%", "44|11|11|11|11|10|11|0|0|21|48%"],
    ),
    "blocks, A first": (
        head("REALIZADO||||PROGRAMADO", 8, "|".join(QUARTERS * 2)),
        ["60|9|14|0|0|10|15|20|15|23|38%", "44|10|11|0|0|11|11|11|11|21|48%"],
    ),
    "a percentage by quarter": (
        head("PERIODO", 12, "|".join(f"{q}||" for q in QUARTERS), "P|A|%|" * 3 + "P|A|%"),
        ["60|10|9|90%|15|14|93%|20|0|0%|15|0|0%|23|38%", "44|11|10|91%|11|11|100%|11|0|0%|11|0|0%|21|48%"],
    ),
    "a budget beside the meta": (
        head("PRESUPUESTO|PERIODO", 9, f"|{PAIRS}", "|P|A|P|A|P|A|P|A"),
        ["60|75,000|10|9|15|14|20|0|15|0|23|38%", "44|9,120|11|10|11|11|11|0|11|0|21|48%"],
    ),
    "an empty column after each": (
        head("PERIODO", 8, PAIRS, "P|A|P|A|P|A|P|A"),
        ["60||10||9||15||14||20||0||15||0||23||38%", "44||11||10||11||11||11||0||11||0||21||48%"],
    ),
    "N/A where nothing is due": (
        head("PERIODO", 8, PAIRS, "P|A|P|A|P|A|P|A"),
        ["60|10|9|15|14|20|N/A|15|N/A|23|38%", "44|11|10|11|11|11|N/A|11|N/A|21|48%"],
    ),
    "a percentage without its sign": (
        head("PERIODO", 8, PAIRS, "P|A|P|A|P|A|P|A"),
        ["60|10|9|15|14|20|0|15|0|23|38", "44|11|10|11|11|11|0|11|0|21|48"],
    ),
    "a sign in one cell": (
        head("PERIODO", 8, PAIRS, "P|A|P|A|P|A|P|A"),
        ["60|10|9|15|14|20|0%|15|0|23|38%", "44|11|10|11|11|11|0|11|0|21|48%"],
    ),
    "a fraction for the percentage": (
        head("PERIODO", 8, PAIRS, "P|A|P|A|P|A|P|A"),
        ["60|10|9|15|14|20|0|15|0|23|0.38", "44|11|10|11|11|11|0|11|0|21|0.48"],
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_table_whose_columns_are_known_is_read_by_them(name: str) -> None:
    lines, rows = KNOWN[name]
    one, two = told(rows, 2, lines)
    assert [r["estado"] != "dudosa" for r in (one, two)] == [True, True]
    assert (one["programado"], one["avance"]) == ([10, 15, 20, 15], [9, 14, None, None])
    assert (two["programado"], two["avance"]) == ([11, 11, 11, 11], [10, 11, None, None])
    assert [(r["absoluto"], r["relativo_pct"]) for r in (one, two)] == [(23, 38), (21, 48)]


def test_a_share_that_prints_the_sign_in_every_cell_is_read() -> None:
    lines = head("PERIODO", 8, PAIRS, "P|A|P|A|P|A|P|A")
    (row,) = told(["80%|20%|18%|20%|0%|20%|0%|20%|0%|18%|23%"], 1, lines, "Avance de obra")
    assert (row["meta"], row["programado"], row["avance"]) == (80, [20] * 4, [18, None, None, None])


SIDES = "PROGRAMADO|ALCANZADO|PROGRAMADO|ALCANZADO"
OTHER = {
    "semesters": head("PERIODO", 4, "ENE-JUN||JUL-DIC|", "P|A|P|A"),
    "semesters in words": head("PERIODO", 4, "PRIMER SEMESTRE||SEGUNDO SEMESTRE|", SIDES),
    "halves by number": head("PERIODO", 4, "1ER SEMESTRE||2DO SEMESTRE|", "P|A|P|A"),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_table_of_other_periods_is_named_and_tells_no_quarter(name: str) -> None:
    for row in told(["60|25|23|35|0|23|38%", "44|22|21|22|0|21|48%"], 2, OTHER[name]):
        assert (row["estado"], row["tabla"]) == ("dudosa", "tabla_de_otro_formato")
        assert (row["programado"], row["avance"]) == ([None] * 4, [None] * 4)
        assert "SEMESTRE" in str(row["cabeza"]) or "ENE-JUN" in str(row["cabeza"])


def test_a_head_that_its_cells_belie_is_not_believed() -> None:
    """The figures add up as P, A; the head says A, P."""
    rows = ["60|10|9|15|14|20|0|15|0|23|38%", "44|11|10|11|11|11|0|11|0|21|48%"]
    assert {r["tabla"] for r in told(rows, 2, KNOWN["A before P"][0])} == {"tabla_de_otro_formato"}


def test_columns_that_only_a_head_has_are_none() -> None:
    """Heads of the form come with pairs too many, and with months: its rows are read as ever."""
    rows = ["60|10|9|15|14|20|0|15|0|23|38%", "44|11|10|11|11|11|0|11|0|21|48%"]
    months = "ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SEP|OCT|NOV|DIC"
    for lines in (head("PERIODO", 12, PAIRS, "P|A|P|A|P|A|P|A|P|A|P|A"), head("PERIODO", 12, months)):
        assert {r["estado"] for r in told(rows, 2, lines)} == {"exacta"}


TO_DATE = {
    "avance_acumulado": ["60|10|9|15|23|20|0|15|0|23|38%", "44|11|10|11|21|11|0|11|0|21|48%"],
    "programa_acumulado": ["60|10|9|25|14|45|0|60|0|23|38%", "44|11|10|22|11|33|0|44|0|21|48%"],
    "programa_y_avance_acumulados": ["60|10|9|25|23|45|0|60|0|23|38%", "44|11|10|22|21|33|0|44|0|21|48%"],
}


@pytest.mark.parametrize("kind", TO_DATE)
def test_figures_to_date_are_named_and_their_differences_are_a_reading(kind: str) -> None:
    for row, planned, achieved in zip(
        told(TO_DATE[kind], 2, HEAD), ([10, 15, 20, 15], [11] * 4), ([9, 14], [10, 11]), strict=True
    ):
        assert (row["estado"], row["tabla"]) == ("dudosa", kind)
        assert row["meta"] in (60, 44)
        assert row["absoluto"] in (23, 21)
        (other,) = row["alternativas"]  # type: ignore[misc]
        assert (other["programado"], other["avance"][:2]) == (planned, achieved)
        for field, true in (("programado", planned), ("avance", achieved)):
            assert all(v in (None, t) for v, t in zip(row[field], true, strict=False))  # type: ignore[call-overload]


PERCENTAGES = {
    "de_lo_programado_a_la_fecha": ("92%", "95%"),
    "de_la_meta_truncado": ("38%", "47%"),
}


@pytest.mark.parametrize("rule", PERCENTAGES)
def test_a_percentage_by_another_rule_is_kept_as_printed(rule: str) -> None:
    """In all rows it is no misprint: no figure is changed for it, and the row is doubtful in it alone."""
    one, two = PERCENTAGES[rule]
    rows = [f"60|10|9|15|14|20|0|15|0|23|{one}", f"44|11|10|11|11|11|0|11|0|21|{two}"]
    for row, printed in zip(told(rows, 2, HEAD), (one, two), strict=True):
        assert (row["estado"], row["relativo_de"]) == ("dudosa", rule)
        assert f"{row['relativo_pct']}%" == printed
        assert row["avance"] in ([9, 14, None, None], [10, 11, None, None])


@pytest.mark.parametrize("whole", [False, True])
def test_the_forms_percentage_with_decimals_is_the_forms(whole: bool) -> None:
    """Born-digital tables print 38.33% for the form's 38 %: no damage, in all rows or in some."""
    rows = ["60|10|9|15|14|20|0|15|0|23|38.33%", "44|11|10|11|11|11|0|11|0|21|47.73%"]
    rows += ["20|5|3|5|2|5|0|5|0|5|25%"] * (3 if whole else 0)
    for row, percent in zip(told(rows, 2, HEAD), (38, 48, 25, 25, 25), strict=False):
        assert (row["estado"], row["relativo_pct"], row["operaciones"]) == ("exacta", percent, [])


def test_a_speck_in_one_percentage_is_no_rule() -> None:
    """A scan prints ``28.%`` once: that no other row is doubted for it."""
    rows = ["446|126|128|91|0|207|0|22|0|128|29.%"]
    rows += ["84|20|20|24|0|24|0|16|0|20|24 %", "276|76|76|71|0|107|0|22|0|76|28,%"]
    assert [(r["estado"], r["relativo_pct"]) for r in told(rows, 1, HEAD)] == [("exacta", p) for p in (29, 24, 28)]


def test_a_truncated_percentage_is_told_by_the_rows_that_differ() -> None:
    rows = ["446|126|128|91|0|207|0|22|0|128|28%", "84|20|20|24|0|24|0|16|0|20|23%", "20|5|5|5|0|5|0|5|0|5|25%"]
    assert [r["relativo_pct"] for r in told(rows, 1, HEAD)] == [28, 23, 25]


def test_one_misread_percentage_is_no_rule() -> None:
    rows = ["446|126|128|91|0|207|0|22|0|128|28%", "84|20|20|24|0|24|0|16|0|20|24%", "276|76|76|71|0|107|0|22|0|76|28%"]
    found = told(rows, 1, HEAD)
    assert not any("relativo_de" in r for r in found)
    assert [r["relativo_pct"] for r in found[1:]] == [24, 28]


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("ENERO-JUNIO 2023", 2), ("DE ENERO A DICIEMBRE DE 2023", 4), ("ENE-SEP 2022", 3), ("ABRIL A SEPTIEMBRE 2024",
        3), ("ENE - SEPT 2021", 3), ("SEGUNDO SEMESTRE 2023", 4), ("ENERO-MARZO 2023", 1),
    ],
)  # fmt: skip
def test_a_period_of_several_quarters_is_the_last_of_them(text: str, quarter: int) -> None:
    assert list(read_period(text).trimestres) == [quarter]


def test_a_damaged_head_names_no_kind() -> None:
    """The head of a real page whose table has five pairs where the form has four."""
    first = "L/A\tMETAS\tUNIDAD\tMETA ANUAL\tPERIODO"
    found = read_head([first, "\t\t\t" + "\tP\tA" * 5])
    assert found is not None
    assert found.clase == "no_se_sabe"
    assert read_head([first]) is None


def test_a_pair_set_twice_is_no_figure_to_date() -> None:
    """P2 A2 stand twice where the first quarter is left out: A contain the one before, and P add up to no meta."""
    rows = ["60|20|21|20|21|20|0|20|0|21|35%", "441|267|260|267|260|0|0|174|0|260|59%", "15|4|3|4|3|11|0|0|0|3|20%"]
    assert not any("tabla" in r for r in told(rows, 2, HEAD))


def test_a_sign_lost_from_a_percentage_is_no_rule() -> None:
    """One row of the form's own percentages lacks its sign: the others truncated would be the same."""
    rows = ["44|11|11|11|0|11|0|11|0|11|25%", "18|0|0|11|0|0|0|7|0|0|0", "4|1|1|1|0|1|0|1|0|1|25%"]
    found = told(rows, 1, HEAD)
    assert not any("relativo_de" in r for r in found)
    assert {found[0]["estado"], found[2]["estado"]} == {"exacta"}


FEWER = {
    "coming A left out": ("A|P|A|P|A|P|A|P", 2, ["60|9|10|14|15|20|15|23|38%", "44|10|11|11|11|11|11|21|48%"]),
    "the head leaves them out too": ("A|P|A|P|P||P|", 2, ["60|9|10|14|15|20|15|23|38%", "44|10|11|11|11|11|11|21|48%"]),
    "first quarter left out": ("A|P|A|P|A|P|A|P", 3, ["50|14|15|9|20|0|15|23|46%", "33|10|11|11|11|0|11|21|64%"]),
    "first quarter blank": ("A|P|A|P|A|P|A|P", 3, ["50|||14|15|9|20|15|23|46%", "33|||10|11|11|11|11|21|64%"]),
}


@pytest.mark.parametrize("name", FEWER)
def test_a_head_of_another_order_tells_the_columns_of_rows_that_print_fewer_cells(name: str) -> None:
    marks, quarter, rows = FEWER[name]
    one, two = told(rows, quarter, head("PERIODO", 8, PAIRS, marks))
    assert "dudosa" not in (one["estado"], two["estado"])
    shown = ([10, 15, 20, 15], [9, 14, None, None]) if quarter == 2 else ([None, 15, 20, 15], [None, 14, 9, None])
    assert (one["programado"], one["avance"]) == shown


def test_a_head_of_another_order_whose_rows_close_on_no_layout_tells_no_column() -> None:
    """A before P, and cells lost here and there: the form's own order would read them as other figures."""
    rows = ["60|9|10|14|20|15|23|38%", "44|10|11|11|11|11|21|48%"]
    assert {r["estado"] for r in told(rows, 2, KNOWN["A before P"][0])} == {"dudosa"}


def test_a_row_that_does_not_close_in_another_order_is_doubtful_alone() -> None:
    """What slipped there slipped in the print's order: the search knows the form's."""
    rows = ["60|9|10|14|15|0|20|0|15|23|38%", "44|10|11|11|11|0|11|0|11|21|48%", "40|9|10|8|8|0|10|0|10|17|43%"]
    assert [r["estado"] == "dudosa" for r in told(rows, 2, KNOWN["A before P"][0])] == [False, False, True]


UNNAMED = {
    "two semesters": (2, ["446|217|223|229|0|223|50%", "150|50|52|100|0|52|35%", "20|10|11|10|0|11|55%"]),
    "three terms": (4, ["446|126|128|298|296|22|0|424|95%", "150|50|52|100|98|0|0|150|100%", "9|3|3|3|3|3|0|6|67%"]),
    "blocks, each with its sum": (
        4,
        [
            "446|126|91|207|22|446|128|95|201|30|454|102%", "20|5|5|5|5|20|5|6|4|5|20|100%",
            "64|16|16|16|16|64|16|14|17|16|63|98%",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNNAMED)
def test_a_table_of_other_columns_without_a_head_is_not_taken_for_ours(name: str) -> None:
    """Each row also closes as one of ours that leaves cells out: with no plan in a quarter of any row, or its meta
    again within the row."""
    quarter, rows = UNNAMED[name]
    read = told(rows, quarter, [])
    assert len(read) == len(rows)
    for row in read:
        assert row["tabla"] == "tabla_de_otro_formato", row["impreso"]
        assert row["estado"] == "dudosa"
        assert {row["meta"], row["absoluto"], *row["programado"], *row["avance"]} == {None}


def test_a_table_that_leaves_its_coming_achievements_out_needs_no_head() -> None:
    """Every quarter has a plan in some row, or no pairs of other periods close: it is ours."""
    read = told(["60|10|9|15|14|20|15|23|38%", "44|11|10|11|11|11|11|21|48%", "9|3|2|3|3|0|3|5|56%"], 2, [])
    assert [row["estado"] for row in read] == ["realineada"] * 3
    read = told(["30|10|9|10|10|0|9|30%", "24|8|7|8|8|0|7|29%", "15|5|5|5|5|0|5|33%"], 1, [])
    assert [row["absoluto"] for row in read] == [9, 7, 5]
