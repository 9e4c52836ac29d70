"""Which action is which across cuts: one to one, in order, and no guess where it is not sure."""

from __future__ import annotations

import itertools

from dagster_project.tmm_f004.model import ActionLink
from dagster_project.tmm_f004.reconcile.unit_year import (
    LINK_FIRST,
    LINK_MOVED,
    LINK_PERSON,
    LINK_PLAN,
    LINK_REPEATED,
    LINK_TEXT,
    LINK_UNSURE,
    reconcile,
)
from tests.support.reports import lectura, report, row

SCHOOL = "Apoyar en la formacion academica del sector estudiantil a traves de diversos estimulos"
HEALTH = "Atender con apoyos de orden social a diversas comunidades en la atencion de la salud"
PARKS = "Realizar brigadas de limpieza y mantenimiento en parques con los usuarios y la comunidad"


def _plan(*plan: int) -> tuple[int, ...]:
    return plan


def _links(*reports: object, decided: dict | None = None) -> dict[tuple[str, int], ActionLink]:
    made, _, _ = reconcile(list(reports), decided)  # type: ignore[arg-type]
    return {(v.corte, v.linea): v for v in made}


def _three(base: int, first_line: int, texts: bool = True) -> list:
    plans = ((10, 20, 30, 40), (7, 9, 11, 13), (100, 140, 160, 90))
    words = (SCHOOL, HEALTH, PARKS) if texts else ("", "", "")
    return [
        row(first_line + k, lectura(plan, (plan[0], None, None, None)), accion=base + k, texto=text)
        for k, (plan, text) in enumerate(zip(plans, words, strict=True))
    ]


def test_renumbered_actions_are_linked_by_text() -> None:
    """605 to 607 of one cut are 505 to 507 of the next."""
    links = _links(report("2022-T2", *_three(605, 1)), report("2022-T3", *_three(505, 1)))
    assert [links["2022-T3", k].accion_id for k in (1, 2, 3)] == [links["2022-T2", k].accion_id for k in (1, 2, 3)]
    assert {links["2022-T3", k].regla for k in (1, 2, 3)} == {LINK_TEXT}


def test_actions_that_exchange_places_are_linked() -> None:
    """The order speaks against one of the two; the same words and measure, which no other action has, decide."""
    first, second, third = _three(100, 1)
    exchanged = [
        row(11, *second.lecturas, accion=100, texto=HEALTH),
        row(12, *first.lecturas, accion=101, texto=SCHOOL),
    ]
    links = _links(report("2022-T2", first, second, third), report("2022-T3", *exchanged, _three(100, 11)[2]))
    assert [links["2022-T3", k].accion_id[-3:] for k in (11, 12, 13)] == ["002", "001", "003"]
    assert {links["2022-T3", k].regla for k in (11, 12)} == {LINK_MOVED}
    assert links["2022-T3", 13].regla == LINK_TEXT


def test_without_text_and_number_plan_and_order_link() -> None:
    """A page that lost its column of texts is linked by its figures."""
    bare = [row(k, lectura(r.lecturas[0].valores[f"p{1}"] and _values(r), (1, None, None, None)))
            for k, r in enumerate(_three(600, 1), start=1)]  # fmt: skip
    links = _links(report("2022-T2", *_three(600, 1)), report("2022-T3", *bare))
    assert {links["2022-T3", k].regla for k in (1, 2, 3)} == {LINK_PLAN}
    assert links["2022-T3", 2].accion_id == links["2022-T2", 2].accion_id


def _values(read: object) -> tuple[int, ...]:
    return tuple(read.lecturas[0].valores[f"p{q}"] for q in (1, 2, 3, 4))  # type: ignore[attr-defined]


def test_a_row_that_two_actions_fit_is_no_link() -> None:
    """Two actions alike in all, one row left of them: which one it is stays open, and the proposal is shown."""
    twins = [row(k, lectura((5, 5, 5, 5), (5, None, None, None)), texto=SCHOOL) for k in (1, 2)]
    alone = row(1, lectura((5, 5, 5, 5), (5, 5, None, None)), texto=SCHOOL)
    link = _links(report("2022-T1", *twins), report("2022-T2", alone))["2022-T2", 1]
    assert link.regla == LINK_UNSURE
    assert link.propuesta in {"02002-54101-2022-T1-001", "02002-54101-2022-T1-002"}
    assert link.accion_id == "02002-54101-2022-T2-001"
    assert 0.3 < link.puntaje < 0.7


def test_a_new_action_is_its_own() -> None:
    """A row like none of the cut before begins an action."""
    fresh = row(9, lectura((0, 3, 8, 2), (0, 3, None, None)), accion=103, texto="Organizar el desfile", medida="Evento")
    link = _links(report("2022-T1", *_three(100, 1)), report("2022-T2", *_three(100, 1), fresh))["2022-T2", 9]
    assert (link.regla, link.accion_id) == (LINK_FIRST, "02002-54101-2022-T2-004")


def test_a_row_on_two_pages_of_a_cut_is_one_action() -> None:
    """The second print of a row is the same action, marked as printed again; what its page adds is new."""
    first, second = _three(100, 1)[:2], _three(100, 21)[1:]
    links = _links(report("2022-T1", *first), report("2022-T1", *second, formato=2))
    assert [links["2022-T1", n].regla for n in (1, 2, 22, 23)] == [LINK_FIRST, LINK_FIRST, LINK_REPEATED, LINK_FIRST]
    assert links["2022-T1", 22].accion_id == links["2022-T1", 2].accion_id


def test_of_a_page_that_only_repeats_nothing_is_linked() -> None:
    """A copy is no second print of the report."""
    links = _links(report("2022-T1", *_three(100, 1)), report("2022-T1", *_three(100, 21)[:1], formato=2))
    assert sorted(line for _, line in links) == [1, 2, 3]


def test_the_order_of_loading_changes_nothing() -> None:
    """Every order in which three cuts come gives the same links and choices."""
    reports = [report(f"2022-T{q}", *_three(100 * q, 1)) for q in (1, 2, 4)]
    results = [reconcile(list(order)) for order in itertools.permutations(reports)]
    assert all(result == results[0] for result in results)


def test_a_person_links_and_parts() -> None:
    """What a person says wins over text and order, whichever row is named first."""
    reports = (report("2022-T1", *_three(100, 1)), report("2022-T2", *_three(100, 11), extracto="y"))
    links = _links(*reports, decided={("x", 1): ("y", 12), ("y", 13): None})
    assert links["2022-T2", 12].accion_id == links["2022-T1", 1].accion_id
    assert links["2022-T2", 12].regla == links["2022-T2", 13].regla == LINK_PERSON
    assert links["2022-T2", 13].accion_id == "02002-54101-2022-T2-003"
