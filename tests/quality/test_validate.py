"""Checking tables: what cannot be evaluated, samples, kept rows, and the report of a run."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.quality import judge
from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.model import Consulta, Suite
from dagster_project.quality.suites import ALL
from dagster_project.quality.validate import validate
from tests.quality.cases import ROW

Con = duckdb.DuckDBPyConnection
BY_NAME = {suite.nombre: suite for suite in ALL}
MARKUP = '<script>alert("1")</script><img src=x onerror=alert(2)>'


def one(rule: Regla, sql: str = "select 1 as x") -> Suite:
    return Suite("s", "t", "d", (Consulta(sql, ("x",), (rule.presente("otra"),)),))


def test_an_empty_table_breaks_no_rule(spoiled: Con, tmp_path: Path) -> None:
    """Nothing loaded yet is not an error, and says that nothing was looked at."""
    spoiled.execute("delete from raw.elegidas")
    (result,) = validate([BY_NAME["raw_elegidas"]], spoiled, tmp_path, "r")
    assert result.success
    assert {(r.observed, r.rows) for r in result.results} == {("sin filas", 0)}


@pytest.mark.parametrize("rule", [Regla, aviso], ids=["error", "aviso"])
@pytest.mark.parametrize("sql", ["select 1 as x", "select * from no_existe"], ids=["column", "table"])
def test_what_cannot_be_evaluated_has_failed(bench: Con, tmp_path: Path, rule: Callable[..., Regla], sql: str) -> None:
    """A column or table that is not there must not look like a check that passed; a warning still does not block."""
    (result,) = validate([one(rule("n", "d", "e", "r"), sql)], bench, tmp_path, "r")
    assert not result.success
    assert "no se pudo evaluar" in result.results[0].observed
    assert result.blocking_failed == (rule is Regla)


def test_two_readers_must_agree(bench: Con, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that DuckDB and Great Expectations understand differently has failed, and says why."""
    suite = Suite("s", "t", "d", (Consulta("select 'A' as x", ("x",), (Regla("n", "d", "e", "r").forma("x", "^A$"),)),))
    assert validate([suite], bench, tmp_path, "r")[0].success
    monkeypatch.setattr("dagster_project.quality.validate.said", lambda _: (True, 7, None))
    (outcome,) = validate([suite], bench, tmp_path, "r")[0].results
    assert "DuckDB halla 0" in outcome.observed
    assert not outcome.success


def test_two_expectations_of_one_name_are_refused() -> None:
    """The name is what a check's history hangs on."""
    rule = Regla("n", "d", "e", "r").presente("x")
    with pytest.raises(ValueError, match="two expectations"):
        Suite("s", "t", "d", (Consulta("select 1 as x", ("x",), (rule, rule)),))


def test_the_sample_is_bounded_and_leads_to_file_and_line(spoiled: Con, tmp_path: Path) -> None:
    """Of many failing rows ten are shown, with what was compared; all of them are kept with the run."""
    spoiled.execute(
        f"insert into raw.elegidas select e.* replace (10000 + i as linea, 99 as p1) from raw.elegidas e, "
        f"range(50) t(i) {ROW}"
    )
    (result,) = validate([BY_NAME["raw_elegidas"]], spoiled, tmp_path, "r")
    outcome = {r.name: r for r in result.results}["programado_suma_meta"]
    extract = spoiled.execute("select extracto_id, ruta from raw.extractos").fetchall()[0]
    assert (outcome.failing, len(outcome.sample), outcome.rows) == (50, 10, 118)
    assert outcome.sample[0] == {
        "archivo": extract[1],
        "extracto_id": extract[0],
        "linea": 10000,
        "programado_suma": 419,
        "meta_firme": 446,
    }
    assert outcome.observed == "50 de 118 filas no cumplen"
    kept = (tmp_path / "r" / str(outcome.kept)).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["linea"] for line in kept] == [10000 + i for i in range(50)]


