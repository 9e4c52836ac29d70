"""The score of documents: rows are paired with the truth by number, text and figures, and what is left over counts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from benchmarks.documents import Score, keeps, pairs, summary
from benchmarks.scoring import Verdict, same_text

TEXT = "Abrir salas de lectura en el valle"


def row(number: int | None, meta: int, text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {
        "accion": number, "descripcion": text, "unidad_medida": "Sala", "observaciones": "", "meta": meta,
        "programado": [meta, 0, 0, 0], "avance": [meta, None, None, None], "absoluto": meta, "relativo_pct": 100,
        "estado": "exacta",
        "corte_estado": "exacta", "unidad_estado": "exacta", "alternativas": [], "unidad": "31101", "anio": 2023,
        "trimestre": 1, **more,
    }  # fmt: skip


def counts(truth: list[dict[str, Any]], read: list[dict[str, Any]]) -> dict[str, int]:
    score = Score()
    score.add_form({"unidad": "31101", "anio": 2023, "trimestre": 1, "rows": truth}, read)
    return {k: n for k, n in score.counts.items() if not k.endswith(" right") or k == Verdict.RIGHT}


def test_rows_of_one_text_are_paired_by_their_numbers_and_figures() -> None:
    truth, read = [row(700, 4), row(701, 9)], [row(701, 9), row(700, 4)]
    assert [(t["accion"], r and r["accion"]) for t, r in pairs(truth, read)[0]] == [(700, 700), (701, 701)]


def test_what_is_wrong_lost_or_of_no_row_is_counted() -> None:
    truth = [row(700, 4), row(701, 9, "Reparar libros de consulta"), row(702, 5, "Prestar equipo de cómputo")]
    read = [row(700, 8), row(702, 5, "Prestar equipo de cómputo"), row(None, 77, "Otro texto de otra hoja")]
    assert counts(truth, read) == {"wrong and sure": 1, "missing": 1, "sure and right": 1, "spurious, sure": 1}


def test_a_percentage_printed_with_decimals_may_be_read_whole() -> None:
    assert counts([row(700, 4, relativo_pct=37.4)], [row(700, 4, relativo_pct=37)]) == {"sure and right": 1}


def test_a_number_read_for_another_is_counted_besides() -> None:
    assert counts([row(700, 4)], [row(701, 4)]) == {"sure and right": 1, "number wrong and sure": 1}


@pytest.mark.parametrize(
    ("read", "is_same"),
    [
        ("ABRIR SALAS DE LECTURA EN EL VALLE.", True),
        ("Abrlr salas delectura en el val1e", True),  # an engine's letters
        ("Abrir salas de Informe lectura en el valle", False),  # the measure within
        ("Abrir salas de en el valle", False),  # a line lost
        ("lectura en el valle Abrir salas de", False),
        ("", False),
    ],
)
def test_a_text_is_right_where_no_word_is_lost_added_or_moved(read: str, is_same: bool) -> None:
    assert same_text(TEXT, read) is is_same


def test_texts_that_are_not_as_printed_are_counted_besides() -> None:
    truth = [row(700, 4, unidad_medida="Sala", observaciones="Cerrada por obras")]
    read = [row(700, 4, "Abrir salas de lectura Sala en el valle", unidad_medida="", observaciones="Cerrada por obras")]
    assert counts(truth, read) == {"sure and right": 1, "text wrong": 1, "measure wrong": 1}


@pytest.mark.parametrize(
    ("counts", "is_kept"),
    [
        ({"sure and right": 97, "missing": 3}, True),
        ({"sure and right": 96, "missing": 4}, False),
        ({"sure and right": 99, "wrong and sure": 1}, False),
        ({"sure and right": 99, "spurious, sure": 1}, False),
        ({"sure and right": 99, "unidad wrong": 1}, False),
    ],
)
def test_a_budget_is_kept_by_enough_rows_and_none_wrong(counts: dict[str, int], is_kept: bool) -> None:
    assert keeps(Counter(counts), 97) is is_kept


def test_the_summary_is_of_all_rows_of_the_truth() -> None:
    told = summary(Counter({"sure and right": 97, "missing": 2, "wrong and sure": 1, "text right": 90}))
    assert told.startswith("100 rows; sure and right  97.00 % [")
    assert "wrong and sure 1,   1.00 %" in told
