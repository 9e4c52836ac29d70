"""What can be chosen, what it would make of a row, and the lines it writes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dagster_project.desk import choices

BANDS = [
    dict(zip(("semaforo", "desde_pct", "incluye_desde", "hasta_pct", "incluye_hasta"), band, strict=True))
    for band in (
        ("rojo", Decimal(0), True, Decimal(50), False),
        ("verde", Decimal(50), True, Decimal(110), True),
        ("morado", Decimal(110), False, None, None),
    )
]  # fmt: skip
SAID = {"motivo": "se ve", "autor": "Ana", "fecha": "2026-01-02"}
ROW = {"renglon_huella": "h" * 16, "corte": "2022-T2", "campos": ["p2", "a2"], "celdas_impresas": "1,150 |  | 56",
       "ruta": "a.txt", "linea": 7}  # fmt: skip


def _reading(**given: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("meta", *(f"{k}{n}" for k in "pa" for n in range(1, 5)), "absoluto", "relativo_pct"))
    return {"candidato": 1, "costo": 1.0, "es_dentro_margen": True, "operaciones": "[]", **empty, **given}


@pytest.mark.parametrize(
    ("planned", "done", "word"),
    [("2", "1", "verde"), ("200", "99", "rojo"), ("10", "11", "verde"), ("100", "110.01", "morado"),
     ("0", "0", "sin programación"), (None, "3", "no programado"), ("5", None, "rojo")],
)  # fmt: skip
def test_a_light_is_lit_by_the_exact_quotient(planned: str | None, done: str | None, word: str) -> None:
    """At the ends of a band as in the marts."""
    numbers = (None if text is None else Decimal(text) for text in (planned, done))
    assert choices.light(*numbers, BANDS) == word


def test_a_choice_says_whether_it_closes() -> None:
    """The sums of its quarters against meta and absoluto, and the lights of the report's quarter and of the plan."""
    given = {"meta": Decimal(150), "p1": Decimal(100), "p2": Decimal(50), "a1": Decimal(30), "absoluto": Decimal(31)}
    (choice,) = choices.readings(ROW, [_reading(**given)], BANDS)
    assert (choice.planned, choice.done, choice.closes) == ("150", "30", False)
    assert (choice.quarter, choice.total) == ("rojo", "rojo")
    (choice,) = choices.readings(ROW, [_reading(**given | {"absoluto": Decimal(30)})], BANDS)
    assert choice.closes


def test_a_line_a_figure_in_doubt_with_what_its_cell_prints() -> None:
    """As printed, separators and all; what is printed in no cell is said to be printed nowhere."""
    lines = choices.corrections(ROW, {"p2": "1150", "a2": "9"}, [], SAID)
    assert [(line["campo"], line["impreso"], line["valor"]) for line in lines] == [
        ("p2", "1,150", "1150"),
        ("a2", "", "9"),
    ]
    assert {(line["archivo"], line["linea"], line["autor"]) for line in lines} == {("a.txt", "7", "Ana")}


def test_a_link_is_with_a_row_or_with_none() -> None:
    """None: an action of its own."""
    row = ROW | {"accion_numero_impreso": 5}
    assert choices.link_line(row, None, SAID)["con_huella"] == ""
    other = {"renglon_huella": "o" * 16, "accion_numero_impreso": 605}
    assert choices.link_line(row, other, SAID)["con_impreso"] == "605"
