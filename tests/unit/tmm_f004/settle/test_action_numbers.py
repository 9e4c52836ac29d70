"""Printed action numbers that cannot be right: corrected where one number fits, else kept and doubted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.tmm_f004.settle.action_numbers import judge_numbers
from tests.support.made_up_forms import CATALOGS, MadeUpForm, page

TEXTS = "Leer en voz alta|Reparar techos|Prestar equipos|Catalogar donaciones|Afinar pianos|Podar setos|Pintar bardas"
OUT, TWICE = "fuera_de_secuencia", "numero_repetido"


def judged(numbers: Sequence[int | None], texts: Sequence[str] = TEXTS.split("|")) -> list[tuple[int | None, str]]:
    """Number and rule of rows with these numbers."""
    rows = [ActionRow(n, (), a, t, "", (), "") for n, (a, t) in enumerate(zip(numbers, texts, strict=False), start=1)]
    return [(r.accion, r.accion_regla) for r in judge_numbers(rows)]


@pytest.mark.parametrize("misread", [399, 806, 3, 309])
def test_a_number_between_two_that_leave_one_choice_is_corrected(misread: int) -> None:
    rows = [ActionRow(n, (), a, t, "", (), "") for n, (a, t) in enumerate(
        zip([304, 305, misread, 307, 308], TEXTS.split("|"), strict=False), start=1)]  # fmt: skip
    found = judge_numbers(rows)[2]
    assert (found.accion, found.accion_inferida, found.accion_impresa) == (306, True, misread)
    assert found.accion_regla == "secuencia_corrige"
    assert [r for k, r in enumerate(judge_numbers(rows)) if k != 2] == [r for k, r in enumerate(rows) if k != 2]


@pytest.mark.parametrize(
    ("numbers", "doubted"),
    [
        ([304, 305, 399, 308, 309], {2: OUT}),
        ([304, 305, 806, 308, 309], {2: OUT}),
        ([300, 301, 302, 803], {3: OUT}),
        ([900, 301, 302, 303], {0: OUT}),
        ([300, 301, 302, 383], {3: OUT}),
        ([300, 301, 301, 304, 305], {2: TWICE}),
        ([304, 305, 302, 308, 309], {2: OUT}),
        ([201, 202, 203, 202], {3: TWICE}),
    ],
    ids=["too-high", "of-another-unit", "last", "first", "far-off", "the-second-of-two", "too-low", "last-of-two"],
)
def test_a_number_that_cannot_be_right_is_kept_and_doubted(numbers: list[int], doubted: dict[int, str]) -> None:
    assert judged(numbers) == [(n, doubted.get(k, "impresa")) for k, n in enumerate(numbers)]


@pytest.mark.parametrize(
    "numbers",
    [
        [300, 301, 302],
        [300, 303, 304, 309],
        [398, 399, 400, 401],
        [300, 302, 303, 304, 301],
        [300, 302, 301, 303],
        [300, None, 302],
        [705],
        [],
    ],
    ids=["whole", "rows-left-out", "next-hundred", "moved", "changed-places", "lost", "alone", "none"],
)
def test_numbers_that_may_be_right_are_left_alone(numbers: list[int | None]) -> None:
    assert judged(numbers) == [(n, "impresa") for n in numbers]


def test_a_row_printed_twice_has_no_number_misread() -> None:
    texts = ["Leer en voz alta", "Reparar techos de lámina", "Reparar techos de 1ámina", "Prestar equipos"]
    assert judged([300, 301, 301, 303], texts) == [(n, "impresa") for n in (300, 301, 301, 303)]


def test_neither_of_two_numbers_is_corrected_where_the_sequence_cannot_tell_which() -> None:
    assert judged([301, 304, 304, 306, 307])[1:3] == [(304, TWICE), (304, TWICE)]


def test_what_became_of_a_number_is_told_with_the_row() -> None:
    corrected = list(read_lines(page(MadeUpForm(numbers=(700, 791, 702, 703))), CATALOGS))
    assert [r["accion"] for r in corrected] == [700, 701, 702, 703]
    assert [r.get("accion_impresa") for r in corrected] == [None, 791, None, None]
    assert [r["accion_inferida"] for r in corrected] == [False, True, False, False]
    doubted = list(read_lines(page(MadeUpForm(numbers=(700, 701, 702, 103))), CATALOGS))
    assert [r.get("accion_dudosa") for r in doubted] == [None, None, None, OUT]
    assert [(r["accion"], r["accion_inferida"]) for r in doubted][3] == (103, False)
