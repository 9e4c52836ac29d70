"""Versions of one report whose actions are numbered or worded otherwise: each action counts once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from dagster_project.tmm_f004.model import RowReading
from dagster_project.tmm_f004.reconcile.reports import UNDATED, Rank, Report, Situacion, settle_reports
from dagster_project.tmm_f004.reconcile.unit_year import reconcile
from tests.support.reports import lectura, report, row

WORDS = (
    "Apoyar en la formacion academica del sector estudiantil a traves de diversos estimulos",
    "Atender con apoyos de orden social a diversas comunidades en la atencion de la salud",
    "Realizar brigadas de limpieza y mantenimiento en parques con los usuarios y la comunidad",
    "Gestionar convenios de colaboracion con universidades e institutos de la region",
)
NEW = "Impartir cursos de primeros auxilios a brigadistas voluntarios de las delegaciones"
DATED, UNKNOWN = (date(2022, 6, 1), True, True), (UNDATED, True, True)


def page(file: str, texts: Sequence[str], first: int = 100, more: int = 0, rank: Rank = UNKNOWN) -> Report:
    """A page of actions numbered from ``first``, each with figures of its own; the first achieved ``more``."""
    rows = [_row(k, text, first + k, more if k == 0 else 0) for k, text in enumerate(texts)]
    return report("2022-T1", *rows, extracto=file, huella=file, rank=rank)


def _row(k: int, text: str, number: int, more: int) -> RowReading:
    planned = 10 * (1 + sum(map(ord, text)) % 50)
    done = (planned + more, None, None, None)
    return row(k + 1, lectura((planned, 20, 30, 40), done), accion=number, texto=text)


def settled(*pages: Report) -> dict[str, Situacion]:
    return {key[0]: standing.situacion for key, standing in settle_reports(pages).items()}


def actions(*pages: Report) -> int:
    """How many actions the report counts."""
    return len({link.accion_id for link in reconcile(pages)[0]})


@pytest.mark.parametrize("turn", [1, -1])
def test_a_correction_that_puts_an_action_in_takes_the_place_of_what_it_corrects(turn: int) -> None:
    """All numbers after it are other actions' now, and no action counts twice."""
    pages = [page("a", WORDS, more=3), page("b", (NEW, *WORDS), rank=DATED)][::turn]
    assert settled(*pages) == {"a": Situacion.SUSTITUIDA, "b": Situacion.VIGENTE}
    assert actions(*pages) == 5


@pytest.mark.parametrize("turn", [1, -1])
def test_without_dates_what_was_renumbered_is_repeated_and_not_counted_again(turn: int) -> None:
    """With the same figures; with others both are in dispute."""
    pages = [page("a", WORDS), page("b", (NEW, *WORDS))][::turn]
    assert set(settled(*pages).values()) == {Situacion.VIGENTE}
    assert actions(*pages) == 5
    pages = [page("a", WORDS, more=2), page("b", (NEW, *WORDS))][::turn]
    assert set(settled(*pages).values()) == {Situacion.EN_DISPUTA}
    assert actions(*pages) == 5


def test_a_copy_without_one_of_the_actions_is_a_copy_however_it_counts_the_rest() -> None:
    assert sorted(settled(page("a", WORDS), page("b", WORDS[1:])).values()) == [Situacion.COPIA, Situacion.VIGENTE]


def test_an_action_that_a_version_words_otherwise_counts_once() -> None:
    """By its number, as all others are the same."""
    pages = page("a", WORDS), page("b", (*WORDS[:2], NEW, *WORDS[3:]))
    assert actions(*pages) == 4
    assert set(settled(*pages).values()) == {Situacion.EN_DISPUTA}


def test_two_tables_that_count_alike_are_no_versions() -> None:
    """A unit of two programmes: other actions under the same numbers."""
    others = [f"{text} del segundo programa, en la zona rural y sus ejidos" for text in WORDS[::-1]]
    pages = page("a", WORDS, first=1), page("b", others, first=1)
    assert set(settled(*pages).values()) == {Situacion.VIGENTE}
    assert actions(*pages) == 8


def test_the_second_page_of_a_report_may_word_its_actions_as_the_first() -> None:
    """Its numbers go on: the same duties in another place are actions of their own."""
    pages = page("a", WORDS, first=100), page("b", WORDS, first=104)
    assert set(settled(*pages).values()) == {Situacion.VIGENTE}
    assert actions(*pages) == 8


@pytest.mark.parametrize("turn", [1, -1])
def test_a_correction_that_words_every_action_anew_takes_the_place_of_what_it_corrects(turn: int) -> None:
    """Its numbers, measures and plans are those of before: no two tables of a unit count and plan alike."""
    plans = [(10 + k, 20 + 3 * k, 30, 40) for k in range(4)]
    old = [row(k + 1, lectura(p, (5, None, None, None)), accion=100 + k, texto=WORDS[k]) for k, p in enumerate(plans)]
    new = [
        row(k + 1, lectura(p, (5 + (k == 0), None, None, None)), accion=100 + k, texto=f"{NEW} en la zona {k}")
        for k, p in enumerate(plans)
    ]
    pages = [
        report("2022-T1", *old, extracto="a", huella="a"),
        report("2022-T1", *new, extracto="b", huella="b", rank=DATED),
    ][::turn]
    assert settled(*pages) == {"a": Situacion.SUSTITUIDA, "b": Situacion.VIGENTE}
    assert actions(*pages) == 4


def test_two_tables_that_plan_the_same_in_every_row_are_two() -> None:
    """Four sessions a quarter of whatever say nothing of which action it is."""
    tables = [
        [row(k + 1, lectura((4, 4, 4, 4), (4, None, None, None)), accion=100 + k, texto=t) for k, t in enumerate(texts)]
        for texts in (WORDS[:2], (NEW, WORDS[3]))
    ]
    pages = [report("2022-T1", *rows, extracto=file, huella=file) for file, rows in zip("ab", tables, strict=True)]
    assert set(settled(*pages).values()) == {Situacion.VIGENTE}
    assert actions(*pages) == 4
