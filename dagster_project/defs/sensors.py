"""What starts the load when an extract arrives in the inbox. Stopped until somebody turns it on.

Not here: reading the extract; the load takes the inbox in together with the extracts folder.
"""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import dagster as dg

from dagster_project.defs.jobs import carga
from dagster_project.defs.run_request import carga_completa
from dagster_project.settings import get_settings
from dagster_project.warehouse.files.extract_folder import find_extract_files, folder_state

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
    archivos = find_extract_files(inbox)[0] if inbox.is_dir() else []
    if not archivos:
        return dg.SkipReason(f"no extracts in {inbox}")
    if any(_recien_escrito(a.path) for a in archivos):
        return dg.SkipReason("an extract is still being written; looking again at the next tick")
    estado = _huella(inbox)
    if estado == context.cursor:
        return dg.SkipReason(f"nothing new among the {len(archivos)} extracts in {inbox}")
    return dg.SensorResult(run_requests=[carga_completa(run_key=estado)], cursor=estado)


def _recien_escrito(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime < REPOSO_SEGUNDOS
    except OSError:  # it has just gone, or cannot be looked at: the load will say so
        return False


def _huella(inbox: Path) -> str:
    """Names and contents, so that the same files again ask for nothing."""
    return hashlib.sha256(json.dumps(folder_state(inbox)).encode()).hexdigest()
