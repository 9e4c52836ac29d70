"""Checking tables: what cannot be evaluated, samples, kept rows, and when Great Expectations is imported."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.quality import check as checking
from dagster_project.quality import expect
from dagster_project.quality.check import check
from dagster_project.quality.rule import Query, Rule, Severity, Suite, blocks, warns
from dagster_project.quality.suites.borders import ALL
from dagster_project.warehouse.state.numbering import numbered_folder
from tests.support.quality_cases import ROW

Con = duckdb.DuckDBPyConnection
BY_NAME = {suite.name: suite for suite in ALL}
OTHER = expect.column_values_to_not_be_null("otra")
BROKEN = expect.column_values_to_match_regex("x", "(")


def one(rule: Rule, sql: str = "select 1 as x") -> Suite:
    return Suite("s", "d", (Query(sql, ("x",), {"n": rule}),))


def test_an_empty_table_breaks_no_rule(spoiled: Con, tmp_path: Path) -> None:
    """Nothing loaded yet is not an error, and says that nothing was looked at."""
    spoiled.execute("delete from raw.elegidas")
    (result,) = check([BY_NAME["raw_elegidas"]], spoiled, tmp_path)
    assert {(o.success, o.observed, o.rows) for o in result.outcomes} == {(True, "sin filas", 0)}


@pytest.mark.parametrize("kind", [blocks, warns])
@pytest.mark.parametrize(
    ("expectation", "sql"),
    [(OTHER, "select 1 as x"), (OTHER, "select * from no_existe"), (BROKEN, "select 'a' as x")],
    ids=["column", "table", "expectation"],
)
def test_what_cannot_be_evaluated_has_failed(
    bench: Con, tmp_path: Path, kind: Callable[..., Rule], expectation: expect.Expectation, sql: str
) -> None:
    """A column or table that is not there must not look like a check that passed; a warning still does not block."""
    (result,) = check([one(kind(expectation, "d", "e", "r"), sql)], bench, tmp_path)
    (outcome,) = result.outcomes
    assert not outcome.success
    assert "no se pudo evaluar" in outcome.observed
    assert (outcome.rule.severity is Severity.ERROR) == (kind is blocks)


def test_two_rules_of_one_name_are_refused() -> None:
    """The name is what a check's history hangs on."""
    query = Query("select 1 as x", ("x",), {"n": blocks(OTHER, "d", "e", "r")})
    with pytest.raises(ValueError, match="two rules"):
        Suite("s", "d", (query, query))


def test_the_sample_is_bounded_and_leads_to_file_and_line(
    spoiled: Con, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many failing rows ten are shown, with what was compared; more are kept with the run; all are counted."""
    monkeypatch.setattr(checking, "KEPT_ROWS", 40)
    spoiled.execute(
        f"insert into raw.elegidas select e.* replace (10000 + i as linea, 99 as p1) from raw.elegidas e, "
        f"range(50) t(i) {ROW}"
    )
    (result,) = check([BY_NAME["raw_elegidas"]], spoiled, tmp_path / "r")
    outcome = {o.name: o for o in result.outcomes}["programado_suma_meta"]
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
    assert outcome.kept == tmp_path / "r" / "raw_elegidas.programado_suma_meta.jsonl"
    kept = outcome.kept.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["linea"] for line in kept] == [10000 + i for i in range(40)]


def test_kept_rows_are_closed_to_others_and_forgotten(
    bench: Con, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failing rows may name people; of the runs in which something failed the newest are kept."""
    monkeypatch.setattr(checking, "KEPT_FOLDERS", 2)
    folders = tmp_path / "data_docs"
    bad = one(blocks(expect.column_values_to_be_null("x"), "d", "e", "r"))
    for run in ("uno", "dos", "tres"):
        folder = numbered_folder(folders, run)
        check([bad, BY_NAME["raw_formatos"]], bench, folder)
        os.utime(folder, (0, 0) if run == "tres" else None)  # the clock was set back
        assert numbered_folder(folders, run) == folder
    kept = sorted(str(p.relative_to(folders)) for p in folders.rglob("*.*"))
    assert kept == ["000002-dos/s.n.jsonl", "000003-tres/s.n.jsonl"]
    assert all(p.stat().st_mode & 0o007 == 0 for p in (folders, *folders.rglob("*")))


def test_defining_the_suites_does_not_import_great_expectations() -> None:
    """Its import takes seconds: definitions must load without it."""
    code = (
        "import sys, dagster_project.quality.suites.borders, dagster_project.quality.check; "
        "print('great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
