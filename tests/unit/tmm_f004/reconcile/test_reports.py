"""Which pages make the report of a unit and quarter: pages of other actions are one, copies none, and dates decide."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from string import ascii_lowercase

import pytest

from dagster_project.tmm_f004.model import ChosenReading, Estado, RowReading
from dagster_project.tmm_f004.reconcile import reports
from dagster_project.tmm_f004.reconcile.reports import (
    UNDATED,
    PageKey,
    Rank,
    Report,
    Situacion,
    is_same_action,
    settle_reports,
)
from dagster_project.tmm_f004.reconcile.unit_year import LINK_DISPUTED, LINK_FIRST, LINK_REPEATED, reconcile
from tests.support.reports import lectura, report, row

SCHOOL = "Apoyar en la formacion academica del sector estudiantil a traves de diversos estimulos"
HEALTH = "Atender con apoyos de orden social a diversas comunidades en la atencion de la salud"
PARKS = "Realizar brigadas de limpieza y mantenimiento en parques con los usuarios y la comunidad"
WORDS = (SCHOOL, HEALTH, PARKS)
PLANS = ((10, 20, 30, 40), (7, 9, 11, 13), (100, 140, 160, 90))

MAY, JUNE = date(2022, 5, 1), date(2022, 6, 1)
EXTRACTS: Rank = (UNDATED, True, True)
INBOX: Rank = (UNDATED, False, True)
IN_MAY, IN_JUNE, INBOX_IN_MAY = (MAY, True, True), (JUNE, True, True), (MAY, False, True)
OVER_EXTRACTS: Rank = (UNDATED, True, False)
OVER_INBOX: Rank = (UNDATED, False, False)


def action(k: int, linea: int | None = None, more: int = 0, number: int | None = 0) -> RowReading:
    """The unit's action ``k``, with ``more`` in its second quarter; ``number`` None where it is lost."""
    first, second, *rest = PLANS[k]
    reading = lectura((first, second + more, *rest), (first, None, None, None))
    lost = number is None
    return row(k + 1 if linea is None else linea, reading, accion=None if lost else 100 + k, texto=WORDS[k])


def settled(*pages: Report) -> dict[str, Situacion]:
    """What each file's page is."""
    return {key[0]: standing.situacion for key, standing in settle_reports(pages).items()}


def of(extracto: str, *rows: RowReading, rank: Rank = EXTRACTS, huella: str = "", formato: int = 1) -> Report:
    return report(
        "2022-T1", *rows, extracto=extracto, rank=rank, huella=huella or f"huella de {extracto}", formato=formato
    )


def chosen_of(pages: Sequence[Report]) -> dict[tuple[str, int], ChosenReading]:
    return {(c.extracto_id, c.linea): c for c in reconcile(list(pages))[1]}


def test_pages_with_other_actions_are_one_report_whatever_their_files() -> None:
    """Both count, and their actions stand side by side, once each."""
    pages = [of("a", action(0), action(1)), of("b", action(2))]
    assert settled(*pages) == {"a": Situacion.VIGENTE, "b": Situacion.VIGENTE}
    links, chosen, _ = reconcile(pages)
    assert [v.accion_id for v in links] == [f"02002-54101-2022-T1-00{n}" for n in (1, 2, 3)]
    assert {v.regla for v in links} == {LINK_FIRST}
    assert len(chosen) == 3


def test_a_page_printed_again_is_a_copy() -> None:
    """By its hash, and without it by actions and figures; it says which page it repeats."""
    twice = [of("a", action(0), action(1), huella="h"), of("b", action(0), action(1), huella="h")]
    assert sorted(settled(*twice).values()) == [Situacion.COPIA, Situacion.VIGENTE]
    again = [of("a", action(0), action(1)), of("b", action(1, 9))]
    standings = settle_reports(again)
    copy = next(s for s in standings.values() if s.situacion is Situacion.COPIA)
    assert standings[copy.cede_ante].situacion is Situacion.VIGENTE  # type: ignore[index]


