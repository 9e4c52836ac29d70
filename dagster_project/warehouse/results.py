"""What a load did, as frozen dataclasses: for run metadata, the command line and tests.

Nothing here reads or writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dagster_project.tmm_f004.model import Refusal


class Resultado(StrEnum):
    """What became of a file."""

    LOADED = "loaded"  # new bytes
    UNCHANGED = "unchanged"  # same bytes, same path
    DUPLICATE = "duplicate"  # same bytes as another path: nothing to read twice
    MOVED = "moved"  # same bytes as a path that is gone now
    STANDS = "stands"  # overwritten by bytes that hold not all of its reports: it counts on
    GONE = "gone"  # known from an earlier load and not there now: what was loaded from it stays
    RESETTLED = "resettled"  # same bytes, read again with newer code, catalogues or register
    REFUSED = "refused"  # not read: empty, binary, too large...
    WAITING = "waiting"  # not read in this run: over its budget, or still changing
    IGNORED = "ignored"  # no extract: another suffix, hidden, a link out of the folder


@dataclass(frozen=True, slots=True)
class ReportePerdido:
    """A report that retired bytes held; ``quedan`` rows of it are in the extracts that remain."""

    ente: str | None
    unidad: str | None
    corte: str | None
    renglones: int
    quedan: int = 0


@dataclass(frozen=True, slots=True)
class ExtractLoad:
    """What became of one file; counts are of what the warehouse now holds of it."""

    ruta: str
    resultado: Resultado
    extracto_id: str | None = None
    bytes: int = 0
    lineas: int = 0
    formatos: int = 0
    renglones: int = 0
    ejercicios: tuple[int, ...] = ()
    rechazos: tuple[Refusal, ...] = ()
    retirado: str | None = None
    """The extract that lost this path to this file and has no other path left."""
    razon: str | None = None
    ausente: bool = False
    """No path of the extract is there now."""


@dataclass(frozen=True, slots=True)
class Sustitucion:
    """An extract whose bytes were replaced, at some time, and the reports that are missing since."""

    ruta: str
    extracto_id: str
    perdidos: tuple[ReportePerdido, ...]


class ResultadoEjercicio(StrEnum):
    """What became of a year."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    EMPTY = "empty"  # no form of that year; rows it had are gone


@dataclass(frozen=True, slots=True)
class EjercicioLoad:
    """What became of one ejercicio; counts are rows of the raw tables for it."""

    ejercicio: int
    resultado: ResultadoEjercicio
    huella: str = ""
    extractos: int = 0
    formatos: int = 0
    renglones: int = 0
    lecturas: int = 0
    vinculos: int = 0
    elegidas: int = 0
    cortes: tuple[str, ...] = ()
    paginas: dict[str, int] = field(default_factory=dict)
    """Pages by what they are to their report (``raw.formatos.situacion``)."""
    renglones_apartados: int = 0
    """Rows of pages that are not in force; kept, not chosen from."""
    cortadas: tuple[str, ...] = ()
    """Pages that are cut short, each with its file, line and reason."""
    fallas: tuple[str, ...] = ()
    """Forms whose cells could not be read, each with its extract, page and reason."""
