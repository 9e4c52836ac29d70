"""Running a suite: years, empty tables, failures of the check itself, and the report."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.model import Suite
from dagster_project.quality.suites import ALL
from dagster_project.quality.validate import validate

Con = duckdb.DuckDBPyConnection
BY_NAME = {suite.nombre: suite for suite in ALL}
ROW = "where extracto_id = 'aaaaaaaaaaaaaaaa' and linea = 2"


def test_a_year_is_checked_alone(spoiled: Con, tmp_path: Path) -> None:
    """The check of a partition looks at its year; without a year it looks at all."""
    spoiled.execute(f"update raw.elegidas set p1 = 99, ejercicio = 2021, corte = '2021-T1' {ROW}")
    suite = BY_NAME["raw_elegidas"]
    assert validate(suite, spoiled, tmp_path, "r", ejercicio=2022).success
    assert validate(suite, spoiled, tmp_path, "r", ejercicio=2021).blocking_failed
    assert validate(suite, spoiled, tmp_path, "r").blocking_failed
    assert sorted(p.name for p in (tmp_path / "r").glob("*.json")) == [
        "raw_elegidas.json",
        "raw_elegidas_2021.json",
        "raw_elegidas_2022.json",
    ]


def test_an_empty_table_breaks_no_rule(spoiled: Con, tmp_path: Path) -> None:
    """Nothing loaded yet is not an error, and says that nothing was looked at."""
    spoiled.execute("delete from raw.elegidas")
    result = validate(BY_NAME["raw_elegidas"], spoiled, tmp_path, "r")
    assert (result.success, result.rows) == (True, 0)
    assert {r.observed for r in result.results} == {"sin filas"}


@pytest.mark.parametrize("rule", [Regla, aviso], ids=["error", "aviso"])
def test_an_expectation_that_cannot_be_evaluated_has_failed(
    spoiled: Con, tmp_path: Path, rule: Callable[..., Regla]
) -> None:
    """A column that is not there must not look like a check that passed."""
    suite = Suite("s", "t", "d", "select 1 as x", ("x",), (rule("n", "d", "e", "r").presente("otra"),))
    outcome = validate(suite, spoiled, tmp_path, "r").results[0]
    assert not outcome.success
    assert "no se pudo evaluar" in outcome.observed
    assert "otra" in outcome.observed


def test_two_expectations_of_one_name_are_refused() -> None:
    """The name is what a check's history hangs on."""
    rule = Regla("n", "d", "e", "r").presente("x")
    with pytest.raises(ValueError, match="two expectations"):
        Suite("s", "t", "d", "select 1 as x", ("x",), (rule, rule))


def test_the_sample_is_bounded_and_leads_to_file_and_line(spoiled: Con, tmp_path: Path) -> None:
    """Of many failing rows ten are shown, with what was compared; the count is of all."""
    spoiled.execute(
        f"insert into raw.elegidas select e.* replace (100 + i as linea, 99 as p1) from raw.elegidas e, "
        f"range(50) t(i) {ROW}"
    )
    found = {r.name: r for r in validate(BY_NAME["raw_elegidas"], spoiled, tmp_path, "r").results}
    outcome = found["programado_suma_meta"]
    assert (outcome.failing, len(outcome.sample)) == (50, 10)
    assert outcome.sample[0] == {
        "extracto_id": "aaaaaaaaaaaaaaaa",
        "linea": 100,
        "programado_suma": 129,
        "meta_firme": 40,
    }
    assert outcome.observed == "50 de 54 filas no cumplen"


def test_the_report_shows_every_suite_of_the_run(spoiled: Con, tmp_path: Path) -> None:
    """One page in Spanish, whole without a network, closed to others, GX's own pages beside it."""
    spoiled.execute(f"update raw.elegidas set relativo_pct = 12 {ROW}")
    for name in ("raw_elegidas", "raw_formatos"):
        result = validate(BY_NAME[name], spoiled, tmp_path, "corrida-1")
    page = result.docs_path.read_text(encoding="utf-8")
    assert result.docs_path == tmp_path / "corrida-1" / "index.html"
    assert "raw.elegidas" in page
    assert "raw.formatos" in page
    assert page.count("<td>ERROR</td>") == 1
    assert "http" not in page
    assert '"relativo_firme": 12, ' in page.replace("&quot;", '"')
    gx_index = (tmp_path / "corrida-1" / "gx" / "index.html").read_text(encoding="utf-8")
    assert "raw_elegidas" in gx_index
    assert "raw_formatos" in gx_index
    said = json.loads((tmp_path / "corrida-1" / "raw_elegidas.json").read_text(encoding="utf-8"))
    assert [r["name"] for r in said["resultados"] if not r["success"]] == ["relativo_redondeado"]
    assert all(p.stat().st_mode & 0o007 == 0 for p in (tmp_path / "corrida-1").rglob("*"))
    assert (tmp_path / "corrida-1").stat().st_mode & 0o007 == 0


def test_text_from_a_file_is_shown_as_text(spoiled: Con, tmp_path: Path) -> None:
    """A path with markup in it is no markup in the report."""
    spoiled.execute("update raw.extractos set ruta = '<script>alert(1)</script>.txt', lineas = 9")
    page = validate(BY_NAME["raw_extractos"], spoiled, tmp_path, "r").docs_path.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_old_reports_are_forgotten(spoiled: Con, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report takes megabytes: the newest are kept."""
    monkeypatch.setattr("dagster_project.quality.report.KEEP_RUNS", 2)
    for run in ("uno", "dos", "tres"):
        validate(BY_NAME["raw_formatos"], spoiled, tmp_path, run)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["dos", "tres"]


def test_defining_the_suites_does_not_import_great_expectations() -> None:
    """Its import takes five seconds: definitions must load without it."""
    code = (
        "import sys, dagster_project.quality.suites, dagster_project.quality.validate; "
        "print('great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
