"""What the marts say of a small world made by hand: one behaviour a test."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from tests.support.dbt_built import Built, run_dbt


def test_the_build_and_its_unit_tests_pass(built: Built) -> None:
    """Models, data tests and unit tests all succeed on odd but possible data."""
    assert {n: s for n, s in built.statuses.items() if s not in ("success", "pass", "no-op")} == {}
    assert len(built.statuses) > 100


def test_quarters_after_the_cut_are_unknown(built: Built) -> None:
    """54101/100 of Jan-Mar plans four quarters and knows the achievement of the first."""
    found = built.rows(
        "select programado, avance, situacion_avance from fct_avance_corte "
        "where unidad_codigo = '54101' and accion_numero = 100 and corte = '2022-T1' order by trimestre"
    )
    assert [int(p) for p, _, _ in found] == [126, 91, 207, 22]
    assert [a for _, a, _ in found] == [Decimal(128), None, None, None]
    assert [s for _, _, s in found] == ["informado", "futuro", "futuro", "futuro"]


def test_the_two_accumulations(built: Built) -> None:
    """109 % of the plan in force and 107 % of the year, as of the last cut; 29 % of both as of the first."""
    row = "where unidad_codigo = '54101' and accion_numero = 100"
    assert built.rows(
        f"select acumulado_plan_pct, acumulado_ejercicio_pct from fct_avance {row} and trimestre = '2022-T4'"
    ) == [(109, 107)]
    assert built.rows(
        f"select acumulado_plan_al_corte_pct, acumulado_ejercicio_al_corte_pct from fct_meta {row} order by corte"
    ) == [(29, 29), (109, 107)]


def test_a_renumbered_action_is_one_action(built: Built) -> None:
    """605 of Jan-Mar is 505 of Oct-Dec: one key, both numbers."""
    assert built.rows(
        "select accion_numeros from dim_accion where unidad_codigo = '54204' and accion_numero = 505"
    ) == [("2022-T1: 605, 2022-T4: 505",)]


def test_one_code_names_two_lineas_in_two_plans(built: Built) -> None:
    """2.3.1 is two members with two names."""
    assert built.rows(
        "select plan, linea_accion_nombre from dim_linea_accion where linea_accion_codigo = '2.3.1' order by plan"
    ) == [("con_eje", "SENSIBILIZACION EN MATERIA DE GENERO Y DIVERSIDAD"), ("sin_eje", "APOYOS DE ORDEN SOCIAL")]


def test_a_code_never_named_is_a_member_marked_so(built: Built) -> None:
    """2.2.3 is used in rows and named in no header."""
    assert built.rows("select es_nombrada, veces_usado from dim_linea_accion where linea_accion_codigo = '2.2.3'") == [
        (False, 2)
    ]


def test_an_action_is_weighed_once_however_often_a_code_is_printed(built: Built) -> None:
    """2.3.1 2.3.1 2.2.3 are two líneas of half an action each."""
    assert built.rows(
        "select linea_accion_codigo, orden, veces_impresa, ponderador from bridge_accion_linea "
        "where accion_numero = 102 and corte = '2022-T1' order by orden"
    ) == [("2.3.1", 1, 2, Decimal("0.5")), ("2.2.3", 2, 1, Decimal("0.5"))]


def test_a_doubtful_cell_is_null_with_its_range(built: Built) -> None:
    """54101/103: what the latest cut leaves open is NULL there; the plan that it replaced bears no witness."""
    where = "where unidad_codigo = '54101' and accion_numero = 103 and trimestre = '2022-T2'"
    assert built.rows(
        "select programado, programado_min, programado_max, situacion_programado, estado "
        f"from fct_avance_corte {where} and corte = '2022-T4'"
    ) == [(None, 0, 20, "dudoso", "dudosa")]
    assert built.rows(
        f"select programado, corte_programado, avance, avance_max, corte, semaforo_trimestre from fct_avance {where}"
    ) == [(None, "2022-T4", None, 20, "2022-T4", "dudoso")]


def test_a_blank_of_a_row_that_closes_is_zero(built: Built) -> None:
    """54101/101 of Oct-Dec leaves the second quarter blank; the first is outside its plan."""
    assert built.rows(
        "select trimestre, programado, situacion_programado from fct_avance_corte "
        "where unidad_codigo = '54101' and accion_numero = 101 and corte = '2022-T4' "
        "and trimestre < '2022-T3' order by 1"
    ) == [("2022-T1", None, "fuera_de_plan"), ("2022-T2", 0, "en_blanco")]


def test_a_plan_that_moved_is_listed_with_before_and_after(built: Built) -> None:
    """Of all restated quarters only the ratio's plan moved; doubtful ones say nothing."""
    assert built.rows(
        "select unidad_codigo, accion_numero, trimestre, medida, antes, despues from fct_reprogramacion order by all"
    ) == [("54204", 506, f"2022-T{q}", "programado", 90, 95) for q in (2, 3, 4)]


def test_ratios_are_not_added_up(built: Built) -> None:
    """A percentage has a light for its quarter and none for its sum."""
    assert built.rows(
        "select distinct semaforo_plan, semaforo_ejercicio, acumulado_plan_pct, avance_acumulado from fct_avance "
        "where unidad_codigo = '54204' and accion_numero = 506"
    ) == [("no aplica", "no aplica", None, None)]


def test_a_unit_that_no_catalogue_knows_is_a_member(built: Built) -> None:
    """54999 reports: its facts are kept, its name is missing, and a finding says so."""
    assert built.rows(
        "select origen, count(*) from fct_avance join dim_unidad using (unidad_key) "
        "where fct_avance.unidad_codigo = '54999' and ejercicio = 2022 group by all"
    ) == [("extracto", 8)]
    assert built.rows("select count(*) from fct_hallazgo where regla = 'unidad_sin_catalogo' and linea = 50") == [(1,)]


