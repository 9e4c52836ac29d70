"""The register of extracts, ``seeds/extractos.csv``: whose each file is and when it was published.

Belongs here: reading that file. Does not belong here: what follows from it (which reporte
counts is decided in ``vigentes``).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    path = seeds / "extractos.csv"
    entries: dict[str, RegistroExtracto] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [c for c in COLUMNS if c not in (reader.fieldnames or ())]:
            raise RegistryError(f"{path.name}: missing column(s) {', '.join(missing)}")
        for number, row in enumerate(reader, start=2):
            ruta = (row["ruta"] or "").strip()
            if ruta in entries or not ruta:
                raise RegistryError(f"{path.name}, line {number}: path {ruta!r} is empty or stands twice")
            entries[ruta] = RegistroExtracto(
                (row["ente_codigo"] or "").strip() or None, _date(row["publicado_en"], path.name, number)
            )
    return entries


def _date(text: str | None, name: str, number: int) -> date | None:
    text = (text or "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RegistryError(f"{name}, line {number}: {text!r} is no date such as 2022-04-30") from error
