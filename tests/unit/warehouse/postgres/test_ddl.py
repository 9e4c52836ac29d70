"""The marts as PostgreSQL's statements."""

from dagster_project.warehouse.postgres import ddl
from dagster_project.warehouse.publish.duckdb_file import Columna, Tabla
from dagster_project.warehouse.publish.relations import Relacion

LLAVE = Columna("unidad_key", "VARCHAR", "La llave", False)
HOJA = Tabla(
    "dim_unidad", "", "Una fila por unidad", (LLAVE, Columna("peso", "DOUBLE", None, True)), ("unidad_key",), ()
)
HECHO = Tabla(
    "fct", "", None, (Columna("unidad_key", "VARCHAR", "it's", True), Columna("n", "INTEGER", "", False)), (), ()
)


def test_types_and_nulls_are_those_of_the_mart() -> None:
    """A text is ``text``, whatever its length, and what may not be null may not."""
    assert ddl.create_table("v1", HOJA) == (
        'create table "v1"."dim_unidad" ("unidad_key" text not null, "peso" double precision)'
    )


def test_keys_come_in_an_order_that_the_database_takes() -> None:
    """What is led to is unique before anything leads to it."""
    related = {"fct": (Relacion("unidad_key", "dim_unidad", "unidad_key"), Relacion("n", "dim_unidad", "peso"))}
    said = list(ddl.keys("v1", [HECHO, HOJA], related))
    assert [line.split(" add ")[1].split(" (")[0] for line in said] == [
        "primary key",
        "unique",
        "foreign key",
        "foreign key",
    ]


def test_a_comment_is_a_text_and_no_statement() -> None:
    """A quotation mark of a description ends nothing."""
    assert list(ddl.comments("v1", HECHO))[1] == """comment on column "v1"."fct"."unidad_key" is 'it''s'"""
