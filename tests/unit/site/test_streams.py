"""Rows by unit and year: every group whole, in order, and none of another."""

import duckdb

from dagster_project.site.streams import ByUnit, rows

SQL = """
select *
from (values ('02002', 2022, 'b', 1), ('02002', 2022, 'b', 2), ('02002', 2023, 'a', 3), ('02004', 2022, 'a', 4))
t(ente_codigo, ejercicio, unidad_codigo, n) order by all
"""


def test_each_unit_gets_its_own_rows() -> None:
    """Also where one asked for has none, and where one that has some is not asked for."""
    with duckdb.connect() as con:
        stream = ByUnit(con, SQL)
        asked = [("02002", 2022, "a"), ("02002", 2022, "b"), ("02004", 2022, "a"), ("02005", 2022, "a")]
        assert [[row["n"] for row in stream.of(key)] for key in asked] == [[], [1, 2], [4], []]


def test_streams_and_questions_share_a_connection() -> None:
    with duckdb.connect() as con:
        one, other = ByUnit(con, SQL), ByUnit(con, SQL)
        assert rows(con, "select 1 as uno") == [{"uno": 1}]
        assert len(one.of(("02002", 2022, "b"))) == len(other.of(("02002", 2022, "b"))) == 2
