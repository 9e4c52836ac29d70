"""Every expectation holds on good data and fails on data that is bad in its way, and only then."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.quality.model import Severidad, Suite
from dagster_project.quality.suites import ALL
from dagster_project.quality.validate import validate

Con = duckdb.DuckDBPyConnection

_A = "where extracto_id = 'aaaaaaaaaaaaaaaa'"
_ROW = f"{_A} and linea = 2"

# (suite, expectation, what spoils the data); each spoils nothing else in that suite.
CASES = [
    ("raw_extractos", "identificador", f"update raw.{{t}} set extracto_id = 'AAAAAAAAAAAAAAAA' {_A}"),
    ("raw_extractos", "lineas_completas", f"update raw.extractos set lineas = 4 {_A}"),
    ("raw_extractos", "bytes_completos", f"update raw.lineas set texto = 'xx' {_A} and linea = 2"),
    ("raw_extractos", "nada_en_silencio+con_formatos", f"delete from raw.formatos {_A}"),
    (
        "raw_extractos",
        "con_formatos",
        f"delete from raw.formatos {_A}; "
        "insert into raw.rechazos values ('aaaaaaaaaaaaaaaa', 'a.txt', 0, 'r', 'z', '')",
    ),
    ("raw_formatos", "ente_forma", f"update raw.formatos set ente_codigo = '2002' {_A}"),
    ("raw_formatos", "unidad_forma", f"update raw.formatos set unidad_codigo = '5410l' {_A}"),
    ("raw_formatos", "corte_forma", f"update raw.formatos set corte = '2022-T5' {_A}"),
    ("raw_formatos", "corte_en_ejercicio", f"update raw.formatos set corte = '2021-T1' {_A}"),
    ("raw_formatos", "plan_conocido", f"update raw.formatos set plan = 'otro' {_A}"),
    (
        "raw_formatos",
        "paginas_disjuntas",
        f"insert into raw.formatos select * replace (2 as formato, 3 as linea_inicio) from raw.formatos {_A}",
    ),
    ("raw_formatos", "unidad_asentada", f"update raw.formatos set unidad_codigo = null {_A}"),
    ("raw_formatos", "corte_asentado", f"update raw.formatos set corte = null {_A}"),
    ("raw_formatos", "con_renglones", f"update raw.formatos set renglones = 0 {_A}"),
    ("raw_renglones", "renglones_completos", "delete from raw.renglones where extracto_id like 'b%' and linea = 3"),
    ("raw_renglones", "elegidas_completas", f"delete from raw.elegidas {_ROW}"),
    (
        "raw_renglones",
        "elegidas_completas",
        f"insert into raw.elegidas select * replace ('bbbbbbbbbbbbbbbb' as extracto_id) from raw.elegidas {_ROW}",
    ),
    ("raw_elegidas", "estado_conocido", f"update raw.elegidas set estado = 'segura' {_ROW}"),
    ("raw_elegidas", "estado_de_cifras_conocido", f"update raw.elegidas set a3_estado = 'segura' {_ROW}"),
    ("raw_elegidas", "corte_en_ejercicio", f"update raw.elegidas set ejercicio = 2021 {_ROW}"),
    ("raw_elegidas", "programado_suma_meta", f"update raw.elegidas set p2 = 10.0001 {_ROW}"),
    ("raw_elegidas", "avance_suma_absoluto", f"update raw.elegidas set a1 = 4.5 {_ROW}"),
    ("raw_elegidas", "relativo_redondeado", f"update raw.elegidas set relativo_pct = 12 {_ROW}"),
    ("raw_elegidas", "nada_despues_del_corte", f"update raw.elegidas set a2 = 0 {_ROW}"),
    ("raw_elegidas", "sin_negativos", f"update raw.elegidas set p1 = -1, p2 = 21 {_ROW}"),
    ("raw_elegidas", "rangos_en_orden", f"update raw.elegidas set a4_min = 3, a4_max = 2 {_ROW}"),
    (
        "raw_elegidas",
        "mayoria_sin_duda",
        "update raw.elegidas set estado = 'dudosa' where linea = 2 or corte like '%T4'",
    ),
    ("marts_fct_avance_corte", "renglones_completos", f"delete from marts.fct_avance_corte {_ROW}"),
    (
        "marts_fct_avance_corte",
        "renglones_completos",
        f"insert into marts.fct_avance_corte from marts.fct_avance_corte {_ROW}",
    ),
    (
        "marts_fct_avance_corte",
        "procedencia",
        "insert into marts.fct_avance_corte select * replace (99 as linea, 'futuro' as situacion_avance, "
        f"null as avance, 'en_blanco' as situacion_programado) from marts.fct_avance_corte {_ROW}",
    ),
    (
        "marts_fct_avance_corte",
        "programado_conservado",
        f"update marts.fct_avance_corte set programado = 11, programado_max = 11 {_ROW} and trimestre = '2022-T2'",
    ),
    (
        "marts_fct_avance_corte",
        "avance_conservado",
        f"update marts.fct_avance_corte set avance = 4, avance_min = 4 {_ROW} and trimestre = '2022-T1'",
    ),
    (
        "marts_fct_avance_corte",
        "nada_despues_del_corte",
        f"update marts.fct_avance_corte set avance = 1 {_ROW} and trimestre = '2022-T3'",
    ),
    ("marts_fct_avance_corte", "dentro_del_ejercicio", f"update marts.fct_avance_corte set ejercicio = 2023 {_ROW}"),
    ("marts_fct_avance_corte", "rangos_en_orden", f"update marts.fct_avance_corte set programado_min = 99 {_ROW}"),
    (
        "marts_fct_avance_corte",
        "mayoria_sin_duda",
        "update marts.fct_avance_corte set estado = 'dudosa' where linea = 2 or corte like '%T4'",
    ),
    ("marts_fct_avance", "una_vez", "delete from marts.fct_avance where trimestre = '2022-T2' and linea = 2"),
    ("marts_fct_avance", "una_vez", "insert into marts.fct_avance from marts.fct_avance limit 1"),
    (
        "marts_fct_avance",
        "estado_conocido",
        "update marts.fct_avance set estado = 'segura' where trimestre = '2022-T2'",
    ),
    (
        "marts_fct_avance",
        "sin_negativos",
        "update marts.fct_avance set programado = -1, cumplimiento_pct = null where trimestre = '2022-T2'",
    ),
    (
        "marts_fct_avance",
        "cumplimiento_redondeado",
        "update marts.fct_avance set cumplimiento_pct = 1 + cumplimiento_pct where trimestre = '2022-T1'",
    ),
    ("marts_fct_avance", "nada_despues_del_corte", "update marts.fct_avance set corte = '2022-T3'"),
    (
        "marts_fct_avance",
        "cumplimiento_posible",
        "update marts.fct_avance set avance = 11 * programado, cumplimiento_pct = 1100 where trimestre = '2022-T2'",
    ),
    (
        "marts_fct_avance",
        "programado_sabido",
        "update marts.fct_avance set programado = null, cumplimiento_pct = null where trimestre > '2022-T1'",
    ),
]
BY_NAME = {suite.nombre: suite for suite in ALL}


def test_every_expectation_has_a_case_that_fails_it() -> None:
    """An expectation that nothing fails is not known to work."""
    tried = {(suite, name) for suite, names, _ in CASES for name in names.split("+")}
    assert tried == {(suite.nombre, rule.nombre) for suite in ALL for rule in suite.expectativas}


@pytest.mark.parametrize("suite", ALL, ids=lambda s: s.nombre)
def test_good_data_passes(good: Path, tmp_path: Path, suite: Suite) -> None:
    """All expectations hold on the good warehouse, and there were rows to look at."""
    with duckdb.connect(str(good), read_only=True) as con:
        result = validate(suite, con, tmp_path, "bien")
    assert [r.name for r in result.results if not r.success] == []
    assert result.rows > 0
    assert result.success
    assert not result.blocking_failed


@pytest.mark.parametrize(("suite", "names", "spoil"), CASES, ids=[f"{s}-{n}-{i}" for i, (s, n, _) in enumerate(CASES)])
def test_bad_data_fails_its_expectation_and_no_other(
    spoiled: Con, tmp_path: Path, suite: str, names: str, spoil: str
) -> None:
    """The gate closes exactly where the failed expectation is an error, and a failing row is shown."""
    tables = ("extractos", "lineas", "formatos") if "{t}" in spoil else ("",)
    for table in tables:
        spoiled.execute(spoil.replace("{t}", table))
    result = validate(BY_NAME[suite], spoiled, tmp_path, "mal")
    failed = [r for r in result.results if not r.success]
    assert [r.name for r in failed] == names.split("+")
    rules = {rule.nombre: rule for rule in BY_NAME[suite].expectativas}
    severities = [rules[r.name].severidad for r in failed]
    assert result.blocking_failed == (Severidad.ERROR in severities)
    for outcome, rule in ((r, rules[r.name]) for r in failed):
        assert outcome.expected == rule.esperado
        if rule.tipo != "ExpectColumnMeanToBeBetween":
            assert 0 < len(outcome.sample) <= 10
            assert set(BY_NAME[suite].llave) <= set(outcome.sample[0])
            assert outcome.failing > 0


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
    spoiled.execute(f"update raw.elegidas set p2 = 11, a1 = 4, {exempt} {_ROW}")
    assert validate(BY_NAME["raw_elegidas"], spoiled, tmp_path, "r").success


def test_a_ratio_still_owes_its_percentage(spoiled: Con, tmp_path: Path) -> None:
    """Of a ratio only relativo = absoluto / meta binds, and it does."""
    spoiled.execute(f"update raw.elegidas set es_razon = true, relativo_pct = 50 {_ROW}")
    failed = [r.name for r in validate(BY_NAME["raw_elegidas"], spoiled, tmp_path, "r").results if not r.success]
    assert failed == ["relativo_redondeado"]
