"""Codes of líneas de acción: settled by what header, rows and other pages print, with score and rivals."""

from __future__ import annotations

from dagster_project.tmm_f004.model import ActionRow, HeaderField
from dagster_project.tmm_f004.settle.action_lines import ActionLines


def field(code: str, name: str, line: int = 5) -> HeaderField:
    return HeaderField("linea_accion", code, name, line)


def rows(*codes: tuple[str, ...]) -> list[ActionRow]:
    return [ActionRow(20 + k, c, 700 + k, "Podar arbolado", "Árbol", (), "") for k, c in enumerate(codes)]


def settle_lines(pages: list[tuple[list[HeaderField], list[ActionRow], str]]) -> list[list[HeaderField]]:
    lines = ActionLines()
    for k, (fields, _, plan) in enumerate(pages):
        lines.note(k, fields, plan)
    return [lines.settle(k, *page) for k, page in enumerate(pages)]


def test_a_code_that_only_rows_name_is_kept_and_marked() -> None:
    """It has no name: the header does not print it."""
    header = field("3.1.4", "BIBLIOTECAS VIVAS")
    ((first, marked),) = settle_lines([([header], rows(("3.1.4",), ("5.2.1",), ("5.2.1", "3.1.4")), "con_eje")])
    assert (first.codigo_impreso, first.valor) == ("3.1.4", "3.1.4")
    assert (marked.campo, marked.codigo_impreso, marked.texto_impreso, marked.linea) == (
        "linea_accion",
        "5.2.1",
        None,
        21,
    )
    assert (marked.valor, marked.regla) == ("5.2.1", "solo_en_renglones")


def test_a_code_of_the_rows_like_one_of_the_header_that_they_use_too_has_it_for_a_rival() -> None:
    """3.1.4 and 3.1.9 both stand in the rows: the second may be a misread first."""
    header = field("3.1.4", "BIBLIOTECAS VIVAS")
    ((_, marked),) = settle_lines([([header], rows(("3.1.4",), ("3.1.9",)), "con_eje")])
    assert marked.codigo_impreso == "3.1.9"
    assert (marked.puntaje or 1) < 0.8
    assert "| 3.1.4" in (marked.regla or "")


def test_a_header_code_that_no_row_uses_goes_to_the_like_code_that_rows_and_other_pages_print() -> None:
    """Printed 2.13.8 here, 2.13.6 in the rows and on two other pages."""
    name = "CAPACITACION PARA EL EMPLEO"
    odd = ([field("2.13.8", name)], rows(("2.13.6",), ("2.13.6",)), "con_eje")
    sound = ([field("2.13.6", name)], rows(("2.13.6",)), "con_eje")
    settled = settle_lines([odd, sound, sound])
    (moved,) = settled[0]
    assert (moved.codigo_impreso, moved.valor) == ("2.13.8", "2.13.6")
    assert [f.codigo_impreso for f in settled[1]] == ["2.13.6"]


def test_codes_of_another_plan_never_count() -> None:
    """The plans share codes with different meanings."""
    name = "APOYOS DE ORDEN SOCIAL"
    here = ([field("2.3.7", name)], rows(("2.3.7",)), "con_eje")
    there = ([field("2.3.1", name)], rows(("2.3.1",)), "sin_eje")
    assert [[f.valor for f in page] for page in settle_lines([here, there, there])] == [["2.3.7"], ["2.3.1"], ["2.3.1"]]
