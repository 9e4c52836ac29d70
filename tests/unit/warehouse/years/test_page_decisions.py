"""A person says what a page is about (seeds/paginas.csv): it counts then, and what is not so stops the load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.decisions import COLUMNS, DecisionError, load_decisions
from dagster_project.tmm_f004.decisions import ContradictedDecisionError, Decisions
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.years.decisions_on_rows import rows_decided
from dagster_project.warehouse.years.load_year import YearLoader
from tests.support.made_up_forms import CATALOGS
from tests.support.planned_forms import BARE, of, planned

Con = duckdb.DuckDBPyConnection


def decide(folder: Path, *lines: str) -> Decisions:
    """The decisions of a seeds folder with these lines of paginas.csv: hash, campo, impreso, valor."""
    rows = [f"{line},Lo dice el acuse,Ana Soto,2023-08-01,a.txt,1" for line in lines]
    (folder / "paginas.csv").write_text("\n".join([",".join(COLUMNS["paginas.csv"]), *rows]) + "\n")
    return load_decisions(folder)


@pytest.fixture
def load(con: Con, folder: Path) -> Callable[[Decisions], list[tuple]]:
    """Load the folder and every pending year; gives year, unit, quarter, estado and situacion of each page."""

    def _load(decisions: Decisions) -> list[tuple]:
        load_extracts(con, folder, CATALOGS, {})
        loader = YearLoader(con, CATALOGS, decisions)
        for year in loader.pending():
            assert loader.load(year).fallas == ()
        return con.execute(
            "select ejercicio, unidad_codigo, trimestre, unidad_codigo_estado, situacion from raw.formatos order by all"
        ).fetchall()

    return _load


@pytest.fixture
def page(con: Con, folder: Path, load: Callable[[Decisions], list[tuple]]) -> str:
    """The hash of a page that names no municipality and no year, alone in the folder."""
    (folder / "a.txt").write_text("\n".join(planned(BARE)) + "\n")
    assert [row[-1] for row in load(Decisions())] == ["apartada"]
    [(huella,)] = con.execute("select huella from raw.paginas").fetchall()
    return huella


def test_a_decided_page_counts(con: Con, tmp_path: Path, load: Callable, page: str) -> None:
    """Municipality and year are all that this one lacked."""
    decisions = decide(tmp_path, f"{page},ente,,02004", f"{page},ejercicio,,2023")
    assert [(row[0], row[-1]) for row in load(decisions)] == [(2023, "vigente")]
    assert con.execute("select anio_estado, anio_regla from raw.formatos").fetchall() == [("corregida", "persona")]
    assert rows_decided(con, decisions) == {"paginas.csv, line 2": 4, "paginas.csv, line 3": 4}
    assert [row[-1] for row in load(Decisions())] == ["apartada"], "without the decision it is set aside again"


def test_unit_and_quarter_may_be_decided_against_the_print(
    con: Con, tmp_path: Path, folder: Path, load: Callable
) -> None:
    """Also against the print: what a person says is sure, and said to be a person's."""
    (folder / "a.txt").write_text("\n".join(planned(of(2023))) + "\n")
    [(_, unit, quarter, _, _)] = load(Decisions())
    [(huella,)] = con.execute("select huella from raw.paginas").fetchall()
    other, later = ("31105" if unit != "31105" else "31101"), quarter % 4 + 1
    decisions = decide(tmp_path, f"{huella},unidad,{unit},{other}", f"{huella},trimestre,,{later}")
    assert load(decisions) == [(2023, other, later, "corregida", "vigente")]
    assert con.execute("select distinct unidad_codigo, corte from raw.elegidas").fetchall() == [
        (other, f"2023-T{later}")
    ]


def test_what_the_page_does_not_print_stops_the_load(tmp_path: Path, load: Callable, page: str) -> None:
    """It was made for another page, or mistyped: the message names the decision and the print."""
    with pytest.raises(ContradictedDecisionError, match=r"paginas.csv, line 2: .*'MEXICALI'.* print .*AVANCE"):
        load(decide(tmp_path, f"{page},ente,MEXICALI,02004"))


def test_a_decision_on_no_page_acts_on_nothing(con: Con, tmp_path: Path, load: Callable, page: str) -> None:
    """It is a finding of the marts (decision_caduca), and changes nothing."""
    decisions = decide(tmp_path, "0123456789abcdef,ente,,02004")
    assert [row[-1] for row in load(decisions)] == ["apartada"]
    assert rows_decided(con, decisions) == {"paginas.csv, line 2": 0}


@pytest.mark.parametrize(
    ("line", "said"),
    [("0123456789abcdef,municipio,,02004", "'municipio' is none of ente, unidad"),
     ("0123456789abcdef,ente,,2004", "'2004' is not an INEGI key"),
     ("0123456789abcdef,trimestre,,5", "'5' is not a quarter"),
     (",ente,,02004", "pagina_huella must not be empty")],
    ids=["field", "key", "quarter", "hash"],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, said: str) -> None:
    """Its place and what is wrong with it."""
    with pytest.raises(DecisionError, match=f"paginas.csv, line 2: .*{said}"):
        decide(tmp_path, line)


def test_a_fact_is_decided_once(tmp_path: Path) -> None:
    """Two lines on one fact of one page: nobody can tell which is meant."""
    with pytest.raises(DecisionError, match="decided more than once: 0123456789abcdef ente"):
        decide(tmp_path, "0123456789abcdef,ente,,02004", "0123456789abcdef,ente,,02001")
