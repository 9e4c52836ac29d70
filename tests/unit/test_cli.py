"""The command's edges: what each verb prints and returns, and what ``read`` does not load."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.settings import RAIZ

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
FIGURES = ("meta", "programado", "avance", "absoluto", "relativo_pct", "rango", "alternativas")
PLACE = ("formato", "linea", "ente", "unidad", "anio", "trimestre", "accion", "accion_inferida")
PRINT = ("lineas_accion", "descripcion", "unidad_medida", "impreso", "observaciones")
READING = ("estado", "costo", "margen", "operaciones", "unidad_estado", "corte_estado")
KEYS = {*FIGURES, *PLACE, *PRINT, *READING}


@pytest.fixture
def runner(monkeypatch, tmp_path):
    """The command in this process, on an empty home."""
    monkeypatch.setenv("AVANCE_HOME", str(tmp_path / "home"))
    return CliRunner()


def test_help_lists_the_verbs(runner):
    """Run without a verb, the command says what it can do."""
    out = runner.invoke(app, ["--help"]).output
    for verb in ("run", "read", "status", "why", "propose", "ui"):
        assert verb in out


def test_read_jsonl_is_the_contract(runner):
    """One object a row, in order, with the keys that other programs rely on."""
    done = runner.invoke(app, ["read", str(EXTRACT), "--format", "jsonl"])
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 68
    assert {row["unidad"] for row in rows} == {"54101", "54102", "54201", "54202", "54204"}
    assert [row["linea"] for row in rows] == sorted(row["linea"] for row in rows)
    for row in rows:
        assert set(row) == KEYS
        assert len(row["programado"]) == len(row["avance"]) == 4


def test_read_table_shows_every_row(runner):
    """The table is for people: a line a row, with how sure it is."""
    done = runner.invoke(app, ["read", str(EXTRACT)])
    assert done.exit_code == 0
    assert done.stdout.count("2022-T") == 68
    assert "realineada" in done.stdout


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        pytest.param(b"", 2, "is empty", id="empty"),
        pytest.param(b"uno\ndos\0tres\n", 2, "line 2: is binary", id="binary"),
        pytest.param(b"una carta\nsin formato\n", 1, "no action row", id="no-form"),
    ],
)
def test_read_names_what_it_cannot_read(runner, tmp_path, data, code, words):
    """A file that is no form gives a reason on standard error and no rows."""
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    done = runner.invoke(app, ["read", str(path), "--format", "jsonl"])
    assert done.exit_code == code
    assert words in done.stderr
    assert done.stdout == ""


def test_read_of_a_ragged_csv_says_what_to_do_instead(runner, tmp_path):
    """Commas part its cells and stand in its figures: nothing is read, and what can be is named."""
    path = tmp_path / "forma.csv"
    path.write_text("301.-Abrir salas,Sala,6,1,1,5,,0,,0,,1,17%\n")
    done = runner.invoke(app, ["read", str(path)])
    assert done.exit_code == 1
    assert "no action row of a TMM-F004 form; of a CSV each record must hold as many cells" in done.stderr


def test_read_of_a_file_that_is_not_there(runner, tmp_path):
    """A missing file is said in a line, without a traceback."""
    done = runner.invoke(app, ["read", str(tmp_path / "nada.txt")])
    assert done.exit_code == 2
    assert "cannot be read" in done.stderr


def test_ui_on_a_taken_port(runner):
    """A port that is in use is said at once, with the option that helps; nothing is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = runner.invoke(app, ["ui", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 3
    assert "in use" in done.stdout
    assert "--port" in done.stdout


def test_read_loads_no_heavy_module():
    """Reading one file starts fast: no Dagster, dbt, DuckDB, pandas or Great Expectations."""
    code = (
        "import sys, pathlib; from dagster_project.command.read import read; read(pathlib.Path(sys.argv[1]), True);"
        "heavy = {'dagster', 'dbt', 'duckdb', 'pandas', 'great_expectations'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(EXTRACT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