def test_spellings_of_a_measure_are_one_measure(built: Built) -> None:
    """EVENTO and Evento, Beneficiario and Beneficiarios."""
    assert built.rows(
        "select unidad_medida_nombre, escrituras from dim_unidad_medida "
        "where unidad_medida_nombre in ('Evento', 'Beneficiario') order by 1"
    ) == [("Beneficiario", "Beneficiario | Beneficiarios"), ("Evento", "EVENTO | Evento")]


def test_the_same_rows_make_the_same_marts(built: Built, tmp_path: Path) -> None:
    """Building again, with the raw rows in another order, changes no row of any mart."""
    other = tmp_path / "otra.duckdb"
    with duckdb.connect(str(other)) as con:
        con.execute(f"attach '{built.path}' as antes (read_only)")
        con.execute("create schema raw")
        raw = "select table_name from duckdb_tables() where database_name = 'antes' and schema_name = 'raw'"
        for (table,) in con.execute(raw).fetchall():
            con.execute(f"create table raw.{table} as select * from antes.raw.{table} order by hash(rowid)")
    untested = ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"]
    run_dbt(other, tmp_path / "target", ["build", "--full-refresh", *untested])
    marts = [n for (n,) in built.rows("select table_name from duckdb_tables() where schema_name = 'marts'")]
    assert len(marts) >= 13
    with duckdb.connect(str(other)) as con:
        con.execute(f"attach '{built.path}' as antes (read_only)")
        for mart in marts:
            one, two = f"antes.marts.{mart}", f"marts.{mart}"
            differ = f"(from {one} except all from {two}) union all (from {two} except all from {one})"
            assert con.execute(differ).fetchall() == [], mart


def test_a_settled_row_that_does_not_close_fails_the_build(built: Built, tmp_path: Path) -> None:
    """A chosen reading that does not add up is our defect: the data test that blocks publishing fails."""
    broken = tmp_path / "rota.duckdb"
    broken.write_bytes(built.path.read_bytes())
    with duckdb.connect(str(broken)) as con:
        con.execute("update raw.elegidas set p2 = 92 where accion_numero = 100 and corte = '2022-T4'")
    steps = ["int_renglones", "int_avance_corte", "int_avance_vigente", "int_acumulados", "int_metas"]
    chosen = ["--select", *steps, "fct_avance_corte", "fct_meta", "lo_asentado_cierra"]
    statuses = run_dbt(broken, tmp_path / "target", ["build", "--full-refresh", *chosen, "--exclude-resource-type", "unit_test"])
    assert statuses["lo_asentado_cierra"] == "fail"


def test_what_nobody_states_has_no_estado(built: Built) -> None:
    """A quarter after the cut, or before the plan, is no_aplica and never exacta; nothing else is."""
    for kind in ("programado", "avance"):
        assert (
            built.rows(
                f"select count(*), count(*) filter (where estado_{kind} = 'no_aplica') from fct_avance_corte "
                f"where situacion_{kind} in ('futuro', 'fuera_de_plan') or estado_{kind} = 'no_aplica'"
            )[0][0:1]
            == built.rows(
                f"select count(*) from fct_avance_corte where estado_{kind} = 'no_aplica' "
                f"and situacion_{kind} in ('futuro', 'fuera_de_plan') and {kind} is null"
            )[0]
        )


def test_units_are_compared_by_actions_in_each_band(built: Built) -> None:
    """Every action of a quarter is in one band of its unit, and in its líneas for as much as it weighs."""
    assert built.rows(
        "select sum(acciones_trimestre), sum(acciones_plan), sum(acciones_ejercicio) "
        "from rpt_cumplimiento_unidad where trimestre = '2022-T4'"
    ) == [(11, 11, 11)]
    assert built.rows(
        "select accion_tipo, sum(ponderador) from fct_avance a join bridge_accion_linea using (meta_key) "
        "join dim_accion d on a.accion_key = d.accion_key where trimestre = '2022-T4' group by 1 order by 1"
    ) == [("accion", 8), ("meta", 3)]


def test_the_transparency_export_shows_original_and_adjusted_goals(built: Built) -> None:
    """54101/100: 446 for the year, which the change of plan did not move; of a ratio the goal is what it is now.

    The doubtful row says that it is under review.
    """
    columns = "periodo_inicio_fecha, periodo_fin_fecha, metas_programadas, metas_ajustadas, avance_metas"
    row = "where unidad_codigo = '{}' and accion_numero = {} order by corte"
    assert built.rows(f"select {columns} from exp_pnt_indicadores {row.format('54101', 100)}") == [
        ("01/01/2022", "31/03/2022", 446, None, 128),
        ("01/10/2022", "31/12/2022", 446, None, 22),
    ]
    assert built.rows(f"select metas_ajustadas from exp_pnt_indicadores {row.format('54204', 506)}") == [(None,), (95,)]
    assert built.rows(f"select nota from exp_pnt_indicadores {row.format('54101', 103)}")[1] == (
        "Las metas son del ejercicio y el avance es del trimestre. Avance acumulado del ejercicio: 20. La meta no se ha ajustado. "
        "Avance de metas en revisión: entre 0 y 20. Sin declarar: objetivo institucional, dimensión, definición, "
        "línea base, sentido del indicador. No se conoce la fecha de publicación del reporte",
    )


def test_a_report_has_its_functional_classification(built: Built) -> None:
    """The CONAC code that the reader settled from the header."""
    assert built.rows("select distinct clasificacion_codigo from dim_corte where ejercicio = 2022") == [("2.2.2",)]
