"""Tables whose head leaves out a column of the form's: what it proved is proven by nothing."""

from __future__ import annotations

from tests.support.printed_tables import HEAD, read, tabbed

WITHOUT_META = [HEAD[0].replace("META ANUAL\t", ""), *(line.removeprefix("\t") for line in HEAD[1:])]
ROWS = ("3|3|3|0|3|0|3|0|3|25%", "7|7|7|0|7|0|7|0|7|25%", "11|12|11|0|11|0|11|0|12|27%")


def test_a_table_that_names_no_meta_has_none() -> None:
    """Where all quarters plan alike the first P closes as the meta of one quarter, with another percentage."""
    rows = [tabbed(f"3.1.4|{700 + k}.- Regar el jardín {k}|Sala|{cells}|") for k, cells in enumerate(ROWS)]
    found = read(rows, 1, WITHOUT_META)
    assert {(r["estado"], r["tabla"], r["meta"]) for r in found} == {("dudosa", "tabla_de_otro_formato", None)}
    whole = [row.replace("Sala\t", f"Sala\t{meta}\t") for row, meta in zip(rows, (12, 28, 44), strict=True)]
    assert [(r["estado"], r["meta"]) for r in read(whole, 1, WITHOUT_META)] == [("exacta", m) for m in (12, 28, 44)]
