"""Planning a build leaves the warehouse to the build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.state.build_plan import Plan, anotar, planear


def test_planning_leaves_no_transaction_open(warehouse: Path) -> None:
    """dbt builds beside that connection: what it drops gives its room back only when nobody reads on."""
    with open_warehouse(warehouse) as con:
        anotar(con, Plan("this code", {}, None))
        assert planear(con, "other code").por_rehacer is None
        with duckdb.connect(str(warehouse)) as other:
            other.execute("create table main.t as select 1 as a; checkpoint")
