"""The municipalities of the country, from ``seeds/entes.csv``, and whether a key is one of them.

``entes.csv``, one row a municipality or alcaldía: ``ente_codigo`` (INEGI key), ``ente_nombre``, ``entidad_federativa``.
INEGI, Catálogo Único de Claves de Áreas Geoestadísticas. Not here: which one a page names (``tmm_f004.settle.titles``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dagster_project.reference.csv_rows import read_rows
from dagster_project.tmm_f004.text.fold import plain

COLUMNS = ("ente_codigo", "ente_nombre", "entidad_federativa")

MOST_MEANT = 5
"""Municipalities of a name that a message lists."""


class EnteError(ValueError):
    """A line of ``seeds/entes.csv``, or a key of the setting ``AVANCE_ENTE``, that cannot be used."""


@dataclass(frozen=True, slots=True)
class Ente:
    """A municipality: its name and its state's."""

    nombre: str
    estado: str


def load_entes(seeds: Path) -> dict[str, Ente]:
    """The municipalities by INEGI key.

    Raises:
        EnteError: a column is missing, a key is no INEGI key (five digits) or stands twice, a name is missing.
    """
    entes: dict[str, Ente] = {}
    for where, row in read_rows(seeds / "entes.csv", COLUMNS, EnteError):
        key = row["ente_codigo"]
        if not re.fullmatch(r"[0-9]{5}", key):
            raise EnteError(f"{where}: {key!r} is no INEGI key such as 02002 (five digits, noughts in front included)")
        if key in entes or not row["ente_nombre"]:
            raise EnteError(f"{where}: {key} stands twice or has no name")
        entes[key] = Ente(row["ente_nombre"], row["entidad_federativa"])
    return entes


def check_ente(entes: Mapping[str, Ente], key: str | None) -> None:
    """That the municipality to suppose, ``AVANCE_ENTE``, is one; None and empty suppose nothing.

    Raises:
        EnteError: it is no key of ``entes``; the message names the keys of municipalities that are called so.
    """
    if not key or key in entes:
        return
    called = [f"{k} ({e.nombre}, {e.estado})" for k, e in entes.items() if plain(e.nombre) == plain(key)]
    meant = f"; is it {', '.join(called[:MOST_MEANT])}?" if called else ""
    raise EnteError(
        f"AVANCE_ENTE is {key!r}, which is no key of seeds/entes.csv{meant} Give the municipality's INEGI key, five "
        "digits such as 02002, or leave the setting out"
    )
