"""The register of extracts, ``seeds/extractos.csv``: whose each file is and when it was published.

Belongs here: reading that file. Does not belong here: what follows from it (which reporte
counts is decided in ``tmm_f004.reconcile.reports``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dagster_project.reference.csv_rows import read_rows

COLUMNS = ("ruta", "ente_codigo", "publicado_en", "fuente")


class RegistryError(ValueError):
    """A line of ``seeds/extractos.csv`` that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class RegistroExtracto:
    """What the register says of one file; None where it does not say."""

    ente_codigo: str | None = None
    publicado_en: date | None = None


Registro = Mapping[str, RegistroExtracto]
"""Path below the extracts folder -> what is known of that file."""


def load_registry(seeds: Path) -> dict[str, RegistroExtracto]:
    """Read ``extractos.csv`` of the seeds folder.

    Raises:
        RegistryError: a column is missing, a date is no ISO date, or a path stands twice.
    """
    entries: dict[str, RegistroExtracto] = {}
    for where, row in read_rows(seeds / "extractos.csv", COLUMNS, RegistryError):
        ruta = row["ruta"]
        if ruta in entries or not ruta:
            raise RegistryError(f"{where}: path {ruta!r} is empty or stands twice")
        entries[ruta] = RegistroExtracto(row["ente_codigo"] or None, _date(row["publicado_en"], where))
    return entries


def _date(text: str, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RegistryError(f"{where}: {text!r} is no date such as 2022-04-30") from error
