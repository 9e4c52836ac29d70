"""Figures below nought: the form has none, so such a row is doubtful with its print beside it, never made positive."""

from __future__ import annotations

import pytest

from tests.support.printed_tables import figures, read, sure, tabbed

SIGNED = ["-{}", "({})", "{}-", "−{}", "–{}", "- {}", "(-{})", "﹣{}", "‑{}"]
OTHER = "3.1.4|701.- Reparar libros|Libro|180|60|61|50|5|40|0|30|0|66|37%|"
NOTHING = "- | - - - - | - - - - | - | -%".replace("-%", "-")

ROWS = {
    "corrected": "100|25|25|25|{}|25|0|25|0|23|23%",
    "plan-taken-back": "70|25|25|25|2|25|0|{}|0|27|39%",
    "total-below-nought": "100|25|1|25|{}|25|0|25|0|{}|0%",
    "comma": "20,425|5,447|5,447|7,740|{}|5,073|0|2,165|0|5,445|27%",
}


@pytest.mark.parametrize("sign", SIGNED)
@pytest.mark.parametrize("cells", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("between", ["\t", " | ", "    ", " "], ids=["tabs", "bars", "blanks", "one-blank"])
def test_a_row_with_a_figure_below_nought(sign: str, cells: str, between: str) -> None:
    if between.strip() == "" and between != "\t" and sign == "- {}":
        return  # a dash and a figure are two cells there
    printed = sign.format(5 if "{}|0|27" in cells else 2)
    rows = [between.join(r.rstrip("|").split("|")) for r in
            (f"3.1.4|700.- Retirar anuncios irregulares|Anuncio|{cells.format(*[printed] * 2)}|", OTHER)]  # fmt: skip
    got = {r["accion"]: r for r in read(rows)}
    assert (got[700]["estado"], got[700]["reparo"], figures(got[700])) == ("dudosa", "figura_negativa", NOTHING)
    assert printed in got[700]["impreso"]
    assert figures(got[701]) == "180 | 60 50 40 30 | 61 5 - - | 66 | 37%"


@pytest.mark.parametrize("sign", ["-{}%", "({}%)", "({})%", "−{}%"])
def test_a_percentage_below_nought(sign: str) -> None:
    row = f"3.1.4|700.- Retirar anuncios|Anuncio|100|25|2|25|3|25|0|25|0|5|{sign.format(5)}|"
    (got,) = read([tabbed(row)])
    assert (got["estado"], got["reparo"]) == ("dudosa", "figura_negativa")


@pytest.mark.parametrize("nought", ["-0", "(0)", "0-", "-", "--", "–", "—"])
def test_a_nought_and_a_dash_alone_are_below_nothing(nought: str) -> None:
    row = f"3.1.4|700.- Retirar anuncios|Anuncio|100|25|20|25|3|25|{nought}|25|{nought}|23|23%|"
    assert sure(read([tabbed(row)])) == {700: "100 | 25 25 25 25 | 20 3 - - | 23 | 23%"}
