"""The descriptor of a version, from tables made by hand."""

from __future__ import annotations

import pytest

from dagster_project.site.shown import title_of
from dagster_project.warehouse.publish.datapackage import descriptor
from dagster_project.warehouse.publish.duckdb_file import Columna, Tabla
from dagster_project.warehouse.publish.publication import Archivo
from dagster_project.warehouse.publish.relations import Relacion, relations


def table(name: str, *columns: str, checks: tuple[str, ...] = ()) -> Tabla:
    """A table of texts whose key is its first column."""
    made = tuple(Columna(c, "VARCHAR", f"Qué es {c}", nulable=not c.endswith("_key")) for c in columns)
    return Tabla(name, "", "Una fila por algo", made, columns[:1], checks)


UNIT = table("dim_unidad", "unidad_key", "unidad_nombre")
FACT = table("fct_avance", "avance_key", "unidad_key", "accion_key", "fin_fecha", "semaforo_plan", "estado",
             checks=("CHECK((estado IN ('exacta', 'dudosa')))",))  # fmt: skip
WIDE = table("bi_avance", "avance_key", "semaforo_plan")
DAY = Tabla("dim_fecha", "", None, (Columna("fecha_key", "INTEGER", "", False), Columna("fecha", "DATE", "", False)),
            ("fecha_key",), ())  # fmt: skip
LIGHT = table("dim_semaforo", "semaforo_key", "semaforo")
TABLES = [WIDE, DAY, LIGHT, UNIT, FACT]


def test_a_column_leads_to_the_table_whose_key_it_is() -> None:
    """By its name; a day and a light by theirs; a key of no published table leads nowhere."""
    found = relations(TABLES)
    assert found["fct_avance"] == (
        Relacion("unidad_key", "dim_unidad", "unidad_key"),
        Relacion("fin_fecha", "dim_fecha", "fecha"),
        Relacion("semaforo_plan", "dim_semaforo", "semaforo"),
    )
    assert found["dim_unidad"] == found["dim_semaforo"] == found["dim_fecha"] == ()


def test_the_wide_table_leads_to_its_fact() -> None:
    """Its key is the fact's: it owns none."""
    assert relations(TABLES)["bi_avance"][0] == Relacion("avance_key", "fct_avance", "avance_key")


def test_constraints_are_those_of_the_table() -> None:
    """Not null is required; the own key, and what others lead to, is unique; a list of values is an enumeration."""
    files = {f"{t.nombre}.{end}": Archivo(f"v/{t.nombre}.{end}", 7, "ab") for t in TABLES for end in ("csv", "parquet")}
    made = {r["name"]: r for r in descriptor(TABLES, files, ["algo"], "v", "2026-01-01")["resources"]}
    fields = {(n, f["name"]): f.get("constraints", {}) for n, r in made.items() if "schema" in r
              for f in r["schema"]["fields"]}  # fmt: skip
    assert fields["fct_avance", "avance_key"] == {"required": True, "unique": True}
    assert fields["fct_avance", "unidad_key"] == {"required": True}
    assert fields["fct_avance", "estado"] == {"enum": ["exacta", "dudosa"]}
    assert fields["dim_semaforo", "semaforo"] == {"unique": True}
    assert made["fct_avance-parquet"]["path"] == "fct_avance.parquet"
    assert made["fct_avance"]["hash"] == "sha256:ab"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("accion_numero", "Acción número"),
        ("unidad_key", "Llave de unidad"),
        ("cumplimiento_min_pct", "Cumplimiento mínimo (%)"),
        ("es_vigente", "¿Es vigente?"),
    ],
)
def test_a_title_is_the_name_as_people_write_it(name: str, title: str) -> None:
    """With its accents, and the kind of the column in words."""
    assert title_of(name) == title
