"""Every rule holds on good data, fails on data that is bad in its way, and is needed: nothing else catches it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dagster_project.quality.check import check
from dagster_project.quality.rule import Query, Suite, SuiteResult
from dagster_project.quality.suites.borders import ALL
from tests.support.quality_cases import CASES, ROW, Caso

Con = duckdb.DuckDBPyConnection
BY_NAME = {suite.name: suite for suite in ALL}
RULES = [(suite.name, rule) for suite in ALL for rule in suite.rules]
EACH_CASE = pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)


def checked(suite: Suite, con: Con, folder: Path) -> SuiteResult:
    (result,) = check([suite], con, folder)
    return result


def failed(result: SuiteResult) -> tuple[str, ...]:
    return tuple(outcome.name for outcome in result.outcomes if not outcome.success)


def without(suite: Suite, rule: str) -> Suite:
    def left(query: Query) -> Query:
        return replace(query, rules={name: kept for name, kept in query.rules.items() if name != rule})

    return replace(suite, queries=tuple(q for q in map(left, suite.queries) if q.rules))


@pytest.mark.parametrize("suite", ALL, ids=lambda s: s.name)
def test_good_data_passes(bench: Con, tmp_path: Path, suite: Suite) -> None:
    """Every rule holds on the real extract, and there were rows to look at (nothing of it is refused)."""
    result = checked(suite, bench, tmp_path)
    assert failed(result) == ()
    assert all(outcome.rows > 0 for outcome in result.outcomes) or suite.name in ("raw_rechazos", "raw_celdas")
    assert not list(tmp_path.iterdir())


@EACH_CASE
def test_bad_data_fails_its_rule_and_no_other(spoiled: Con, tmp_path: Path, case: Caso) -> None:
    """Failing rows are shown with their key and with what was compared, and all of them are kept."""
    spoiled.execute(case.sql)
    suite = BY_NAME[case.suite]
    result = checked(suite, spoiled, tmp_path)
    assert failed(result) == case.reglas
    for outcome in (o for o in result.outcomes if not o.success):
        (query,) = (q for q in suite.queries if outcome.name in q.rules)
        assert outcome.rule is query.rules[outcome.name]
        assert 0 < len(outcome.sample) <= min(10, outcome.failing)
        assert {*query.key, *outcome.rule.expectation.columns} <= set(outcome.sample[0])
        assert outcome.kept is not None
        assert len(outcome.kept.read_text(encoding="utf-8").splitlines()) == outcome.failing


@pytest.mark.parametrize(("suite", "rule"), RULES, ids=[f"{s}-{r}" for s, r in RULES])
def test_without_a_rule_some_bad_data_passes(bench: Con, tmp_path: Path, suite: str, rule: str) -> None:
    """The mutation run: a rule that can be disabled with every case still caught is not needed."""
    survivors = []
    for case in (c for c in CASES if c.suite == suite and rule in c.reglas):
        bench.begin()
        bench.execute(case.sql)
        mutant = without(BY_NAME[suite], rule)
        survivors.append(bool(mutant.queries) and failed(checked(mutant, bench, tmp_path)) == case.reglas)
        bench.rollback()
    caught_alone = any(c.suite == suite and c.reglas == (rule,) for c in CASES)
    inseparable = any(c.suite == suite and rule in c.reglas for c in CASES)
    assert survivors
    assert not any(survivors)
    assert caught_alone or inseparable


def test_each_suite_has_a_case_that_closes_and_one_that_warns() -> None:
    """The gate is tried both ways at every table that has rules of both kinds."""
    severities = {(s.name, name): rule.severity for s in ALL for name, rule in s.rules.items()}
    tried = {(c.suite, severities[c.suite, c.reglas[0]]) for c in CASES}
    assert tried == {(s.name, rule.severity) for s in ALL for rule in s.rules.values()}


@pytest.mark.parametrize(
    "exempt",
    [
        pytest.param("estado = 'dudosa'", id="doubtful"),
        pytest.param("estado = 'corregida'", id="corrected-by-a-person"),
        pytest.param("es_razon = true", id="ratio"),
    ],
)
def test_sums_bind_only_settled_additive_rows(spoiled: Con, tmp_path: Path, exempt: str) -> None:
    """A doubtful row is a finding, a person's decision stands, quarters of a ratio do not add up."""
    spoiled.execute(f"update raw.elegidas set p2 = 11, a1 = 4, {exempt} {ROW}")
    assert failed(checked(BY_NAME["raw_elegidas"], spoiled, tmp_path)) == ()


