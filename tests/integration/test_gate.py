"""The gate: bad raw data stops everything downstream, and readers keep the version they had."""

from __future__ import annotations

import re

import pytest
from dagster import AssetKey, AssetRecordsFilter, DagsterInstance

# What is damaged, and the last step that may still run on it. Neither is rewritten by a load
# that finds its extract unchanged.
DAMAGE = {
    "an extract that lost a line": (
        "delete from raw.lineas where linea = (select max(linea) from raw.lineas)",
        "raw/extractos",
        "raw/elegidas",
    ),
    "a chosen figure that does not close": (
        "update raw.elegidas set absoluto = absoluto + 1 where linea = (select min(linea) from raw.elegidas "
        "where estado = 'exacta' and absoluto is not null)",
        "raw/elegidas",
        "marts/fct_avance",
    ),
}


def _materialized(home, key: str) -> int:
    """How many times an asset was materialized on this home."""
    with DagsterInstance.from_config(str(home / "dagster")) as instance:
        wanted = AssetRecordsFilter(AssetKey(key.split("/")))
        return len(instance.fetch_materializations(wanted, limit=100).records)


@pytest.mark.parametrize("case", DAMAGE, ids=lambda case: case.replace(" ", "-"))
def test_bad_raw_data_stops_before_dbt(casa, case):
    """No dbt model is materialized, nothing is published, the failed check is named, exit code 1."""
    sql, last, stopped = DAMAGE[case]
    casa.warehouse(sql)
    version = casa.query("select version from main.publicacion")
    figures = casa.query("select * from marts.fct_avance order by all")
    keys = (last, stopped, "staging/stg_tmm__elegidas", "intermediate/int_renglones", "marts/fct_avance")
    before = {key: _materialized(casa.home, key) for key in (*keys, "published/avance")}

    done = casa.avance("run")

    assert done.returncode == 1, done.stdout
    assert "Checks that failed" in done.stdout
    assert re.search(r"Kept: version .* is still the published one", done.stdout)
    after = {key: _materialized(casa.home, key) for key in before}
    assert after[last] == before[last] + 1
    for key in before:
        if key != last:
            assert after[key] == before[key], key
    assert casa.query("select version from main.publicacion") == version
    assert casa.query("select * from marts.fct_avance order by all") == figures
