from __future__ import annotations

import pytest

from dagster_project.tmm_f004.page.signatures import read_signatures

UNIT, PROGRAMME, BRANCH = "RESPONSABLE DE LA UNIDAD EJECUTORA", "RESPONSABLE DEL PROGRAMA", "RESPONSABLE DEL RAMO"
EXPECTED = [("ANA SOTO RUIZ", "unidad_ejecutora"), ("LUIS MORA PAZ", "programa"), ("EVA DIAZ LARA", "ramo")]


def signed(lines: list[str]) -> list[tuple[str | None, str | None]]:
    fields, left = read_signatures(list(enumerate(lines, start=1)))
    assert left == []
    return [(f.texto_impreso, f.valor) for f in fields]


ABOVE = f"ELABORÓ|REVISÓ|AUTORIZÓ|ANA SOTO RUIZ|{UNIT}|Nombre y Firma|LUIS MORA PAZ|{PROGRAMME}|EVA DIAZ LARA|{BRANCH}"
BELOW = (
    f"ELABORO|[Firma]|{UNIT}|ANA SOTO RUIZ|REVISO|[Firma]|{PROGRAMME}|LUIS MORA PAZ|"
    f"AUTORIZO|[Firma]|{BRANCH}|EVA DIAZ LARA"
)
COLUMNS = f"ANA SOTO RUIZ\tLUIS MORA PAZ\tEVA DIAZ LARA|{UNIT}\t{PROGRAMME}\t{BRANCH}"
MISREAD = (
    "ANA SOTO RUIZ|RESPONSABEL DE LA UNIDAD EJECUTIVA|NOMBRE Y EMBAMA|"
    f"LUIS MORA PAZ|{PROGRAMME}|EVA DIAZ LARA|RESPONSABLE DEL RANO"
)


@pytest.mark.parametrize(
    "lines",
    [text.split("|") for text in (ABOVE, BELOW, COLUMNS, MISREAD)],
    ids=["name-above", "name-below", "columns", "misread"],
)
def test_names_go_with_their_roles(lines: list[str]) -> None:
    assert signed(lines) == EXPECTED


def test_a_lost_name_shifts_no_other() -> None:
    lines = ["ANA SOTO RUIZ", UNIT, PROGRAMME, "EVA DIAZ LARA", BRANCH]
    assert signed(lines) == [EXPECTED[0], (None, "programa"), EXPECTED[2]]


def test_a_date_among_signatures_is_passed_over() -> None:
    assert signed(["FECHA: 14 MAR 2023", UNIT, "FECHA: 14 MAR 2023", PROGRAMME]) == [
        (None, "unidad_ejecutora"),
        (None, "programa"),
    ]


def test_other_text_is_given_back() -> None:
    assert read_signatures([(7, "sello de recibido 12/05/2023 a las 10:30 hrs.")])[1] == [
        (7, "sello de recibido 12/05/2023 a las 10:30 hrs.")
    ]
