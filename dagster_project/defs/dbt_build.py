"""Running dbt in this process, and its events as Dagster's.

Belongs here: one ``dbt build``. Does not belong here: which assets it makes (``dbt_assets``).

``DbtCliResource`` starts dbt as a command: another Python, another import of dbt (dagster-dbt
has imported it already), a second adapter, and a poll of its output: five seconds a run. Its
selection and its translation of events are used as they are.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from dbt.cli.main import dbtRunner
from dbt_common.events.functions import msg_to_dict

from dagster_project.defs.dbt_manifest import dbt_options, parsed_manifest
from dagster_project.settings import Settings


class DbtError(Exception):
    """dbt did not build everything; the message names what failed, each with dbt's own words."""


@dataclass(slots=True)
class Construccion:
    """What a build did: the events of its nodes in order, and why it failed where it did."""

    eventos: list[DbtCoreCliEventMessage] = field(default_factory=list)
    fallo: DbtError | None = None


def construir(
    context: dg.AssetExecutionContext,
    settings: Settings,
    translator: DagsterDbtTranslator,
    avisar: Callable[[str], None],
) -> Construccion:
    """``dbt build`` of what the context selects; ``avisar`` is told of each node as it ends."""
    hecho = Construccion()

    def recibir(msg: Any) -> None:
        if not msg.info.name.startswith("Log") or not msg.info.name.endswith("Result"):
            return
        evento = DbtCoreCliEventMessage(raw_event=msg_to_dict(msg), event_history_metadata={})
        hecho.eventos.append(evento)
        avisar(msg.info.msg)

    seleccion = get_updated_cli_invocation_params_for_context(
        context=context, manifest={}, dagster_dbt_translator=translator
    )
    with _entorno(seleccion.indirect_selection):
        general, del_verbo = dbt_options(settings)
        resultado = dbtRunner(manifest=parsed_manifest(), callbacks=[recibir]).invoke(
            [*general, "build", *del_verbo, *seleccion.selection_args]
        )
    if not resultado.success:
        hecho.fallo = DbtError(_motivo(resultado))
    return hecho


def eventos_de_dagster(
    hecho: Construccion,
    context: dg.AssetExecutionContext,
    translator: DagsterDbtTranslator,
    project: DbtProject,
    target: Path,
) -> Iterator[Any]:
    """The outputs, check results and observations of a build."""
    for evento in hecho.eventos:
        yield from evento.to_default_asset_events(
            manifest=project.manifest_path,
            dagster_dbt_translator=translator,
            context=context,
            target_path=target,
            project=project,
        )


@contextmanager
def _entorno(indirect_selection: str | None) -> Iterator[None]:
    """What dbt reads from the environment and what it leaves changed: the working directory."""
    antes = Path.cwd()
    if indirect_selection:
        os.environ["DBT_INDIRECT_SELECTION"] = indirect_selection
    try:
        yield
    finally:
        os.environ.pop("DBT_INDIRECT_SELECTION", None)
        os.chdir(antes)


def _motivo(resultado: Any) -> str:
    """Every node that failed, one a line; or what kept dbt from starting."""
    if resultado.exception:
        return f"dbt could not run: {resultado.exception}"
    malos = [r for r in resultado.result.results if str(r.status) in ("error", "fail", "runtime error")]
    return "\n".join(f"dbt {r.node.resource_type} {r.node.name}: {r.message or r.status}" for r in malos)
