"""Cases of bad data put before the real gate, in one process that loads the definitions once.

Belongs here: restoring the home, spoiling it, running Dagster, and looking at what became of
models and published version. It runs as ``python -m checks.faults.gate_runs HOME BASE --full``,
a line of JSON a case, because the definitions belong to one home a process. Does not belong
here: the cases (``tests.support.quality_cases``) and the table (``gate``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from tests.support.quality_cases import CASES, Caso

if TYPE_CHECKING:
    from dagster_project.quality.rule import Severity

BOTH = ("raw_lecturas", "marts_fct_avance_corte")
"""The suites of which a case that closes and one that warns go through the whole job in every form."""

PUBLISHED = "published/avance"

DOORS = {
    "a figure of a mart changed by hand": "update marts.fct_avance set programado = programado + 1",
    "a mart emptied": "delete from marts.dim_accion",
    "a reading of raw doubled": "insert into raw.lecturas from raw.lecturas limit 1",
    "an ejercicio read again": "update raw.ejercicios set huella = 'otra'",
    "a check that failed on what is there": (
        "update raw.veredictos set aprobada = false where comprobacion like 'raw.elegidas:%'"
    ),
    "a dbt test that failed on what is there": (
        "update raw.veredictos set aprobada = false "
        "where comprobacion = (select min(comprobacion) from raw.veredictos where comprobacion not like '%:%')"
    ),
    "no verdict at all": "delete from raw.veredictos",
}
"""What is done to a loaded home before ``published/avance`` alone is asked for, as one click in the UI does."""


def chosen(full: bool) -> list[tuple[Caso, bool]]:
    """The cases and whether each goes through the whole job: one that closes and one that warns, a suite.

    In the reduced form the suites of the marts are put before their border (checks and publication on marts as they
    stand) in two runs, of all that closes and of all that warns, but for one of each kind; one warning of raw is
    enough.
    """
    from dagster_project.quality.rule import Severity
    from dagster_project.quality.suites.borders import ALL

    picked = []
    at_border: dict[Severity, list[Caso]] = {severity: [] for severity in Severity}
    for suite in ALL:
        for severity in Severity:
            names = {name for name, rule in suite.rules.items() if rule.severity is severity}
            case = next((c for c in CASES if c.suite == suite.name and set(c.reglas) <= names), None)
            if case is None:  # a suite whose rules all block has none that warns
                continue
            of_marts, closes = suite.table.startswith("marts."), severity is Severity.ERROR
            if full or suite.name in BOTH or (closes and not of_marts):
                picked.append((case, True))
            elif of_marts:
                at_border[severity].append(case)
    return picked + [(_at_once(severity, cases), False) for severity, cases in at_border.items() if cases]


def _at_once(severity: Severity, cases: list[Caso]) -> Caso:
    """Cases that spoil a table each, as one."""
    rules = tuple(rule for case in cases for rule in case.reglas)
    return Caso(f"marts_{severity.name.lower()}", rules, ";\n".join(case.sql for case in cases))


def name_of(case: Caso, whole: bool) -> str:
    """What a case goes by in the table."""
    return case.id + (" (whole job)" if whole else "")


def main() -> None:
    """Try every case asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="made anew for every case")
    parser.add_argument("base", type=Path, help="a loaded home, which is not changed")
    parser.add_argument("--full", action="store_true", help="every case through the whole job")
    parser.add_argument("--few", action="store_true", help="those that go through the whole job in every form, alone")
    parser.add_argument("--only", help="the cases whose name holds this")
    asked = parser.parse_args()
    shutil.copytree(asked.base, asked.home, symlinks=True)
    os.environ["AVANCE_HOME"] = str(asked.home)
    for case, whole in chosen(asked.full):
        if (asked.only and asked.only not in case.id) or (asked.few and case.suite not in BOTH):
            continue
        print(json.dumps(_tried(asked.home, asked.base, case, whole), ensure_ascii=False), flush=True)
    for door in DOORS:
        if not asked.only or asked.only in door:
            print(json.dumps(_door(asked.home, asked.base, door), ensure_ascii=False), flush=True)


def _tried(home: Path, base: Path, case: Caso, whole: bool) -> dict[str, Any]:
    began = time.perf_counter()
    _restore(home, base)
    of_marts = case.suite.startswith("marts_")

    def spoil() -> None:
        _execute(home, case.sql)
        if of_marts:
            _as_if_built(home)

    if not (of_marts and whole):
        spoil()
    before = _state(home)
    result = _run("carga" if whole else "frontera", spoil if of_marts and whole else None)
    said = _judged(case, result, before, _state(home), of_marts)
    return {"case": name_of(case, whole), **said, "seconds": time.perf_counter() - began}


def _restore(home: Path, base: Path) -> None:
    """The base's warehouse and publication; never its definitions' files."""
    shutil.copy2(base / "warehouse.duckdb", home / "warehouse.duckdb")
    shutil.rmtree(home / "published")
    shutil.copytree(base / "published", home / "published", symlinks=True)


