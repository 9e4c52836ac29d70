"""The star for BI tools: each relation is one column, many to one, and unknown members are rows of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.support.dbt_built import Built

from dagster_project.defs.dbt_runner import failing_rows
from dagster_project.warehouse.publish.duckdb_file import marts_of
from dagster_project.warehouse.publish.relations import relations as declared_relations

DIMENSIONS = {
    "accion_key": "dim_accion", "clasificacion_key": "dim_clasificacion_funcional", "corte_key": "dim_corte",
    "eje_key": "dim_eje", "linea_accion_key": "dim_linea_accion", "programa_key": "dim_programa",
    "ramo_key": "dim_ramo", "responsable_key": "dim_responsable", "trimestre_key": "dim_trimestre",
    "unidad_key": "dim_unidad", "unidad_medida_key": "dim_unidad_medida",
    "accion_anterior_key": None, "accion_propuesta_key": None, "serie_key": None, "avance_key": "fct_avance", "meta_key": "fct_meta", "renglon_key": "fct_renglon",
}  # fmt: skip
"""Where each key column leads."""

FACTS = (
    "fct_avance", "fct_avance_corte", "fct_meta", "fct_reprogramacion", "fct_hallazgo", "fct_renglon", "fct_pagina",
    "fct_lectura",
)  # fmt: skip

LIGHTS = [("fct_avance", f"semaforo_{light}") for light in ("trimestre", "plan", "ejercicio")]


def relations(manifest: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """The tests ``relaciones`` of the marts: (table, column) -> (table, column)."""
    found = {}
    for node in manifest["nodes"].values():
        if (node.get("test_metadata") or {}).get("name") == "relaciones":
            of = manifest["nodes"][node["attached_node"]]["name"]
            for column, leads in node["test_metadata"]["kwargs"]["columnas"].items():
                table, _, field = leads.partition(".")
                found[of, column] = (table, field or column)
    return found


def marts(manifest: dict[str, Any]) -> dict[str, list[str]]:
    """Columns of each mart but the export of the portals, which nobody joins."""
    return {
        n["name"]: list(n["columns"]) for n in manifest["nodes"].values()
        if n["resource_type"] == "model" and n["fqn"][1] == "marts" and not n["name"].startswith("exp_")
    }  # fmt: skip


def test_every_key_leads_somewhere_and_a_test_holds_it(manifest: dict[str, Any]) -> None:
    """A key that is not the table's own is of one dimension, by one column of the same name."""
    held = relations(manifest)
    for table, columns in marts(manifest).items():
        own = next(c for c in columns if c.endswith("_key"))
        for column in (c for c in columns if c.endswith("_key") and (c != own or table == "bi_avance")):
            leads = DIMENSIONS[column] and (DIMENSIONS[column], column)  # None: to no key of its own name
            assert held.get((table, column)) == leads, (table, column)


def test_what_is_declared_is_what_is_tested(built: Built, manifest: dict[str, Any]) -> None:
    """The foreign keys of ``datapackage.json`` are those that dbt's tests hold: no more, no fewer."""
    with duckdb.connect() as con:
        con.execute(f"attach '{built.path}' as almacen (read_only)")
        declared = {
            (table, r.columna): (r.tabla_destino, r.columna_destino)
            for table, found in declared_relations(marts_of(con, "almacen")).items()
            for r in found
        }
    assert declared == relations(manifest)