def test_a_page_without_numbers_and_texts_is_known_again_by_its_hash() -> None:
    """Its rows say nothing of which actions they are; the same print in another file is none the less a copy."""
    bare = row(1, lectura(PLANS[0], (10, None, None, None)))
    same = settled(of("a", bare, huella="h"), of("b", bare, huella="h"))
    assert sorted(same.values()) == [Situacion.COPIA, Situacion.VIGENTE]
    assert set(settled(of("a", bare), of("b", bare)).values()) == {Situacion.VIGENTE}


def test_the_page_read_with_fewer_doubts_is_the_one_that_counts() -> None:
    """Of two scans of one page the better: their figures agree where both are read."""
    readings = (
        lectura(plan, (10, None, None, None), cost) for plan, cost in ((PLANS[0], 6.0), ((10, 20, 40, 30), 6.2))
    )
    poor = row(1, *readings, accion=100, texto=SCHOOL)
    assert poor.estado is Estado.DUDOSA
    for files in ("ab", "ba"):
        found = settled(of(files[0], poor), of(files[1], action(0)))
        assert found == {files[0]: Situacion.COPIA, files[1]: Situacion.VIGENTE}


def test_a_page_that_repeats_some_and_adds_some_counts_with_what_it_adds() -> None:
    """Its repeated row is marked, not counted again."""
    pages = [of("a", action(0), action(1)), of("b", action(1, 11), action(2, 12))]
    assert set(settled(*pages).values()) == {Situacion.VIGENTE}
    links = reconcile(pages)[0]
    assert sorted(v.regla for v in links) == sorted([LINK_FIRST, LINK_FIRST, LINK_FIRST, LINK_REPEATED])
    assert len({v.accion_id for v in links}) == 3


@pytest.mark.parametrize(
    ("one", "other", "situations"),
    [
        pytest.param(IN_MAY, IN_JUNE, (Situacion.SUSTITUIDA, Situacion.VIGENTE), id="later-date"),
        pytest.param(EXTRACTS, IN_MAY, (Situacion.SUSTITUIDA, Situacion.VIGENTE), id="a-date-beats-none"),
        pytest.param(IN_MAY, (JUNE, False, True), (Situacion.SUSTITUIDA, Situacion.VIGENTE), id="dated-in-the-inbox"),
        pytest.param(EXTRACTS, INBOX, (Situacion.VIGENTE, Situacion.POR_APROBAR), id="the-inbox-waits"),
        pytest.param(IN_MAY, INBOX_IN_MAY, (Situacion.VIGENTE, Situacion.POR_APROBAR), id="same-day-inbox-waits"),
        pytest.param(EXTRACTS, EXTRACTS, (Situacion.EN_DISPUTA, Situacion.EN_DISPUTA), id="no-dates"),
        pytest.param(IN_MAY, IN_MAY, (Situacion.EN_DISPUTA, Situacion.EN_DISPUTA), id="same-day"),
        pytest.param(INBOX, INBOX, (Situacion.EN_DISPUTA, Situacion.EN_DISPUTA), id="both-in-the-inbox"),
        pytest.param(EXTRACTS, OVER_EXTRACTS, (Situacion.VIGENTE, Situacion.POR_APROBAR), id="overwriting-waits"),
        pytest.param(INBOX, OVER_INBOX, (Situacion.VIGENTE, Situacion.POR_APROBAR), id="overwriting-waits-in-inbox"),
        pytest.param(IN_MAY, (MAY, True, False), (Situacion.VIGENTE, Situacion.POR_APROBAR), id="overwriting-same-day"),
        pytest.param(EXTRACTS, (MAY, True, False), (Situacion.SUSTITUIDA, Situacion.VIGENTE), id="overwriting-dated"),
    ],
)
@pytest.mark.parametrize("files", ["ab", "ba"])
@pytest.mark.parametrize("turn", [1, -1])
def test_which_of_two_pages_with_other_figures_counts(
    one: Rank, other: Rank, situations: tuple[Situacion, Situacion], files: str, turn: int
) -> None:
    """Dates, then the folder; neither the file's name nor which comes first, nor which says more."""
    pages = [of(files[0], action(0), action(1), rank=one), of(files[1], action(0, more=5), rank=other)]
    assert settled(*pages[::turn]) == dict(zip(files, situations, strict=True))


