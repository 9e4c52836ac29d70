"""The actions of a year in one order, known by the latest print that has it."""

from __future__ import annotations

from dagster_project.tmm_f004.reconcile.year_actions import ActionPrint, year_actions


def _print(accion_id: str, corte: str, texto: str = "Dar apoyos", plan: str | None = "con_eje") -> ActionPrint:
    return ActionPrint(accion_id, corte, texto, "Apoyo", 100, plan, ("2.3.1",))


def test_the_latest_print_with_words_names_the_action() -> None:
    """The last quarter's page lost its texts: the quarter before it speaks, and líneas of both count."""
    prints = [
        _print("a", "2022-T1", "Dar apoyos", "sin_eje"),
        _print("a", "2022-T3", "Dar más"),
        _print("a", "2022-T4", ""),
    ]
    (action,) = year_actions(prints)
    assert (action.texto, action.medida, action.ejercicio) == ("DAR MAS", "APOYO", 2022)
    assert action.lineas == {("sin_eje", "2.3.1"), ("con_eje", "2.3.1")}


def test_the_lineas_of_a_page_of_unknown_plan_say_nothing() -> None:
    """A code is a línea of a plan: without the plan it is none."""
    (action,) = year_actions([_print("a", "2022-T1", plan=None)])
    assert action.lineas == frozenset()


def test_actions_of_which_each_report_shows_some_come_in_one_order() -> None:
    """What the last report leaves out stands behind what it followed before."""
    first = [_print(name, "2022-T1") for name in "abcd"]
    last = [_print(name, "2022-T4") for name in "acxd"]
    assert [a.accion_id for a in year_actions([*first, *last])] == ["a", "b", "c", "x", "d"]