def test_the_report_shows_every_suite_of_the_run(spoiled: Con, tmp_path: Path) -> None:
    """One page a run in Spanish and one of all runs, whole without a network, closed to others."""
    spoiled.execute(f"update raw.elegidas set relativo_pct = 12 {ROW}")
    validate([BY_NAME["raw_formatos"]], spoiled, tmp_path, "corrida-1")
    assert not (tmp_path / "corrida-1" / "gx").exists()
    (result,) = validate([BY_NAME["raw_elegidas"]], spoiled, tmp_path, "corrida-1")
    page = result.docs_path.read_text(encoding="utf-8")
    assert result.docs_path == tmp_path / "corrida-1" / "index.html"
    assert "raw.elegidas" in page
    assert "raw.formatos" in page
    assert page.count("<td>ERROR</td>") == 1
    assert '"relativo_firme": 12, ' in page.replace("&quot;", '"')
    assert 'href="fallas/raw_elegidas.relativo_redondeado.jsonl"' in page
    every = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="corrida-1/index.html"' in every
    assert "1 con error: la carga se detuvo" in every
    data = json.loads((tmp_path / "corrida-1" / "resultados.json").read_text(encoding="utf-8"))
    assert {s["suite"] for s in data["suites"]} == {"raw_formatos", "raw_elegidas"}
    assert all(p.stat().st_mode & 0o007 == 0 for p in tmp_path.rglob("*"))


def test_great_expectations_pages_are_built_once_a_run(bench: Con, tmp_path: Path, monkeypatch) -> None:
    """At the last border, with the pages of every suite before it; they load nothing from other servers."""
    built: list[Path] = []
    real = judge.build_site
    monkeypatch.setattr("dagster_project.quality.validate.build_site", lambda site: (built.append(site), real(site)))
    validate([BY_NAME["raw_formatos"]], bench, tmp_path, "r")
    validate([BY_NAME["raw_elegidas"]], bench, tmp_path, "r", last=True)
    assert built == [tmp_path / "r" / "gx"]
    pages = [p.read_text(encoding="utf-8") for p in built[0].rglob("*.html")]
    index = (built[0] / "index.html").read_text(encoding="utf-8")
    assert "raw_formatos" in index
    assert "raw_elegidas" in index
    for page in pages:
        assert 'src="http' not in page
        assert not [tag for tag in page.split("<link")[1:] if "http" in tag.split(">")[0]]
    assert sum(p.stat().st_size for p in (tmp_path / "r").rglob("*") if p.is_file()) < 2_000_000


def test_text_from_a_file_is_shown_as_text(spoiled: Con, tmp_path: Path) -> None:
    """Markup in a form's text, in a code or in a path is no markup on any page, ours or Great Expectations'."""
    spoiled.execute("update raw.extractos set ruta = ? || '.txt', lineas = 9", [MARKUP])
    spoiled.execute(f"update raw.renglones set descripcion = ?, observaciones = ? {ROW}", [MARKUP, MARKUP])
    spoiled.execute("update raw.formatos set unidad_codigo = ?", [MARKUP])
    spoiled.execute("update marts.dim_accion set accion_descripcion = ?, accion_numero = 0", [MARKUP])
    spoiled.execute("update marts.dim_unidad_medida set unidad_medida_nombre = ?", [MARKUP])
    named = ("raw_extractos", "raw_formatos", "marts_dim_accion", "marts_dim_unidad_medida")
    results = validate([BY_NAME[n] for n in named], spoiled, tmp_path, "r", last=True)
    assert all(r.blocking_failed for r in results)
    pages = {p: p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.html")}
    shown = [p for p, text in pages.items() if "&lt;script&gt;alert(" in text or "&lt;img src=x" in text]
    assert tmp_path / "r" / "index.html" in shown
    assert [p for p in shown if "gx" in p.parts]
    for page, text in pages.items():
        assert "<script>alert(" not in text, page
        assert "<img src=x" not in text, page


def test_old_reports_are_forgotten(bench: Con, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest are kept, and the newest that closed the gate, which somebody may still be looking into."""
    monkeypatch.setattr("dagster_project.quality.report.KEEP_RUNS", 2)
    validate([one(Regla("n", "d", "e", "r"))], bench, tmp_path, "mala")
    for run in ("uno", "dos", "tres"):
        validate([BY_NAME["raw_formatos"]], bench, tmp_path, run)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["dos", "mala", "tres"]
    assert "uno" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_defining_the_suites_does_not_import_great_expectations() -> None:
    """Its import takes four seconds: definitions must load without it."""
    code = (
        "import sys, dagster_project.quality.suites, dagster_project.quality.validate; "
        "print('great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
