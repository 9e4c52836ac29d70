"""The register of extracts, ``seeds/extractos.csv``: whose each file is and when it was published.

``ruta`` is a file's path below the extracts folder, or a folder's with ``/`` at its end: all below it are the ente's.

Belongs here: reading that file. Does not belong here: writing a line of it (``seed_writer``) and what follows from it
(which reporte counts is decided in ``tmm_f004.reconcile.reports``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dagster_project.reference.csv_rows import ENTE, read_rows

COLUMNS = ("ruta", "ente_codigo", "publicado_en", "fuente")

REJECTED = "rechazado"
"""In place of a date: the file is taken out."""


class RegistryError(ValueError):
    """A line of ``seeds/extractos.csv`` that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class RegistroExtracto:
    """What the register says of one file; None where it does not say."""

    ente_codigo: str | None = None
    publicado_en: date | None = None
    rechazado: bool = False
    """Whether a person took it out: its pages count nowhere."""


Registro = Mapping[str, RegistroExtracto]
"""Path below the extracts folder -> what is known of that file; of a folder (ends in ``/``) whose its files are."""


def entry_of(registry: Registro, ruta: str) -> RegistroExtracto:
    """What the register says of a file: its own line, and where that does not say whose it is the nearest folder's."""
    folder = ruta = unicodedata.normalize("NFC", ruta)
    entry = registry.get(ruta, RegistroExtracto())
    while entry.ente_codigo is None and "/" in folder:
        folder = folder.rpartition("/")[0]
        if of_folder := registry.get(f"{folder}/"):
            entry = replace(entry, ente_codigo=of_folder.ente_codigo)
    return entry


def load_registry(seeds: Path) -> dict[str, RegistroExtracto]:
    """Read ``extractos.csv`` of the seeds folder.

    Raises:
        RegistryError: a column is missing, a date is no ISO date, an ente no INEGI key, a path stands twice, or a
            folder has a date.
    """
    entries: dict[str, RegistroExtracto] = {}
    for where, row in read_rows(seeds / "extractos.csv", COLUMNS, RegistryError):
        ruta = row["ruta"]
        if ruta in entries or not ruta:
            raise RegistryError(f"{where}: path {ruta!r} is empty or stands twice")
        if row["ente_codigo"] and not re.fullmatch(ENTE, row["ente_codigo"]):
            raise RegistryError(f"{where}: {row['ente_codigo']!r} is no INEGI key such as 02002")
        if ruta.endswith("/") and row["publicado_en"]:
            raise RegistryError(f"{where}: a folder has no publication date; give each of its files a line")
        is_rejected = row["publicado_en"] == REJECTED
        published = None if is_rejected else _date(row["publicado_en"], where)
        entries[ruta] = RegistroExtracto(row["ente_codigo"] or None, published, is_rejected)
    return entries


def _date(text: str, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RegistryError(f"{where}: {text!r} is no date such as 2022-04-30") from error
