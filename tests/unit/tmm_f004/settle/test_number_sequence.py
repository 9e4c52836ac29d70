from __future__ import annotations

import pytest

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.settle.number_sequence import infer_numbers


def pages(*numbers: list[int | None]) -> list[list[ActionRow]]:
    return [[ActionRow(n, (), a, "", "", (), "") for n, a in enumerate(page, start=1)] for page in numbers]


@pytest.mark.parametrize(
    ("printed", "expected", "rule"),
    [
        ([[300, None, 302]], [[300, 301, 302]], "secuencia"),
        ([[300, 301, None]], [[300, 301, 302]], "secuencia_anterior"),
        ([[None, 301, 302]], [[300, 301, 302]], "secuencia_siguiente"),
        ([[None, None], [802, 803]], [[800, 801], [802, 803]], "secuencia_siguiente"),
    ],
    ids=["between", "last", "first", "page-before"],
)
def test_a_number_with_one_choice_is_inferred(
    printed: list[list[int | None]], expected: list[list[int]], rule: str
) -> None:
    filled = infer_numbers(pages(*printed))
    assert [[r.accion for r in page] for page in filled] == expected
    for page, before in zip(filled, printed, strict=True):
        for row, number in zip(page, before, strict=True):
            assert row.accion_inferida == (number is None)
            assert row.accion_regla == ("impresa" if number is not None else rule)


@pytest.mark.parametrize(
    "printed",
    [
        [[300, None, 305]],
        [[300, None, None, 302]],
        [[398, 399, None]],
        [[None, None, None]],
        [[805, 806], [None, None, None, None, None]],
        [[None, None], [805, 806]],
        [[800, 801], [None, None]],
        [[300, 301, 308, None]],
        [[300, 302, 303, None]],
        [[None, 302, 303]],
    ],
    ids=[
        "gap-too-wide",
        "gap-too-narrow",
        "next-hundred",
        "no-number",
        "hole-before",
        "not-from-x00",
        "page-after",
        "misread-anchor",
        "row-lost-before",
        "first-row-lost",
    ],
)
def test_a_choice_is_left_open(printed: list[list[int | None]]) -> None:
    filled = infer_numbers(pages(*printed))
    open_rows = [row for page in filled for row in page if not row.linea or row.accion is None]
    assert [[r.accion for r in page] for page in filled] == printed
    assert {r.accion_regla for r in open_rows} == {"ausente"}


def test_printed_numbers_are_never_changed() -> None:
    printed: list[int | None] = [500, 507, 502, None, 504]
    assert [r.accion for r in infer_numbers(pages(printed))[0]] == [500, 507, 502, 503, 504]
