"""In which order a table's rows add up, where its head says another."""

from __future__ import annotations

from tests.support.printed_tables import read, tabbed

A_FIRST = (
    "60|9|10|15|15|20|20|15|15|59|98%",
    "44|10|11|11|11|11|11|11|11|43|98%",
    "40|11|10|9|10|10|10|10|10|40|100%",
    "28|6|7|8|7|7|7|7|7|28|100%",
    "12|2|3|4|3|3|3|3|3|12|100%",
)


def printed(rows: tuple[str, ...]) -> list[str]:
    return [tabbed(f"3.1.4|{700 + k}.- Regar el jardín {k}|Apoyo|{cells}|") for k, cells in enumerate(rows)]


def swapped(row: str) -> str:
    """A row with each P in the place of its A."""
    cells = row.split("|")
    return "|".join([cells[0], *(c for k in range(1, 9, 2) for c in (cells[k + 1], cells[k])), *cells[9:]])


def test_rows_that_add_up_as_a_before_p_alone_belie_those_that_add_up_both_ways() -> None:
    """What was achieved as planned adds up in either order: it is no witness for the head's."""
    assert {(r["estado"], r.get("tabla")) for r in read(printed(A_FIRST), 4)} == {("dudosa", "tabla_de_otro_formato")}
    assert {r["estado"] for r in read(printed(tuple(map(swapped, A_FIRST))), 4)} == {"exacta"}


def test_one_row_that_adds_up_in_another_order_belies_no_table_of_others() -> None:
    rows = (A_FIRST[0], *map(swapped, A_FIRST[1:]))
    assert [r["estado"] for r in read(printed(rows), 4)] == ["dudosa", *["exacta"] * 4]
