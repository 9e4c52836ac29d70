"""How values are written on a page: as a reader of the paper would, with a mark on what is not as printed."""

from decimal import Decimal

import pytest

from dagster_project.site import charts, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"), (0, "0"), (1234, "1,234"), (Decimal("1234.5000"), "1,234.5"), (Decimal("46.0000"), "46"),
        (Decimal("1000"), "1,000"), (Decimal("-3.25"), "-3.25"),
    ],
)  # fmt: skip
def test_a_number_has_commas_and_no_noughts_behind(value, text) -> None:
    assert shown.number(value) == text


def test_a_figure_in_doubt_is_its_range_and_never_a_value() -> None:
    row = {"programado": None, "programado_min": 46, "programado_max": 48, "estado_programado": "dudosa"}
    assert "46 a 48" in shown.figure(row, "programado")
    assert ">48<" in shown.figure(row | {"programado_min": 48}, "programado"), "the only one that it may be"
    assert ">?<" in shown.figure(row | {"programado_min": None, "programado_max": None}, "programado")


@pytest.mark.parametrize(
    ("estado", "holds"), [("exacta", ">"), ("realineada", ">"), ("reparada", ">r<"), ("corregida", ">c<")]
)
def test_what_is_not_as_printed_bears_a_mark(estado, holds) -> None:
    text = str(shown.figure({"avance": 7, "estado_avance": estado}, "avance"))
    assert text == "7" if holds == ">" else holds in text


def test_a_quarter_to_come_is_not_a_nought() -> None:
    row = {"avance": None, "estado_avance": "no_aplica", "situacion_avance": "futuro"}
    assert "aún no" in shown.figure(row, "avance")


def test_text_from_a_file_is_text_on_the_page() -> None:
    assert "<script" not in shown.figure({"meta": None, "situacion_meta": "<script>"}, "meta")


def test_bars_are_as_high_as_their_share_of_the_greatest() -> None:
    text = charts.quarters([(Decimal(10), Decimal(5)), (None, None), (Decimal(0), None), (None, None)])
    assert f'height="{charts.HIGH}"' in text
    assert f'height="{charts.HIGH / 2:g}"' in text
    assert text.count("<rect") == 3
    assert charts.quarters([(None, None)] * 4).count("<rect") == 0


def test_a_bar_of_lights_is_whole() -> None:
    """A quarter and three quarters, each of its light's colour up to where it ends; none of no action."""
    colours = {"rojo": "#f00", "naranja": "#fa0", "verde": "#0a0"}
    assert charts.lights({"rojo": 1, "verde": 3}, colours) == "<i style=--0:25%;--2:100%></i>"
    painted = "linear-gradient(90deg,#f00 0 var(--0,0),#fa0 0 var(--1,0),#0a0 0 var(--2,0))"
    assert charts.light_bar(colours) == painted
    hostile = charts.light_bar({"rojo": "}</style><script>", "verde": "#0a0"})
    assert hostile == "linear-gradient(90deg,transparent 0 var(--0,0),#0a0 0 var(--1,0))"
