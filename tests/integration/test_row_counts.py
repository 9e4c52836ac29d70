"""A build that empties the marts closes the gate at every fact: dbt's own tests see nothing, being emptied as well."""

from dagster_project.quality.check import check
from dagster_project.quality.suites.borders import MARTS
from dagster_project.quality.suites.row_counts import RULE
from dagster_project.warehouse.db.connection import open_warehouse
from tests.support.marts_home import Home


def test_an_emptied_build_is_refused_by_every_count(casa, tmp_path, monkeypatch):
    """``DBT_EMPTY=true`` of a shell reached a build, and three checks of catalogues alone closed the gate."""
    home = Home(casa.home, casa.extracts)
    # Its own constraint fails where the bands are gone, which is no rule on figures.
    home.marts(monkeypatch, "--empty", "--exclude", "dim_semaforo")
    counted = [suite for suite in MARTS if RULE in suite.rules]
    with open_warehouse(home.settings.warehouse) as con:
        results = check(counted, con, tmp_path / "docs")
    said = {r.suite.table: o.success for r in results for o in r.outcomes if o.name == RULE}
    assert said == dict.fromkeys(
        ("marts.fct_avance_corte", "marts.fct_avance", "marts.fct_pagina", "marts.fct_renglon", "marts.fct_meta",
         "marts.bi_avance"), False
    )  # fmt: skip
