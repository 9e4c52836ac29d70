"""Every rule holds on good data, fails on data that is bad in its way, and is needed: nothing else catches it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dagster_project.quality import evaluate
from dagster_project.quality.model import Consulta, Severidad, Suite, SuiteResult
from dagster_project.quality.report import make_folder
from dagster_project.quality.suites import ALL
from dagster_project.quality.validate import run_suite
from tests.quality.cases import CASES, ROW, Caso

Con = duckdb.DuckDBPyConnection
BY_NAME = {suite.nombre: suite for suite in ALL}
RULES = [(suite.nombre, rule.nombre) for suite in ALL for rule in suite.expectativas]
EACH_CASE = pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)


def check(suite: Suite, con: Con, folder: Path) -> SuiteResult:
    make_folder(folder, "r")
    return run_suite(suite, con, folder, "r")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all: setting Great Expectations up anew for each case would double the time."""
    return tmp_path_factory.mktemp("reportes")


def failed(result: SuiteResult) -> tuple[str, ...]:
    return tuple(r.name for r in result.results if not r.success)


def without(suite: Suite, rule: str) -> Suite:
    def left(query: Consulta) -> Consulta:
        return replace(query, expectativas=tuple(e for e in query.expectativas if e.nombre != rule))

    return replace(suite, consultas=tuple(q for q in map(left, suite.consultas) if q.expectativas))


@pytest.mark.parametrize("suite", ALL, ids=lambda s: s.nombre)
def test_good_data_passes(bench: Con, reports: Path, suite: Suite) -> None:
    """Every rule holds on the real extract, and there were rows to look at (nothing of it is refused)."""
    result = check(suite, bench, reports)
    assert failed(result) == ()
    assert all(r.rows > 0 for r in result.results) or suite.nombre == "raw_rechazos"


@EACH_CASE
def test_bad_data_fails_its_rule_and_no_other(spoiled: Con, reports: Path, case: Caso) -> None:
    """The gate closes exactly where a failed rule is an error; failing rows are shown with their key."""
    suite = BY_NAME[case.suite]
    spoiled.execute(case.sql)
    result = check(suite, spoiled, reports)
    assert failed(result) == case.reglas
    rules = {rule.nombre: (rule, query) for query in suite.consultas for rule in query.expectativas}
    severities = [rules[name][0].severidad for name in case.reglas]
    assert result.blocking_failed == (Severidad.ERROR in severities)
    for outcome in (r for r in result.results if not r.success):
        rule, query = rules[outcome.name]
        assert (outcome.expected, outcome.reason) == (rule.esperado, rule.razon)
        assert 0 < len(outcome.sample) <= min(10, outcome.failing)
        assert set(query.llave) <= set(outcome.sample[0])
        assert outcome.kept is not None
        assert len((reports / "r" / outcome.kept).read_text(encoding="utf-8").splitlines()) == outcome.failing


@EACH_CASE
def test_a_large_table_is_judged_as_a_small_one(
    spoiled: Con, reports: Path, case: Caso, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Great Expectations sees few rows of a large table: verdict and count are the same."""
    spoiled.execute(case.sql)
    whole = check(BY_NAME[case.suite], spoiled, reports)
    monkeypatch.setattr(evaluate, "FRAME_ROWS", 2)
    monkeypatch.setattr(evaluate, "JUDGED_ROWS", 1)
    part = check(BY_NAME[case.suite], spoiled, reports)
    assert [(r.name, r.success, r.failing, r.observed) for r in part.results] == [
        (r.name, r.success, r.failing, r.observed) for r in whole.results
    ]


@pytest.mark.parametrize(("suite", "rule"), RULES, ids=[f"{s}-{r}" for s, r in RULES])
def test_without_a_rule_some_bad_data_passes(bench: Con, reports: Path, suite: str, rule: str) -> None:
    """The mutation run: a rule that can be disabled with every case still caught is not needed."""
    survivors = []
    for case in (c for c in CASES if c.suite == suite and rule in c.reglas):
        bench.begin()
        bench.execute(case.sql)
        mutant = without(BY_NAME[suite], rule)
        survivors.append(bool(mutant.consultas) and failed(check(mutant, bench, reports)) == case.reglas)
        bench.rollback()
    caught_alone = any(c.suite == suite and c.reglas == (rule,) for c in CASES)
    inseparable = any(c.suite == suite and rule in c.reglas for c in CASES)
    assert survivors
    assert not any(survivors)
    assert caught_alone or inseparable


def test_each_suite_has_a_case_that_closes_and_one_that_warns() -> None:
    """The gate is tried both ways at every table."""
    severity = {(s.nombre, e.nombre): e.severidad for s in ALL for e in s.expectativas}
    tried = {(c.suite, severity[c.suite, c.reglas[0]]) for c in CASES}
    assert tried == {(s.nombre, severidad) for s in ALL for severidad in Severidad}


@pytest.mark.parametrize(
    "exempt",
    [
        pytest.param("estado = 'dudosa'", id="doubtful"),
        pytest.param("estado = 'corregida'", id="corrected-by-a-person"),
        pytest.param("es_razon = true", id="ratio"),
    ],
)
def test_sums_bind_only_settled_additive_rows(spoiled: Con, reports: Path, exempt: str) -> None:
    """A doubtful row is a finding, a person's decision stands, quarters of a ratio do not add up."""
    spoiled.execute(f"update raw.elegidas set p2 = 11, a1 = 4, {exempt} {ROW}")
    assert failed(check(BY_NAME["raw_elegidas"], spoiled, reports)) == ()


def test_a_ratio_still_owes_its_percentage(spoiled: Con, reports: Path) -> None:
    """Of a ratio only relativo = absoluto / meta binds, and it does."""
    spoiled.execute(f"update raw.elegidas set es_razon = true, relativo_pct = 50 {ROW}")
    assert failed(check(BY_NAME["raw_elegidas"], spoiled, reports)) == ("relativo_redondeado",)


def test_two_pages_of_one_action_do_not_close_the_gate(spoiled: Con, reports: Path) -> None:
    """A row printed twice is a finding (renglon_repetido): its second link says so and breaks no rule."""
    spoiled.execute(
        "update raw.vinculos set regla = 'repetido', accion_id = (select accion_id from raw.vinculos "
        f"{ROW}) where linea = (select min(linea) + 1 from raw.renglones)"
    )
    assert failed(check(BY_NAME["raw_vinculos"], spoiled, reports)) == ()


def test_history_decides_what_is_much(spoiled: Con, reports: Path) -> None:
    """A quarter with as many doubtful rows as the one before is no news, however many they are."""
    spoiled.execute("update raw.elegidas set estado = 'dudosa' where linea % 2 = 0")
    assert failed(check(BY_NAME["raw_elegidas"], spoiled, reports)) == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_bytes_are_those_of_the_encoding(spoiled: Con, reports: Path, encoding: str) -> None:
    """A file with a byte order mark has three bytes more; one of a single-byte encoding one byte a letter."""
    size = "bytes + 3" if encoding == "utf-8-sig" else "(select sum(length(texto) + length(fin)) from raw.lineas)"
    mark = "chr(65279)" if encoding == "utf-8-sig" else "''"
    spoiled.execute(
        f"update raw.extractos set codificacion = '{encoding}', bytes = {size}, sha256 = (select sha256({mark} || "
        "string_agg(texto || fin, '' order by linea)) from raw.lineas)"
    )
    assert failed(check(BY_NAME["raw_lineas"], spoiled, reports)) == ()
    assert "bytes_completos" not in failed(check(BY_NAME["raw_extractos"], spoiled, reports))