@pytest.mark.parametrize("figure", ["programado", "avance"])
def test_a_figure_that_was_lost_between_layers_is_one_that_changed(spoiled: Con, tmp_path: Path, figure: str) -> None:
    """A pair with a null is compared by no expectation: every figure of the marts could be gone, and the gate open."""
    lost = ", ".join(f"{figure}{end} = null" for end in ("", "_min", "_max"))
    spoiled.execute(f"update marts.fct_avance_corte set {lost} where situacion_{figure} = 'informado'")
    assert failed(checked(BY_NAME["marts_fct_avance_corte"], spoiled, tmp_path)) == (f"{figure}_conservado",)


def test_a_ratio_still_owes_its_percentage(spoiled: Con, tmp_path: Path) -> None:
    """Of a ratio only relativo = absoluto / meta binds, and it does."""
    spoiled.execute(f"update raw.elegidas set es_razon = true, relativo_pct = 50 {ROW}")
    assert failed(checked(BY_NAME["raw_elegidas"], spoiled, tmp_path)) == ("relativo_redondeado",)


@pytest.mark.parametrize("pair", [("% Obra", "Obra"), ("Sin unidad de medida", "Otra cosa")])
def test_measures_that_are_two_do_not_close_the_gate(spoiled: Con, tmp_path: Path, pair: tuple[str, str]) -> None:
    """A percentage of a thing is not the thing, and what a form prints is not the member that none prints."""
    spoiled.executemany(
        "insert into marts.dim_unidad_medida select * replace (? as unidad_medida_nombre, 'impresa' as origen) "
        "from marts.dim_unidad_medida limit 1",
        [[name] for name in pair],
    )
    assert failed(checked(BY_NAME["marts_dim_unidad_medida"], spoiled, tmp_path)) == ()


def test_two_pages_of_one_action_do_not_close_the_gate(spoiled: Con, tmp_path: Path) -> None:
    """A row printed twice is a finding (renglon_repetido): its second link says so and breaks no rule."""
    spoiled.execute(
        "update raw.vinculos set regla = 'repetido', accion_id = (select accion_id from raw.vinculos "
        f"{ROW}) where linea = (select min(linea) + 1 from raw.renglones)"
    )
    assert failed(checked(BY_NAME["raw_vinculos"], spoiled, tmp_path)) == ()


def test_history_decides_what_is_much(spoiled: Con, tmp_path: Path) -> None:
    """A quarter with as many doubtful rows as the one before is no news, however many they are."""
    spoiled.execute("update raw.elegidas set estado = 'dudosa' where linea % 2 = 0")
    assert failed(checked(BY_NAME["raw_elegidas"], spoiled, tmp_path)) == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_bytes_are_those_of_the_encoding(spoiled: Con, tmp_path: Path, encoding: str) -> None:
    """A file with a byte order mark has three bytes more; one of a single-byte encoding one byte a letter."""
    size = "bytes + 3" if encoding == "utf-8-sig" else "(select sum(length(texto) + length(fin)) from raw.lineas)"
    mark = "chr(65279)" if encoding == "utf-8-sig" else "''"
    spoiled.execute(
        f"update raw.extractos set codificacion = '{encoding}', bytes = {size}, sha256 = (select sha256({mark} || "
        "string_agg(texto || fin, '' order by linea)) from raw.lineas)"
    )
    assert failed(checked(BY_NAME["raw_lineas"], spoiled, tmp_path)) == ()
    assert "bytes_completos" not in failed(checked(BY_NAME["raw_extractos"], spoiled, tmp_path))