def test_a_page_of_the_inbox_counts_where_it_contradicts_nothing() -> None:
    """Alone, or beside pages of other actions, it need not wait."""
    assert settled(of("a", action(0)), of("b", action(1), rank=INBOX)) == dict.fromkeys("ab", Situacion.VIGENTE)


def test_a_page_that_waits_speaks_for_nothing() -> None:
    """Neither its figures nor the actions that it alone has reach the choice."""
    pages = [of("a", action(0)), of("b", action(0, more=5), action(1), rank=INBOX)]
    assert set(chosen_of(pages)) == {("a", 1)}


@pytest.mark.parametrize("turn", [1, -1])
def test_figures_in_dispute_are_open_with_their_range_and_the_others_stand(turn: int) -> None:
    """Of each row that both pages state; the row that only one of them has is as it reads."""
    pages = [of("a", action(0), action(1)), of("b", action(0, 21, more=5))][::turn]
    chosen = chosen_of(pages)
    for key in (("a", 1), ("b", 21)):
        row_ = chosen[key]
        assert (row_.estado, row_.candidato) == (Estado.DUDOSA, None)
        assert (row_.valores["p2"], row_.minimos["p2"], row_.maximos["p2"]) == (None, 20, 25)
        assert (row_.valores["meta"], row_.minimos["meta"], row_.maximos["meta"]) == (None, 100, 105)
        assert (row_.valores["p1"], row_.estados["p1"]) == (10, Estado.EXACTA)
        assert "p1" not in row_.minimos
    assert (chosen["a", 2].estado, chosen["a", 2].valores["p2"]) == (Estado.EXACTA, 9)
    links = {(v.extracto_id, v.linea): v for v in reconcile(pages)[0]}
    assert links["a", 1].accion_id == links["b", 21].accion_id
    assert sorted(v.regla for v in links.values()) == sorted([LINK_FIRST, LINK_FIRST, LINK_DISPUTED])


def test_a_third_page_widens_the_range() -> None:
    """Three reports, nothing to say which counts: from the least to the greatest."""
    chosen = chosen_of([of("a", action(0)), of("b", action(0, more=5)), of("c", action(0, more=-7))])
    assert {(c.minimos["p2"], c.maximos["p2"]) for c in chosen.values()} == {(13, 25)}


def test_a_page_in_doubt_of_the_figure_widens_the_range_with_its_own() -> None:
    """What it leaves open reaches farther than what the others say."""
    first = (10, None, None, None)
    open_ = row(1, lectura(PLANS[0], first, 6.0), lectura((10, 55, 30, 40), first, 6.2), accion=100, texto=SCHOOL)
    assert open_.rango["p2"] == (20, 55)
    chosen = chosen_of([of("a", action(0)), of("b", action(0, more=5)), of("c", open_, action(1))])
    assert (chosen["a", 1].minimos["p2"], chosen["a", 1].maximos["p2"]) == (20, 55)


@pytest.mark.parametrize("field", ["ente", "unidad", "anio", "trimestre"])
def test_an_uncertain_page_is_set_aside(field: str) -> None:
    """Whatever it says and whenever it was published, it contradicts nothing and is chosen from by nobody."""
    page = of("b", action(0, more=5), action(1), rank=(JUNE, True, True))
    form = page.leido.formato
    doubtful = replace(form, **{field: replace(getattr(form, field), estado=Estado.DUDOSA)})
    page = replace(page, leido=replace(page.leido, formato=doubtful))
    assert settled(of("a", action(0)), page) == {"a": Situacion.VIGENTE, "b": Situacion.APARTADA}
    assert set(chosen_of([of("a", action(0)), page])) == {("a", 1)}