def _door(home: Path, base: Path, door: str) -> dict[str, Any]:
    """The publication alone, of marts that no check has passed on as they stand."""
    began = time.perf_counter()
    _restore(home, base)
    _execute(home, DOORS[door])
    before = _state(home)
    result = _run("puerta", None)
    faults = ["the run succeeded"] if result.success else []
    faults += ["a version was published"] if before["published"] != _state(home)["published"] else []
    faults += (
        [] if "blocking checks have not passed" in _errors(result) else [f"it was not said why: {_errors(result)}"]
    )
    seen = "; ".join(faults) or "refused, the check named, the published version is as it was"
    return {
        "case": f"publication alone: {door}",
        "expected": "closes",
        "observed": seen,
        "ok": not faults,
        "seconds": time.perf_counter() - began,
    }


def _execute(home: Path, sql: str) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute("set time zone 'America/Tijuana'")
        con.execute(sql)


def _as_if_built(home: Path) -> None:
    """As if dbt had built the marts as they stand, and its tests had passed on them."""
    from dagster_project.defs.assets.dbt import NODES
    from dagster_project.defs.gate import gate
    from dagster_project.warehouse.publish.verdict import record

    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        record(con, "puesta", "marts", {name: True for name in gate(NODES)["marts"] if ":" not in name})


def _run(job: str, after_dbt: Callable[[], None] | None) -> Any:
    """The load as ``avance run`` starts it, checks of the marts and publication alone, or publication alone."""
    import dagster as dg

    from dagster_project.definitions import defs
    from dagster_project.defs.assets import dbt as dbt_assets
    from dagster_project.defs.assets.published import MARTS

    border = dg.define_asset_job(
        "frontera",
        dg.AssetSelection.assets(PUBLISHED) | dg.AssetSelection.checks_for_assets(*MARTS),
        executor_def=dg.in_process_executor,
    )
    door = dg.define_asset_job("puerta", dg.AssetSelection.assets(PUBLISHED), executor_def=dg.in_process_executor)
    every = dg.Definitions.merge(defs, dg.Definitions(jobs=[border, door]))
    build = dbt_assets.build_models

    def build_and_spoil(*args: Any, **kwargs: Any) -> Any:
        done = build(*args, **kwargs)
        if after_dbt:
            after_dbt()
        return done

    dbt_assets.build_models = build_and_spoil
    try:
        return every.resolve_job_def(job).execute_in_process(
            instance=dg.DagsterInstance.ephemeral(),
            raise_on_error=False,
            run_config={"loggers": {"avance": {}}},
        )
    finally:
        dbt_assets.build_models = build


def _state(home: Path) -> dict[str, str]:
    """Hashes of the marts' rows, and of everything that readers see."""
    marts = hashlib.sha256()
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        for (table,) in con.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
        ).fetchall():
            marts.update(repr(con.execute(f"select count(*), sum(hash(t)) from marts.{table} t").fetchone()).encode())
    published = hashlib.sha256()
    for path in sorted(p for p in (home / "published").rglob("*") if p.is_file()):
        published.update(str(path.relative_to(home)).encode() + path.read_bytes())
    return {"marts": marts.hexdigest(), "published": published.hexdigest()}


def _judged(case: Caso, result: Any, before: dict[str, str], after: dict[str, str], of_marts: bool) -> dict[str, Any]:
    checks = {e.check_name: e for e in result.get_asset_check_evaluations() if not e.passed}
    made = {m.asset_key.to_user_string() for m in _materializations(result)}
    failed = set(case.reglas) <= set(checks)
    closes = any(checks[r].severity.value == "ERROR" for r in case.reglas if r in checks)
    models = {key for key in made if key.startswith(("staging/", "intermediate/", "marts/"))}
    faults = [] if failed else [f"{case.reglas} did not fail ({sorted(checks)} did; {_errors(result)})"]
    if closes or not result.success:
        faults += ["the run succeeded"] if result.success else []
        faults += ["a version was published"] if PUBLISHED in made or before["published"] != after["published"] else []
        if not of_marts:
            faults += [f"{len(models)} dbt models were made"] if models or before["marts"] != after["marts"] else []
    elif PUBLISHED not in made:
        faults.append("nothing was published")
    expected = "closes" if closes or not failed else "warns and passes"
    if not closes and not result.success:
        faults.append("the run failed over a warning: " + ", ".join(sorted(checks)))
    seen = "nothing downstream was made, the published version is as it was" if closes else "the version was published"
    return {"expected": expected, "observed": "; ".join(faults) or seen, "ok": not faults}


def _errors(result: Any) -> str:
    said = [e.step_failure_data.error for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    return "; ".join(str(e.cause.message if e.cause else e.message).strip()[:300] for e in said) or "no step failed"


def _materializations(result: Any) -> Iterator[Any]:
    for event in result.all_events:
        if event.event_type_value == "ASSET_MATERIALIZATION":
            yield event.step_materialization_data.materialization


if __name__ == "__main__":
    main()
