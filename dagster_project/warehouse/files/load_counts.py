"""What became of files, in numbers: how much each extract holds, and the first of what could not be read of it.

Belongs here: filling in results of a load from the tables. Does not belong here: SQL (``extracts``) and loading
(``load_files``).
"""

from __future__ import annotations

from dataclasses import replace

import duckdb

from dagster_project.tmm_f004.model import Refusal
from dagster_project.warehouse.files import extracts as store
from dagster_project.warehouse.results import ExtractLoad, Resultado

MAX_TOLD = 50
"""Refused pieces of one extract that a result names; all of them are in the table."""


def with_counts(con: duckdb.DuckDBPyConnection, done: list[ExtractLoad]) -> list[ExtractLoad]:
    """The results, each with what its extract holds and the first of what could not be read; two queries for all."""
    ids = sorted({r.extracto_id for r in done if r.extracto_id})
    counts, refusals = store.printed_summary(con, ids), store.refusals_of(con, ids)
    return [_counted(r, counts, refusals) for r in done]


def _counted(result: ExtractLoad, counts: dict[str, tuple], refusals: dict[str, tuple[Refusal, ...]]) -> ExtractLoad:
    key = result.extracto_id
    if key not in counts or result.resultado is Resultado.REFUSED:
        return result
    size, lines, forms, rows, years = counts[key]
    return replace(
        result,
        bytes=size,
        lineas=lines,
        formatos=forms,
        renglones=rows,
        ejercicios=tuple(years),
        rechazos=_told(refusals.get(key, ())),
    )


def _told(refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """The first of an extract's refusals, and one that counts the rest: the record of a run stays small."""
    rest = refusals[MAX_TOLD:]
    if not rest:
        return refusals
    more = f"and {len(rest):,} more pieces from here on, in raw.rechazos"
    return (*refusals[:MAX_TOLD], Refusal(rest[0].regla, more, "", rest[0].linea))


def merged(files: list[ExtractLoad], again: list[ExtractLoad]) -> list[ExtractLoad]:
    """One result a path: a file that was settled again says so, whether it is still there or not."""
    by_path = {r.ruta: r for r in again}
    said = (Resultado.UNCHANGED, Resultado.GONE, Resultado.STANDS)
    first = [replace(by_path.get(r.ruta, r), ausente=r.ausente) if r.resultado in said else r for r in files]
    return first + [r for ruta, r in by_path.items() if ruta not in {f.ruta for f in files}]
