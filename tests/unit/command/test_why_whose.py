"""``why`` and units whose code two municipalities have: written as ``status`` writes them, or asked back."""

from __future__ import annotations

import io

import duckdb
import pytest
from rich.console import Console

from dagster_project.command import why as command
from dagster_project.command.why_page import why_page

TABLES = """
create schema marts;
create table marts.fct_renglon as
select * from (values ('02002', '54101', 'exacta'), ('02004', '54101', 'exacta'), ('02004', '31101', 'exacta'),
    ('02001', '54101', null)) as t (ente_codigo, unidad_codigo, estado);
create table marts.dim_unidad as
select * from (values ('02002', 'Mexicali', '54101'), ('02004', 'Tijuana', '54101'), ('02004', 'Tijuana', '31101'))
    as t (ente_codigo, ente_nombre, unidad_codigo);
"""


@pytest.mark.parametrize("place", ["a.txt", "a.txt:", ":3", "a.txt:\u00b2", "a.txt:" + "9" * 50])
def test_a_page_is_asked_for_by_a_line_that_a_file_may_have(place: str):
    """A raised two ended it in a traceback, a number of fifty digits in a damaged version."""
    console = Console(width=80, file=io.StringIO())
    assert why_page(console, place) == 2
    assert "2022/extracto.txt:26" in console.file.getvalue()


@pytest.fixture
def asked(monkeypatch):
    """Ask ``why`` of a version with two municipalities: exit code, words, and the units looked up."""
    looked_up: list[tuple[str, str | None]] = []
    with duckdb.connect() as con:
        con.execute(TABLES)
        monkeypatch.setattr(command, "ask_published", lambda console, question: (None, question(con)))
        monkeypatch.setattr(command, "facts_of", lambda con, unidad, *_: looked_up.append((unidad, _[-1])) or [])
        monkeypatch.setattr(command, "numbers_of", lambda *_: [100])

        def ask(unidad: str, ente: str | None = None):
            console = Console(width=80, file=io.StringIO())
            return command.why(console, unidad, 100, "2022-T4", ente), console.file.getvalue(), looked_up

        yield ask


def test_a_code_of_two_municipalities_is_asked_back(asked):
    """A wrong one that looks sure would be worse; pages that are set aside are nobody's."""
    code, said, looked_up = asked("54101")
    assert code == 2
    assert "avance why 02002/54101 100 2022-T4   Mexicali" in said
    assert "avance why 02004/54101 100 2022-T4   Tijuana" in said
    assert "02001" not in said
    assert looked_up == []


@pytest.mark.parametrize(
    ("unidad", "ente", "found"),
    [
        pytest.param("02004/54101", None, ("54101", "02004"), id="as-status-writes-it"),
        pytest.param("54101", "02004", ("54101", "02004"), id="option"),
        pytest.param("02004/54101", "02004", ("54101", "02004"), id="both"),
        pytest.param("31101", None, ("31101", None), id="one-municipality"),
    ],
)
def test_a_unit_is_named_either_way(asked, unidad, ente, found):
    """By ente and code in one, or by --ente; a code that one municipality has needs neither."""
    assert asked(unidad, ente)[2] == [found]


def test_two_municipalities_for_one_unit(asked):
    """Said, and nothing looked up."""
    code, said, looked_up = asked("02004/54101", "02002")
    assert code == 2
    assert "which is meant" in said
    assert looked_up == []
