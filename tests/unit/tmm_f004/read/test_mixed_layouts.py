"""A table whose rows disagree on its layout says which, and how; one whose rows merely slip does not."""

from __future__ import annotations

import json

import pytest

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import ActionRow, Estado, Form, FormRead, Settled
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.rows_json import form_objects
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.unit.tmm_f004.test_rows_json import CATALOGS, TEXT
from tests.unit.tmm_f004.test_rows_json import FIELDS as CONTRACT

PLANS = (
    ((12, 30, 7, 44), 11),
    ((5, 18, 26, 9), 6),
    ((40, 2, 13, 31), 38),
    ((8, 17, 3, 60), 8),
    ((21, 14, 33, 6), 25),
    ((9, 45, 16, 28), 4),
)
"""P of four quarters, and A of the first: what a first-quarter table of six actions prints."""


def row(plan: tuple[int, ...], done: int, *, again: int = 0, later: str = "0") -> str:
    """A row's cells as a full table prints them, a quarter's pair set again, later A as given ('' leaves them out)."""
    pairs = [[str(p), str(done) if q == 1 else later] for q, p in enumerate(plan, start=1)]
    cells = [cell for q, pair in enumerate(pairs, start=1) for cell in pair * (2 if q == again else 1) if cell]
    meta = sum(plan)
    return " ".join([str(meta), *cells, str(done), f"{(200 * done + meta) // (2 * meta)}%"])


def read(rows: list[str]) -> FormRead:
    """A first-quarter page with these rows, on lines 1, 2, ..."""
    sure = Settled("x", Estado.EXACTA, "impreso", 1.0)
    year, quarter = (Settled(v, Estado.EXACTA, "impreso", 1.0) for v in ("2022", "1"))
    lines = tuple(
        ActionRow(k, (), 100 + k, "texto", "Apoyo", tuple(r.split()), "") for k, r in enumerate(rows, start=1)
    )
    catalogs = Catalogs({}, (), {}, frozenset())
    return read_form(Form(1, 1, 9, sure, sure, year, quarter, sure, sure, (), lines), catalogs)


def half(**printed: object) -> list[str]:
    """Six rows: the first three as a full table prints them, the others otherwise."""
    return [row(*p) for p in PLANS[:3]] + [row(*p, **printed) for p in PLANS[3:]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "how"),
    [
        ({"again": 3}, "repite un tramo tras a3"),
        ({"later": ""}, "omite los avances posteriores al corte"),
    ],
    ids=["columns set twice", "blanks left out"],
)
def test_half_the_rows_printed_by_another_layout(printed: dict[str, object], how: str) -> None:
    """The rows that came later are named, each with how it departs; the table's columns are those of the others."""
    (table,) = read(half(**printed)).tablas
    assert table.lineas == (1, 2, 3, 4, 5, 6)
    assert table.columnas == ("p1", "a1", "p2", "a2", "p3", "a3", "p4", "a4", "absoluto")
    assert table.off_layout_rows == {4: how, 5: how, 6: how}


def test_rows_that_agree_are_not_named() -> None:
    """A whole table under either layout is of one mind."""
    for printed in ({}, {"again": 3}, {"later": ""}):
        (table,) = read([row(*p, **printed) for p in PLANS]).tablas  # type: ignore[arg-type]
        assert table.off_layout_rows == {}


def test_a_row_that_slips_makes_no_layout() -> None:
    """One row that repeats a run, and two that slip in places of their own, are slips: no table is split for them."""
    rows = [row(*p) for p in PLANS]
    assert read([*rows[:5], row(*PLANS[5], again=3)]).tablas[0].off_layout_rows == {}
    assert read([*rows[:4], row(*PLANS[4], again=2), row(*PLANS[5], again=4)]).tablas[0].off_layout_rows == {}


def test_two_rows_that_nothing_reads_and_of_one_width_of_their_own() -> None:
    """No reading of the layout explains them, and they are as wide as each other: printed by another one."""
    odd = ["135 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 99 71%", "135 8 3 9 4 1 6 2 8 7 10 5 12 3 14 6 77 83%"]
    (table,) = read([*(row(*p) for p in PLANS), *odd]).tablas
    assert set(table.off_layout_rows) == {7, 8}
    assert set(table.off_layout_rows.values()) == {"18 celdas que ninguna lectura explica"}


def test_no_table_of_the_real_extract_disagrees() -> None:
    """Its slips fall on single rows; so its objects have the fields of the contract and no other."""
    tables = [t for f in settle_extract(TEXT.split("\n"), CATALOGS).formatos for t in read_form(f, CATALOGS).tablas]
    assert sum(len(t.lineas) for t in tables) == 68
    assert [t.off_layout_rows for t in tables if t.off_layout_rows] == []


def test_avance_read_says_it_of_the_row() -> None:
    """A row that departs says how beside the fields of the contract; the others are as ever."""
    objects = [json.loads(json.dumps(o)) for o in form_objects(read(half(again=3)))]
    assert [o.get("discordancia") for o in objects] == [None] * 3 + ["repite un tramo tras a3"] * 3
    assert {frozenset(set(o) - {"discordancia"}) for o in objects} == {frozenset(CONTRACT)}
    assert "discordancia" not in objects[0]
