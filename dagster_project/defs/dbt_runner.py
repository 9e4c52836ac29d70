"""Running dbt in this process, and its events as Dagster's.

Belongs here: one ``dbt build``. Does not belong here: which assets it makes (``assets.dbt``).

``DbtCliResource`` starts dbt as a command: another Python, another import of dbt (dagster-dbt
has imported it already), a second adapter, and a poll of its output: five seconds a run. Its
selection and its translation of events are used as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DbtProject
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from dbt_common.events.functions import msg_to_dict

from dagster_project.defs.dbt_project import dbt_options, made_from, parsed_manifest
from dagster_project.defs.gate import verdicts_of_tests
from dagster_project.settings import SPARK, Settings, engine
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish.verdict import record
from dagster_project.warehouse.state.build_plan import BuildPlan, forget_builds, plan_build, record_build
from dagster_project.warehouse.state.fingerprint import stamp

EVERY_MODEL = "fqn:*"
"""How dagster-dbt selects every model."""

SAMPLE_ROWS = 3
"""Failing rows of a data test that stand in the message; a test of several rules names in them which it was."""


class DbtError(Exception):
    """dbt did not build everything; the message names what failed, each with dbt's own words."""


@dataclass(slots=True)
class DbtBuild:
    """What a build did: the events of its nodes in order, and why it failed where it did."""

    events: list[DbtCoreCliEventMessage] = field(default_factory=list)
    failure: DbtError | None = None


def build_models(
    context: dg.AssetExecutionContext,
    settings: Settings,
    translator: DagsterDbtTranslator,
    report: Callable[[str], None],
    *,
    anew: bool = False,
) -> DbtBuild:
    """``dbt build`` of what the context selects; ``report`` is told of each node as it ends.

    ``anew``: also the ejercicios of which nothing changed.
    """
    build = DbtBuild()

    def on_event(msg: Any) -> None:
        if not msg.info.name.startswith("Log") or not msg.info.name.endswith("Result"):
            return
        event = DbtCoreCliEventMessage(raw_event=msg_to_dict(msg), event_history_metadata={})
        build.events.append(event)
        report(msg.info.msg)

    selection = get_updated_cli_invocation_params_for_context(
        context=context, manifest={}, dagster_dbt_translator=translator
    )
    result = run_dbt(
        settings,
        selection.selection_args,
        report,
        on_event,
        selection.indirect_selection,
        keeps=not context.selected_asset_keys,
        anew=anew,
    )
    # What Spark did not build whole was not brought back: its tests say nothing of the tables that stand here.
    stands_here = not _is_on_spark(selection.selection_args) or _built_everything(result)
    if stands_here and (said := verdicts_of_tests(result)):
        with open_warehouse(settings.warehouse) as con:
            record(con, context.run_id, "marts", said)
    if not result.success:
        with open_warehouse(settings.warehouse) as con:
            build.failure = DbtError(_reason(result, con))
    return build


def run_dbt(
    settings: Settings,
    selection: Sequence[str],
    report: Callable[[str], None],
    on_event: Callable[[Any], None] | None = None,
    indirect: str | None = None,
    *,
    keeps: bool = False,
    anew: bool = False,
) -> Any:
    """``dbt build`` of a selection, ``on_event`` told of dbt's events; returns dbt's result.

    A build of everything makes anew only the ejercicios that changed since the last one, where
    that is known; a build of some models makes those whole, and leaves nothing known.
    """
    from dbt.cli.main import dbtRunner  # 22 MB that the code server of the web UI, which builds nothing, does not hold

    is_whole = EVERY_MODEL in selection
    # Open all the while: dbt closes the file whenever no node is at work, and each time it is opened again the
    # indexes are read anew (3 s of a build of a million facts, measured). Within a process DuckDB opens a file
    # twice under one configuration only: the profile sets none. No result may stay unread here: a pending one keeps
    # its transaction open, and what dbt drops would not give its room back.
    with open_warehouse(settings.warehouse) as con, chdir("."):  # dbt changes the working directory
        touched = stamp([settings.seeds, settings.dbt_project])
        if anew:
            forget_builds(con)
        plan = plan_build(con, made_from(settings))
        if not is_whole and not keeps:
            forget_builds(con)
        report(_described(plan) if is_whole else "tests only" if keeps else "some models only: whole")
        options = [
            *(["--full-refresh"] if not keeps and (plan.whole or not is_whole) else []),
            *(["--indirect-selection", indirect] if indirect else []),
        ]
        callbacks = [on_event] if on_event else []
        if _is_on_spark(selection):
            # where it is asked for, it is installed
            from dagster_project.defs.spark_build import bring_back_built, build_on_spark

            result = build_on_spark(con, settings, [*options, *selection], callbacks)
            if _built_everything(result):
                bring_back_built(con, settings, options)
        else:
            general, of_verb = dbt_options(settings)
            result = dbtRunner(manifest=parsed_manifest(settings), callbacks=callbacks).invoke(
                [*general, "build", *of_verb, *options, *selection]
            )
        # Where seeds or project changed meanwhile, nobody knows which of the two dbt read: nothing is known of it.
        if is_whole and _built_everything(result) and stamp([settings.seeds, settings.dbt_project]) == touched:
            record_build(con, plan)
    return result


def dagster_events(
    build: DbtBuild,
    context: dg.AssetExecutionContext,
    translator: DagsterDbtTranslator,
    project: DbtProject,
    target: Path,
) -> Iterator[Any]:
    """The outputs, check results and observations of a build."""
    for event in build.events:
        yield from event.to_default_asset_events(
            manifest=project.manifest_path,
            dagster_dbt_translator=translator,
            context=context,
            target_path=target,
            project=project,
        )


def _described(plan: BuildPlan) -> str:
    if plan.whole:
        return "every ejercicio is built anew"
    return f"built anew: {', '.join(map(str, plan.changed)) or 'no ejercicio'}; the rest is as it was"


def _is_on_spark(selection: Sequence[str]) -> bool:
    """Whether Spark builds: everything, where it is asked for.

    Of some models it may lack the others, and tests alone ask what will be published.
    """
    return engine() == SPARK and EVERY_MODEL in selection


def _built_everything(result: Any) -> bool:
    """Whether every seed and model was built, whatever the tests said; a failed test leaves what follows it unbuilt."""
    if result.exception or not result.result:
        return False
    built = [r for r in result.result.results if r.node.resource_type in ("model", "seed")]
    return bool(built) and all(str(r.status) == "success" for r in built)


def _reason(result: Any, con: duckdb.DuckDBPyConnection) -> str:
    """Every node that failed, one a line, of a data test with its first rows; or what kept dbt from starting."""
    if result.exception:
        return f"dbt could not run: {result.exception}"
    failed = [r for r in result.result.results if str(r.status) in ("error", "fail", "runtime error")]
    return "\n".join(
        f"dbt {r.node.resource_type} {r.node.name}: {r.message or r.status}"
        + (failing_rows(con, r.node.compiled_code) if str(r.status) == "fail" else "")
        for r in failed
    )


def failing_rows(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The first rows of a data test as text, each value by its column; empty where they cannot be asked for."""
    try:
        found = con.execute(f"from ({sql}) limit {SAMPLE_ROWS}")
        names, rows = [column[0] for column in found.description or ()], found.fetchall()
    except duckdb.Error:
        return ""
    said = [", ".join(f"{name} {value}" for name, value in zip(names, row, strict=True)) for row in rows]
    return f" ({'; '.join(said)})"