def test_quarters_do_not_speak_of_one_another() -> None:
    """The same action with other figures in another quarter is no dispute."""
    later = report("2022-T2", action(0, more=5), extracto="b", huella="h")
    assert settled(of("a", action(0)), later) == dict.fromkeys("ab", Situacion.VIGENTE)


def test_a_number_that_is_another_actions_now_is_no_repetition() -> None:
    """Same number, other words: two actions."""
    other = row(1, lectura(PLANS[1], (7, None, None, None)), accion=100, texto=PARKS)
    assert set(settled(of("a", action(0)), of("b", other)).values()) == {Situacion.VIGENTE}


def test_a_lost_number_is_made_good_by_the_text() -> None:
    """The same words say the same action where one of the two numbers is lost."""
    assert set(settled(of("a", action(0)), of("b", action(0, number=None))).values()) == {
        Situacion.VIGENTE,
        Situacion.COPIA,
    }


@pytest.mark.parametrize("lost", [True, False], ids=["numbers lost", "one number for all"])
def test_the_comparisons_of_a_report_grow_with_its_rows(monkeypatch: pytest.MonkeyPatch, lost: bool) -> None:
    """Hundreds of pages of one unit and quarter, whose rows all go by one number or by none: no row meets them all."""
    compared = 0

    def counted(one: RowReading, other: RowReading) -> bool:
        nonlocal compared
        compared += 1
        return is_same_action(one, other)

    monkeypatch.setattr(reports, "is_same_action", counted)
    monkeypatch.setattr(reports, "MAX_COMPARED", 40)
    reading = lectura(PLANS[0], (10, None, None, None))
    number = None if lost else 100
    counts = []
    for many in (100, 400):
        compared = 0
        texts = ["".join(random.Random(k).choices(ascii_lowercase, k=20)) for k in range(many)]
        settle_reports([of(f"{k:05}", row(1, reading, accion=number, texto=t)) for k, t in enumerate(texts)])
        counts.append(compared)
    assert counts[1] < 6 * counts[0]


def _by_content(pages: Sequence[Report]) -> tuple[object, ...]:
    """What comes out, each page called by its hash."""
    named = {page.key: page.huella for page in pages}
    links, chosen, standings = reconcile(list(pages))

    def told(key: PageKey | None) -> str | None:
        return named[key] if key else None

    by_file = {page.extracto_id: page.huella for page in pages}
    return (
        {named[k]: (s.situacion, told(s.cede_ante)) for k, s in standings.items()},
        {(by_file[v.extracto_id], v.linea): (v.accion_id, v.regla) for v in links},
        {(by_file[c.extracto_id], c.linea): (c.valores, c.estados, c.minimos, c.maximos) for c in chosen},
    )


def test_neither_order_nor_names_of_files_decide_anything() -> None:
    """Every order of four pages, under every naming: the same standings, links and figures."""
    made = [
        ("uno", (action(0), action(1)), EXTRACTS),
        ("dos", (action(0, more=5),), EXTRACTS),
        ("tres", (action(1), action(2)), (MAY, True, True)),
        ("cuatro", (action(0, more=1),), INBOX),
    ]
    results = []
    for names in itertools.permutations("abcd"):
        pages = [of(n, *rows, rank=rank, huella=h) for n, (h, rows, rank) in zip(names, made, strict=True)]
        results += [_by_content(order) for order in (pages, pages[::-1], pages[2:] + pages[:2])]
    assert all(result == results[0] for result in results)
    assert {s for s, _ in results[0][0].values()} == {  # type: ignore[attr-defined]
        Situacion.VIGENTE,
        Situacion.EN_DISPUTA,
        Situacion.POR_APROBAR,
    }
