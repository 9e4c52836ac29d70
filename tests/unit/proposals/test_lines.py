"""Which líneas de acción are proposed, and under which plan."""

from __future__ import annotations

import pytest

from dagster_project.proposals.lines import propose_lines
from tests.support.seen_pages import seeds_of, seen

PLANS = [
    {"ente_codigo": "02004", "plan": "uno", "desde_trimestre": "", "hasta_trimestre": "2024-T4"},
    {"ente_codigo": "02004", "plan": "dos", "desde_trimestre": "2025-T1", "hasta_trimestre": ""},
]
EJIDOS = ("2.1.1", "CULTURA EN LOS EJIDOS")
ART = ("2.1.1", "ARTE EN TU COLONIA")


def test_the_same_code_is_a_line_of_each_plan():
    """What a código means is its plan's (docs/form.md, fact 5)."""
    cuts = {"2024-T1": EJIDOS, "2024-T2": EJIDOS, "2025-T1": ART, "2025-T2": ART}
    pages = [seen(cut, lines=(line,)) for cut, line in cuts.items()]
    assert [line.line() for line in propose_lines(pages, seeds_of(), PLANS)] == [
        '02004,dos,2.1.1,Arte en tu Colonia,,"Formatos TMM-F004, 2025-T1 a 2025-T2"',
        '02004,uno,2.1.1,Cultura en los Ejidos,,"Formatos TMM-F004, 2024-T1 a 2024-T2"',
    ]


@pytest.mark.parametrize(
    ("names", "doubt"),
    [
        pytest.param(["NIROS Y JOYENES"], "no two pages print its name alike", id="once"),
        pytest.param(["NIÑOS Y JÓVENES", "NIROS Y JOYENES"], "no two pages print its name alike", id="two-spellings"),
        pytest.param(
            ["ARTE EN TU COLONIA", "ARTE EN TU COLONIA", "REPOSICION"],
            "is printed with other names too: REPOSICION",
            id="two-names",
        ),
    ],
)
def test_a_name_that_no_two_pages_agree_on_is_in_doubt(names, doubt):
    """The catalogue's name beats the prints, so a misprint must not get in."""
    pages = [seen(lines=(("2.1.1", name),), ruta=f"{n}.txt") for n, name in enumerate(names)]
    (line,) = propose_lines(pages, seeds_of(), PLANS)
    assert line.doubt == doubt


def test_the_eje_is_the_one_whose_number_the_code_begins_with():
    """A page may print several; its name is taken where two pages print it alike."""
    pages = [seen(cut, eje=True, lines=(("3.1.4", "BIBLIOTECAS VIVAS"), EJIDOS)) for cut in ("2024-T1", "2024-T2")]
    assert [line.values["eje"] for line in propose_lines(pages, seeds_of(), PLANS)] == ["", "Ciudad que Lee"]
    assert [line.values["eje"] for line in propose_lines(pages[:1], seeds_of(), PLANS)] == ["", ""]


def test_pages_under_no_plan_or_two_name_no_line():
    """Whose línea it is would be a guess."""
    pages = [seen(cut, lines=(EJIDOS,)) for cut in ("2024-T1", "2024-T2")]
    assert list(propose_lines(pages, seeds_of(), [])) == []
    assert list(propose_lines(pages, seeds_of(), [PLANS[0], PLANS[0] | {"plan": "otro"}])) == []


def test_without_the_catalogue_nothing_is_proposed_for_it():
    """A home of before it had one."""
    pages = [seen(cut, lines=(EJIDOS,)) for cut in ("2024-T1", "2024-T2")]
    assert list(propose_lines(pages, {}, PLANS)) == []
