"""The same raw on both engines: every table equal row by row, whole and with one ejercicio anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.engines.both import both_engines
from checks.engines.world import make_world


@pytest.mark.long
def test_every_table_is_equal_row_by_row(tmp_path: Path, session) -> None:
    """Two municipalities, six ejercicios, decisions, a dispute, a replaced file, documents."""
    whole, anew = both_engines(make_world(tmp_path), session)
    assert len(anew.anew) == 1 < len(whole.anew)
    for done in (whole, anew):
        assert done.duckdb.failed == done.spark.failed == ()
        assert (done.duckdb.models, done.duckdb.tests) == (done.spark.models, done.spark.tests)
        assert {table.tabla: table.sample for table in done.compared if table.differs} == {}
        rows = {table.tabla: table.rows for table in done.compared}
        # Of an indicator declared for no ejercicio, of a line decided by nobody: nothing was compared with nothing.
        assert len(rows) > 28
        assert [table for table, count in rows.items() if not count] == []
