"""Which measures are proposed, and which of them as ratios."""

from __future__ import annotations

import pytest

from dagster_project.proposals.measures import propose_measures
from tests.support.seen_pages import seeds_of, seen

KNOWN = [{"unidad_medida_nombre": "Capacitación", "es_razon": "false", "alias": "CAPACITACIONES"}]


def lines(*measures, **page):
    """The lines proposed for a page of these measures."""
    return list(propose_measures([seen(measures=measures, **page)], seeds_of(unidades_medida=KNOWN)))


@pytest.mark.parametrize(
    ("printed", "ratio"),
    [
        pytest.param("Trámite", False, id="counted"),
        pytest.param("Porcentaje de trámites resueltos", True, id="porcentaje"),
        pytest.param("% de ocupación", True, id="sign"),
        pytest.param("TASA DE RESPUESTA", True, id="tasa"),
        pytest.param("Índice de calidad", True, id="indice"),
        pytest.param("Promedio mensual", True, id="promedio"),
        pytest.param("Tasación", False, id="begins-alike"),
    ],
)
def test_what_begins_like_a_ratio_is_proposed_as_one_to_be_checked(printed, ratio):
    """Taken for additive a ratio is wrong and looks sure."""
    (line,) = lines(printed)
    assert line.values["es_razon"] == str(ratio).lower()
    assert bool(line.check) is ratio


@pytest.mark.parametrize(("repeating", "ratio"), [(2, True), (1, False), (0, False)])
def test_what_repeats_its_goal_on_more_than_a_third_of_its_pages_is_proposed_as_a_ratio(repeating, ratio):
    """Grado de avance, Tiempo de respuesta: no name tells, and no sum of quarters repeats its goal four times."""
    grade = ("Grado de avance",)
    pages = [
        seen(f"2024-T{k}", measures=grade, repeated_goals=grade if k <= repeating else (), damaged=True)
        for k in (1, 2, 3)
    ]
    (line,) = propose_measures(pages, seeds_of(unidades_medida=KNOWN))
    assert (line.values["es_razon"], bool(line.check), line.doubt) == (str(ratio).lower(), ratio, None)


def test_a_plural_is_an_alias_of_its_singular():
    """Both are printed, so they are one measure."""
    (line,) = lines("Función", "FUNCIONES", "Trámite", "Trámites")[:1]
    assert line.line() == "Función,false,FUNCIONES"


def test_a_measure_printed_in_capitals_is_written_as_a_word():
    """The catalogue is read by people."""
    assert [line.line() for line in lines("DICTAMEN TÉCNICO")] == ["Dictamen técnico,false,"]


def test_known_spellings_are_not_proposed():
    """Neither a name nor an alias, whatever its case and accents."""
    assert lines("CAPACITACION", "Capacitaciones") == []


def test_a_measure_near_a_known_one_on_a_damaged_page_is_in_doubt():
    """It is that measure misread, more likely than a new one."""
    (line,) = lines("Capacitacián", damaged=True)
    assert line.doubt == "may be CAPACITACION misread: it stands on damaged pages only"


@pytest.mark.parametrize(("quarters", "doubt"), [(("2024-T1",), True), (("2024-T1", "2024-T2"), False)])
def test_one_letter_of_a_measure_that_more_pages_print_is_in_doubt(quarters, doubt):
    """A whole page prints Trámote once: Trámite; in two quarters it is a word of its own."""
    pages = [seen(f"2024-T{q}", measures=("Trámite",)) for q in (1, 2, 3)]
    pages += [seen(cut, measures=("Trámote",), ruta=f"b{cut}") for cut in quarters]
    found = {line.key[0]: line.doubt for line in propose_measures(pages, seeds_of(unidades_medida=KNOWN))}
    assert (found["Trámite"], bool(found["Trámote"])) == (None, doubt)


def test_a_measure_of_one_damaged_page_is_in_doubt():
    """Nothing bears it out."""
    (line,) = lines("Trámite", damaged=True)
    assert line.doubt
