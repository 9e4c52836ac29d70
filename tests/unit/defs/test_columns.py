"""The columns of raw in the web UI: every one is described, in the order of its table."""

import pytest

from dagster_project.defs.columns import column_schema, described
from dagster_project.warehouse.db.connection import open_warehouse


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with open_warehouse(tmp_path_factory.mktemp("crudo") / "warehouse.duckdb") as con:
        yield con


def test_every_raw_column_says_what_it_holds(con, definitions):
    """With its type; a column that a migration adds needs a word."""
    from dagster_project.defs.assets.dbt import NODES
    from dagster_project.defs.assets.raw import EXTRACT_TABLES, YEAR_TABLES

    schemas = {table: column_schema(con, table, NODES) for table in [*EXTRACT_TABLES, *YEAR_TABLES]}
    assert all(schema.columns for schema in schemas.values())
    assert [
        (t, c.name) for t, schema in schemas.items() for c in schema.columns if not c.description or not c.type
    ] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("p2_min", "Programado del trimestre 2, menor valor posible donde es dudoso."),
        ("a4", "Avance del trimestre 4."),
        ("plan_puntaje", "Plan de desarrollo del que es: qué tan seguro es, de 0 a 1."),
        ("nadie_sabe", None),
    ],
)
def test_a_column_of_a_figure_is_described_by_its_parts(name, said):
    """Sixty columns of one table are a dozen figures."""
    assert described(name) == said
