"""A person's decision wins, is applied before cuts are set side by side, and must fit what is printed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.decisions import COLUMNS, DecisionError, load_decisions
from dagster_project.settings import get_settings
from dagster_project.tmm_f004.decisions import ContradictedDecisionError, Correction
from dagster_project.tmm_f004.model import Estado
from dagster_project.tmm_f004.page.printed_page import line_hash
from dagster_project.tmm_f004.reconcile.corrections import corrected
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.years.load_year import YearLoader
from tests.support.reports import lectura, row

HEADER = """PROGRAMA OPERATIVO ANUAL {year}
AVANCE FISICO PROGRAMÁTICO
RAMO: 54 BIENESTAR SOCIAL MUNICIPAL
PROGRAMA: 511 GESTION ADMINISTRATIVA
UNIDAD EJECUTORA: 54101 DIRECCION
TMM-F004
FECHA: {months} {year}

L/A\tMETAS Y ACCIONES\tUNIDAD DE MEDIDA\tMETA ANUAL\tPERIODO\t\t\t\t\t\t\t\tABSOLUTO\tRELATIVO\tOBSERVACIONES
\t\t\t\tP\tA\tP\tA\tP\tA\tP\tA\t\t\t
"""
FIRST = (
    "2.3.1\t100.- Atender con apoyos a la comunidad\tApoyo\t40\t10\t9\t12\t0\t11\t0\t7\t0\t9\t23%\t",
    "2.3.1\t101.- Organizar eventos deportivos\tEvento\t26\t5\t6\t8\t0\t9\t0\t4\t0\t6\t23%\t",
    "2.3.1\t102.- Impartir platicas de nutricion\tPlática\t33\t3\t3\t13\t0\t10\t0\t7\t0\t3\t9%\t",
)
SECOND = (
    "2.3.1\t100.- Atender con apoyos a la comunidad\tApoyo\t40\t10\t9\t12\t15\t11\t0\t7\t0\t24\t60%\t",
    "2.3.1\t101.- Organizar eventos deportivos\tEvento\t26\t5\t6\t8\t7\t9\t0\t4\t0\t13\t50%\t",
    "2.3.1\t102.- Impartir platicas de nutricion\tPlática\t33\t3\t3\t13\t14\t10\t0\t7\t0\t17\t52%\t",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of two extracts and the project's seeds, with no decision yet."""
    (tmp_path / "extracts").mkdir()
    for name, months, rows in (("uno", "ENERO-MARZO", FIRST), ("dos", "ABRIL-JUNIO", SECOND)):
        text = HEADER.format(year=2023, months=months) + "\n".join(rows) + "\n"
        (tmp_path / "extracts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def _decide(home: Path, name: str, *rows: dict[str, str]) -> None:
    seeds = home / "seeds"
    seeds.mkdir(exist_ok=True)
    whole = [{"motivo": "se revisó el original", "autor": "Ana", "fecha": "2023-08-01"} | r for r in rows]
    lines = [",".join(COLUMNS[name]), *(",".join(r.get(c, "") for c in COLUMNS[name]) for r in whole)]
    (seeds / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _load(home: Path) -> duckdb.DuckDBPyConnection:
    catalogs = load_catalogs(get_settings().seeds, "02002")
    decisions = load_decisions(home / "seeds")
    with open_warehouse(home / "warehouse.duckdb") as con:
        load_extracts(con, home / "extracts", catalogs, {})
        done = YearLoader(con, catalogs, decisions).load(2023)
        assert done.fallas == ()
        assert YearLoader(con, catalogs, decisions).pending() == []
    return duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)


def test_a_corrected_figure_is_the_persons(home: Path) -> None:
    """The figure changes, its cell and its row say that a person decided; the print is kept; loading again reads it."""
    with _load(home) as con:
        assert con.execute("select count(*) from raw.elegidas where estado = 'corregida'").fetchone() == (0,)
    _decide(
        home,
        "correcciones.csv",
        {"renglon_huella": line_hash(SECOND[0]), "campo": "a2", "impreso": "15", "valor": "16"},
    )
    with _load(home) as con:
        found = con.execute(
            "select a2, a2_estado, estado, candidato, impresos->>'a2', p2_estado from raw.elegidas "
            "where estado = 'corregida'"
        ).fetchall()
    assert found == [(16, "corregida", "corregida", None, "15", "exacta")]


def test_a_printed_value_can_be_confirmed(home: Path) -> None:
    """Deciding what is printed leaves the figure and says who stands for it."""
    _decide(
        home, "correcciones.csv", {"renglon_huella": line_hash(FIRST[1]), "campo": "p3", "impreso": "9", "valor": "9"}
    )
    with _load(home) as con:
        assert con.execute("select p3, p3_estado from raw.elegidas where estado = 'corregida'").fetchall() == [
            (9, "corregida")
        ]


def test_a_contradicted_correction_fails_the_load(home: Path) -> None:
    """What is said to be printed is not: the load stops with the file and line, and the year is as it was."""
    with _load(home) as con:
        before = con.execute("select * from raw.elegidas order by all").fetchall()
    _decide(
        home,
        "correcciones.csv",
        {"renglon_huella": line_hash(SECOND[0]), "campo": "a2", "impreso": "51", "valor": "15"},
    )
    with pytest.raises(ContradictedDecisionError, match=r"correcciones.csv, line 2: a2 is said to be printed as '51'"):
        _load(home)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute("select * from raw.elegidas order by all").fetchall() == before


def test_a_stale_decision_changes_nothing(home: Path) -> None:
    """A hash that no line has is no error of the load: the marts make a finding of it."""
    _decide(home, "correcciones.csv", {"renglon_huella": "0" * 16, "campo": "a2", "valor": "1"})
    with _load(home) as con:
        assert con.execute("select count(*) from raw.elegidas where estado = 'corregida'").fetchone() == (0,)


def test_a_link_by_a_person_goes_through_the_load(home: Path) -> None:
    """Two rows that a person joins are one action; the rule says so."""
    _decide(
        home, "vinculos.csv",
        {"renglon_huella": line_hash(SECOND[2]), "impreso": "102", "con_huella": line_hash(FIRST[0])},
    )  # fmt: skip
    with _load(home) as con:
        links = dict(
            con.execute(
                "select texto, accion_id from raw.vinculos join raw.lineas using (extracto_id, linea)"
            ).fetchall()
        )
        rules = con.execute("select regla from raw.vinculos where regla = 'persona'").fetchall()
    assert links[SECOND[2]] == links[FIRST[0]]
    assert links[SECOND[0]] != links[FIRST[0]]
    assert rules == [("persona",)]


def test_a_contradicted_link_fails_the_load(home: Path) -> None:
    """A link whose printed piece is not on the line stops the load."""
    _decide(home, "vinculos.csv", {"renglon_huella": line_hash(SECOND[2]), "impreso": "109"})
    with pytest.raises(ContradictedDecisionError, match=r"vinculos.csv, line 2: .* is said to print '109'"):
        _load(home)


def test_a_decided_figure_settles_the_rest_of_its_row() -> None:
    """Of two readings, the one that holds the decided figure remains."""
    done = (18, 142, 122, 138)
    doubtful = row(1, lectura((18, 118, 119, 126), done, 6.2), lectura((18, 108, 119, 136), done, 8.1))
    after = corrected(doubtful, [Correction("x", "p4", "126", 136, "correcciones.csv, line 2")])
    assert (after.estado, after.valores["p2"], after.estados["p4"]) == (Estado.CORREGIDA, 108, Estado.CORREGIDA)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"renglon_huella": "ab" * 8, "campo": "p5", "valor": "1"}, "'p5' is none of"),
        ({"renglon_huella": "ab" * 8, "campo": "p4", "valor": "uno"}, "is no figure"),
        ({"renglon_huella": "ab" * 8, "campo": "p4", "valor": "1", "autor": ""}, "autor must not be empty"),
        ({"renglon_huella": "ab" * 8, "campo": "p4", "valor": "1", "fecha": "ayer"}, "is no date"),
    ],
    ids=["no such figure", "no number", "nobody", "no date"],
)
def test_a_bad_line_is_named(home: Path, row: dict[str, str], says: str) -> None:
    """A decisions file that cannot be used says which line and why."""
    _decide(home, "correcciones.csv", row)
    with pytest.raises(DecisionError, match=f"correcciones.csv, line 2: .*{says}"):
        load_decisions(home / "seeds")
