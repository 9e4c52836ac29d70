"""Which action continues which of an earlier year: by words, measure, línea, order; no guess where it is not sure."""

from __future__ import annotations

import itertools

import pytest

from dagster_project.tmm_f004.reconcile.action_series import (
    LINK_MOVED,
    Head,
    SeriesLink,
    YearAction,
    link_years,
)
from dagster_project.tmm_f004.reconcile.unit_year import LINK_FIRST, LINK_PERSON, LINK_TEXT, LINK_UNSURE

WORDS = (
    "APOYAR EN LA FORMACION ACADEMICA DEL SECTOR ESTUDIANTIL A TRAVES DE DIVERSOS ESTIMULOS",
    "ATENDER CON APOYOS DE ORDEN SOCIAL A DIVERSAS COMUNIDADES EN LA ATENCION DE LA SALUD",
    "REALIZAR BRIGADAS DE LIMPIEZA Y MANTENIMIENTO EN PARQUES CON LOS USUARIOS Y LA COMUNIDAD",
    "IMPARTIR TALLERES DE CAPACITACION PARA EL AUTOEMPLEO",
)


def _year(year: int, *texts: str, first: int = 100, medida: str = "APOYO", lineas: tuple[str, ...] = ()) -> list:
    named = frozenset(("con_eje", code) for code in lineas)
    return [
        YearAction(f"02002-54101-{year}-T1-{k:03d}", year, text, medida, first + k - 1, named)
        for k, text in enumerate(texts, start=1)
    ]


def _linked(*years: list[YearAction], said: dict | None = None) -> dict[tuple[int, int], SeriesLink]:
    made = link_years([], {actions[0].ejercicio: actions for actions in years}, said)
    return {(v.ejercicio, int(v.accion_id[-3:])): v for v in made}


def _rules(links: dict[tuple[int, int], SeriesLink], year: int) -> list[str]:
    return [v.regla for (y, _), v in sorted(links.items()) if y == year]


def test_renumbered_and_reworded_actions_continue_their_series() -> None:
    """Another hundred and a purpose added: three years are one series, named by its first action."""
    longer = f"{WORDS[1]}, EN COORDINACION CON OTRAS DEPENDENCIAS"
    links = _linked(_year(2021, *WORDS), _year(2022, *WORDS, first=605), _year(2023, WORDS[0], longer, *WORDS[2:]))
    assert _rules(links, 2021) == [LINK_FIRST] * 4
    assert _rules(links, 2022) == _rules(links, 2023) == [LINK_TEXT] * 4
    assert links[2023, 2].serie_id == links[2021, 2].accion_id
    assert links[2023, 2].anterior == links[2022, 2].accion_id


def test_an_action_that_ends_and_one_that_begins() -> None:
    """What has no like among the others begins a series, without a doubt."""
    links = _linked(_year(2021, *WORDS[:3]), _year(2022, WORDS[3], *WORDS[1:3]))
    assert _rules(links, 2022) == [LINK_FIRST, LINK_TEXT, LINK_TEXT]
    assert links[2022, 1].propuesta is None


def test_figures_of_another_measure_are_no_series() -> None:
    """The same words counted otherwise: it is said what the action may continue, and no link is made."""
    links = _linked(_year(2021, WORDS[0]), _year(2022, WORDS[0], medida="EXPEDIENTE"))
    assert (links[2022, 1].regla, links[2022, 1].anterior) == (LINK_UNSURE, None)
    assert links[2022, 1].propuesta == links[2021, 1].accion_id


def test_two_actions_alike_leave_the_link_open() -> None:
    """One of two actions of the same words ended: nobody can tell which."""
    links = _linked(_year(2021, WORDS[0], WORDS[0]), _year(2022, WORDS[0]))
    assert links[2022, 1].regla == LINK_UNSURE


def test_a_moved_action_is_linked_by_the_same_words() -> None:
    """The last action comes first: order speaks against it, its words are no other's."""
    links = _linked(_year(2021, *WORDS), _year(2022, WORDS[3], *WORDS[:3]))
    assert links[2022, 1].anterior == links[2021, 4].accion_id
    assert links[2022, 1].regla == LINK_MOVED


def test_an_action_that_pauses_a_year_comes_back_to_its_series() -> None:
    """2023 takes up what 2022 left out."""
    links = _linked(_year(2021, *WORDS), _year(2022, *WORDS[:3]), _year(2023, *WORDS))
    assert links[2023, 4].serie_id == links[2021, 4].accion_id
    assert links[2023, 1].anterior == links[2022, 1].accion_id


@pytest.mark.parametrize(("lineas", "rule"), [(("2.3.1",), LINK_TEXT), ((), LINK_UNSURE)], ids=["línea", "nothing"])
def test_without_words_a_linea_and_the_measure_are_needed(lineas: tuple[str, ...], rule: str) -> None:
    """A page that lost its texts is linked in order where measure and línea agree, and not by the measure alone."""
    links = _linked(_year(2021, WORDS[0], lineas=lineas), _year(2022, "", lineas=lineas))
    assert links[2022, 1].regla == rule


def test_a_row_that_stands_alone_in_its_year_takes_nothing_from_the_action_it_may_be() -> None:
    """A row of which nobody knows which action of its year it is begins nothing and continues nothing."""
    later = _year(2022, WORDS[0])
    alone = YearAction("02002-54101-2022-T4-001", 2022, WORDS[0], "APOYO", propuesta=later[0].accion_id)
    made = link_years([], {2021: _year(2021, WORDS[0]), 2022: [*later, alone], 2023: _year(2023, WORDS[0])})
    assert [v.anterior for v in made] == [None, made[0].accion_id, None, made[1].accion_id]
    assert (made[2].regla, made[2].propuesta) == (LINK_UNSURE, later[0].accion_id)


def test_a_person_decides() -> None:
    """A link that nothing shows is made, and one that everything shows is not, because a person says so."""
    before, after = _year(2021, WORDS[0], WORDS[1]), _year(2022, WORDS[2], WORDS[1])
    links = _linked(before, after, said={after[0].accion_id: before[0].accion_id, after[1].accion_id: None})
    assert [(v.regla, v.anterior) for (y, _), v in sorted(links.items()) if y == 2022] == [
        (LINK_PERSON, before[0].accion_id),
        (LINK_PERSON, None),
    ]


def test_a_person_may_name_any_action_of_the_series() -> None:
    """Naming the action of 2021 joins the series that 2022 continued, at its end."""
    years = [_year(2021, WORDS[0]), _year(2022, WORDS[0]), _year(2023, WORDS[1])]
    links = _linked(*years, said={years[2][0].accion_id: years[0][0].accion_id})
    assert links[2023, 1].anterior == years[1][0].accion_id
    assert links[2023, 1].serie_id == years[0][0].accion_id


def test_linking_on_from_what_stands_gives_the_same_as_linking_all() -> None:
    """A later year added to stored links: the series are those of all years at once, in whatever order given."""
    years = {a[0].ejercicio: a for a in (_year(2021, *WORDS), _year(2022, *WORDS[1:]), _year(2023, *WORDS))}
    whole = link_years([], years)
    for order in itertools.permutations(years):
        assert link_years([], {y: years[y] for y in order}) == whole
    two = [v for v in whole if v.ejercicio < 2023]
    continued = {v.anterior for v in two}
    actions = {a.accion_id: a for y in (2021, 2022) for a in years[y]}
    heads = [Head(actions[v.accion_id], v.serie_id) for v in two if v.accion_id not in continued]
    assert two + link_years(heads, {2023: years[2023]}) == whole
