"""``avance why`` on the real extract: a figure traced to its printed line, by the number of any cut."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.command.why_page import Page, lines_to_paste


@pytest.fixture(scope="module")
def home(loaded):
    """A loaded home, only read here."""
    return loaded[0]


@pytest.mark.parametrize("number", ["505", "605"], ids=["October-December", "January-March"])
def test_a_figure_that_another_cut_settled(home, number) -> None:
    """File and line, cells, the reading and its rivals, the cut that helped, findings, the chain of models."""
    done = home.avance("why", "54204", number, "2022-T4")
    assert done.returncode == 0, done.stdout + done.stderr
    for said in (
        "2022-T1: 605, 2022-T4: 505",
        "2022/000_31395e697809fd00.txt, line 580",
        "363 |  |  | 118 | 142 | 119 | 122 | 136 | 138 |  |  | 402 | 111%",
        "digito_mal_leido p4: 136→126",
        "digito_mal_leido p2: 118→108",
        "lectura_corroborada",
        "int_avance_corte → fct_avance_corte → fct_avance",
    ):
        assert said in done.stdout
    settled = next(line for line in done.stdout.splitlines() if "2022-T4 ★" in line and "programado" in line)
    assert [cell.strip() for cell in settled.strip("│").split("│")][2:] == ["126", "", "reparada", "136", "2022-T1"]


def test_a_figure_that_stays_open(home) -> None:
    """What no evidence decides is shown with its range and every reading."""
    done = home.avance("why", "54201", "306", "2022-T3", "--ente", "02002")
    assert "46–48" in done.stdout
    assert "none is sure, dudosa" in done.stdout


def test_a_quarter_after_the_cut_says_so(home) -> None:
    """What a report of the first quarter prints of the last one's achievement is no statement."""
    done = home.avance("why", "54101", "100", "2022-T4")
    assert "no aplica: futuro" in done.stdout


@pytest.mark.parametrize(
    ("asked", "says"),
    [(("54102", "999", "2022-T4"), "Reports of 2022 number the unit's actions 200, 201, 202, 203, 204, 205."),
     (("54204", "505", "2019-T4"), "No report of this unit in 2019 is loaded"),
     (("54204", "505", "2022-T4", "--ente", "99999"), "No report of this unit in 2022 is loaded"),
     (("54204", "505", "algún día"), "A quarter is written year, hyphen, T and 1 to 4")],
    ids=["no such action", "no such year", "no such municipality", "no quarter"],
)  # fmt: skip
def test_what_is_not_there_is_said(home, asked, says) -> None:
    """An action that is not published gives a plain sentence, what could be asked instead, and exit code 1."""
    done = home.avance("why", *asked)
    assert done.returncode == 1
    assert "No action" in done.stdout
    assert says in done.stdout
    assert "Traceback" not in done.stderr


def test_it_answers_while_a_run_writes(home) -> None:
    """Only the published version is read: the pipeline's own file may be held by a writer."""
    with duckdb.connect(str(home.home / "warehouse.duckdb")):
        assert home.avance("why", "54204", "505", "2022-T4").returncode == 0


def test_nothing_published_yet(empty) -> None:
    """Before the first run it says what to do."""
    done = empty.avance("why", "54204", "505", "2022-T4")
    assert done.returncode == 1
    assert "avance run" in done.stdout


def test_what_a_page_was_taken_for(home) -> None:
    """Page 5 prints 9400 of no unit: its actions, and what it was settled with, are said; nothing is left to decide."""
    done = home.avance("why", "--page", "000_31395e697809fd00.txt:200")
    assert done.returncode == 0, done.stdout + done.stderr
    for said in ("2022/000_31395e697809fd00.txt · página 5 · lines 195-233", "8 action rows, hash 275caf8badd07f03",
                 "vigente: it counts", "mismas_acciones"):  # fmt: skip
        assert said in done.stdout
    assert "paginas.csv" not in done.stdout


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [(("--page", "otro.txt:3"), 1, "No page of a file otro.txt holds line 3"),
     (("--page", "000_31395e697809fd00.txt"), 2, "2022/extracto.txt:26"),
     ((), 2, "give UNIDAD ACCION TRIMESTRE, or --page"),
     (("54204", "505", "2022-T4", "--page", "a.txt:1"), 2, "give UNIDAD ACCION TRIMESTRE, or --page")],
    ids=["no such page", "no line", "nothing", "both"],
)  # fmt: skip
def test_a_page_that_cannot_be_shown(home, asked, code, says) -> None:
    """What is missing is said, and how it is written."""
    done = home.avance("why", *asked)
    assert done.returncode == code
    assert says in done.stdout + done.stderr


def test_an_open_page_prints_the_lines_that_decide_it() -> None:
    """A line for each open fact, whole but for what only a person can say; what is settled has none."""
    sure, open_ = ("exacta", "titulo", 0.9, "[]"), ("dudosa", "nombre", 0.5, '[["54201", 0.5], ["54202", 0.4]]')
    settled = {"ente": sure, "unidad": open_, "ejercicio": ("dudosa", "sin_evidencia", 0.0, "[]"), "trimestre": sure,
               "plan": sure}  # fmt: skip
    columns: dict[str, object] = {
        f"{name}_{field}": value
        for field, found in settled.items()
        for name, value in zip(("estado", "regla", "puntaje", "alternativas"), found, strict=True)
    }
    columns |= {"ente_codigo": "02002", "unidad_codigo": None, "ejercicio": None, "trimestre_numero": 1, "plan": "p"}
    columns |= {"pagina_huella": "275caf8badd07f03", "ruta": "2022/a, b.txt", "linea": 7}
    assert lines_to_paste(Page(columns), "2026-11-26") == [
        '275caf8badd07f03,unidad,,54201,MOTIVO,AUTOR,2026-11-26,"2022/a, b.txt",7',
        '275caf8badd07f03,ejercicio,,VALOR,MOTIVO,AUTOR,2026-11-26,"2022/a, b.txt",7',
    ]
