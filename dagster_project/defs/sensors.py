"""What starts the load when an extract arrives in the inbox. Stopped until somebody turns it on.

Not here: reading the extract; the load takes the inbox in together with the extracts folder.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import dagster as dg

from dagster_project.defs.jobs import carga
from dagster_project.defs.run_request import carga_completa
from dagster_project.settings import get_settings

# A file that was written to this recently may still be on its way in.
REPOSO_SEGUNDOS = 5.0


@dg.sensor(
    name="bandeja_de_entrada",
    job=carga,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Arranca la carga cuando llegan extractos a la bandeja de entrada (AVANCE_INBOX).",
)
def bandeja_de_entrada(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for one load for each new state of the inbox; the cursor holds the state last seen."""
    inbox = get_settings().inbox
    archivos = sorted(p for p in inbox.rglob("*.txt") if p.is_file()) if inbox.is_dir() else []
    if not archivos:
        return dg.SkipReason(f"no extracts in {inbox}")
    if any(_recien_escrito(p) for p in archivos):
        return dg.SkipReason("an extract is still being written; looking again at the next tick")
    estado = _huella(archivos)
    if estado == context.cursor:
        return dg.SkipReason(f"nothing new among the {len(archivos)} extracts in {inbox}")
    return dg.SensorResult(run_requests=[carga_completa(run_key=estado)], cursor=estado)


def _recien_escrito(path: Path) -> bool:
    return time.time() - path.stat().st_mtime < REPOSO_SEGUNDOS


def _huella(archivos: list[Path]) -> str:
    """Names and contents, so that the same files again ask for nothing."""
    digest = hashlib.sha256()
    for path in archivos:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
