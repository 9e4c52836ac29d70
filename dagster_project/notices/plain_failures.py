"""What a run failed on, in the sentence that the command prints, with the file and line it names and what to do.

Belongs here: telling known errors from defects of ours, which keep their stack. Does not belong here: failing a step
with it (``defs.failures``), and words of the machine (``machine_errors``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.settings import Settings

PLACE = re.compile(r"^(?P<archivo>[\w.-]+\.csv)(?:, line (?P<linea>\d+))?:")
"""How every reader of catalogues and decisions begins its message (``reference.csv_rows``)."""

SETTING = re.compile(r"^AVANCE_[A-Z_]+ is ")
"""How every setting that cannot be used is named (``settings``)."""

DECISIONS = ("correcciones.csv", "vinculos.csv", "paginas.csv")
OURS = "dagster_project."

OF_DECISION = (
    "Corrija en esa línea la huella o el valor impreso, o quítela (avance why y avance why --page muestran lo "
    "impreso), y lance otra vez la carga."
)
OF_CATALOGUE = "Corrija esa línea y lance otra vez la carga."
OF_SETTING = "Corrija ese ajuste donde se da (docs/runbook.md), reinicie lo que lo lee y lance otra vez la carga."
OF_BUSY = "Espere a que termine la otra carga y lance otra vez la suya."
OF_MACHINE = "Remedie lo que dice el mensaje y lance otra vez la carga; lo publicado sigue como estaba."
OF_ANOTHER = "Vea docs/a-check-failed.md; lo publicado sigue como estaba."


@dataclass(frozen=True, slots=True)
class PlainFailure:
    """A sentence, what to do about it, and the file and line that it names, if any."""

    dicho: str
    que_hacer: str
    archivo: Path | None = None
    linea: int | None = None


def plain_failure(settings: Settings, error: Exception) -> PlainFailure | None:
    """What is said of a known error; None of a defect, whose stack says more."""
    said = str(error).strip()
    place = PLACE.match(said) if isinstance(error, ValueError) else None
    if place:
        name, line = place["archivo"], place["linea"]
        remedy = OF_DECISION if name in DECISIONS else OF_CATALOGUE
        return PlainFailure(said, remedy, settings.seeds / name, int(line) if line else None)
    if isinstance(error, ValueError) and SETTING.match(said):
        return PlainFailure(said, OF_SETTING)
    if machine := diagnose(settings, error_chain(error)):
        return PlainFailure(machine, OF_MACHINE)
    return PlainFailure(said, OF_ANOTHER) if type(error).__module__.startswith(OURS) else None