def test_what_leads_nowhere_is_named_by_its_column(built: Built, tmp_path: Path) -> None:
    """One test holds all relations of a table, and a failed load says which of them broke."""
    [compiled] = (built.target / "compiled").rglob("fct_avance_lleva_a_filas_que_hay.sql")
    broken = tmp_path / built.path.name
    broken.write_bytes(built.path.read_bytes())
    with duckdb.connect(str(broken)) as con:
        sql = compiled.read_text(encoding="utf-8")
        assert con.execute(sql).fetchall() == []
        one = "avance_key = (select min(avance_key) from marts.fct_avance)"
        con.execute(f"update marts.fct_avance set unidad_key = 'x' where {one}")
        assert failing_rows(con, sql) == " (regla unidad_key sin fila en dim_unidad, valor x, renglones 1)"
        con.execute("update marts.fct_avance set fin_fecha = '1999-03-31'")
        assert {rule for rule, *_ in con.execute(sql).fetchall()} == {
            "unidad_key sin fila en dim_unidad", "fin_fecha sin fila en dim_fecha",
        }  # fmt: skip
    assert failing_rows(duckdb.connect(), sql) == ""


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_a_date_and_a_quarter(manifest: dict[str, Any], fact: str) -> None:
    """The last day of its quarter, one of ``dim_fecha``."""
    held = relations(manifest)
    assert held[fact, "fin_fecha"] == ("dim_fecha", "fecha")
    assert held[fact, "trimestre_key"] == ("dim_trimestre", "trimestre_key")


@pytest.mark.parametrize(("table", "column"), LIGHTS)
def test_every_light_is_a_member(manifest: dict[str, Any], table: str, column: str) -> None:
    """By its word, which is unique."""
    assert relations(manifest)[table, column] == ("dim_semaforo", "semaforo")


@pytest.mark.parametrize(
    "dimension", sorted({d for d in DIMENSIONS.values() if d and d.startswith("dim_")} - {"dim_linea_accion"})
)
def test_the_unknown_member_is_a_row(built: Built, dimension: str) -> None:
    """What is not known is counted under it, and falls out of no join."""
    columns = [name for name, *_ in built.rows(f"describe {dimension}")]
    text = " || ".join(f"coalesce({c}::varchar, '')" for c in columns)
    [(members,)] = built.rows(f"select count(*) from {dimension} where {text} like '%(desconocid%' or "
                              f"{text} like '%(sin %)%'")  # fmt: skip
    assert members >= 1


def test_lights_stand_in_order_with_their_words_explained(built: Built) -> None:
    """Bands from the catalogue first; each word that stands for no band says why."""
    rows = built.rows("select semaforo, es_banda, significado, desde_pct, color from dim_semaforo order by orden")
    assert [r[0] for r in rows] == [
        "rojo", "naranja", "amarillo", "verde", "morado",
        "sin programación", "no programado", "dudoso", "sin reporte", "fuera de plan", "no aplica",
    ]  # fmt: skip
    assert [r[1] for r in rows] == [True] * 5 + [False] * 6
    assert all(meaning for _, _, meaning, _, _ in rows)
    assert [r[3] for r in rows[:5]] == [0, 50, 70, 90, 110]
    assert len({color for *_, color in rows}) == 11


def test_days_stand_without_gaps(built: Built) -> None:
    """2022 and 2023 have 730, and each quarter's figures stand on its last day."""
    assert built.rows("select count(*), min(fecha)::varchar, max(fecha)::varchar from dim_fecha") == [
        (730, "2022-01-01", "2023-12-31")
    ]
    assert built.rows("select fecha_key, trimestre from dim_fecha where es_fin_trimestre and year(fecha) = 2022 order by 1") == [
        (20220331, "2022-T1"), (20220630, "2022-T2"), (20220930, "2022-T3"), (20221231, "2022-T4")
    ]  # fmt: skip
    assert built.rows("select distinct trimestre, fin_fecha::varchar from fct_avance where ejercicio = 2022 order by 1") == [
        ("2022-T1", "2022-03-31"), ("2022-T2", "2022-06-30"), ("2022-T3", "2022-09-30"), ("2022-T4", "2022-12-31")
    ]  # fmt: skip


def test_the_wide_table_has_every_name(built: Built) -> None:
    """Nothing is null but what the print leaves out or nobody knows."""
    names = [name for name, *_ in built.rows("describe bi_avance") if name.endswith("_nombre")]
    assert len(names) >= 8
    assert built.rows(f"select count(*) from bi_avance where {' is null or '.join(names)} is null") == [(0,)]
