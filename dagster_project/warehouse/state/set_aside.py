"""The files whose pages count nowhere, and why: what of them is not settled, or a person. For a run without a row to
publish.

Not here: deciding it (``tmm_f004.settle``, the register), what a person does about it (``docs/add-a-municipality.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_QUERY = """
select
    coalesce(e.ruta, f.extracto_id), count(*)::integer, sum(f.renglones)::integer,
    bool_or(f.ente_codigo_estado = 'dudosa'), bool_or(f.unidad_codigo_estado = 'dudosa'),
    bool_or(f.anio_estado = 'dudosa'), bool_or(f.trimestre_estado = 'dudosa')
from raw.formatos as f
inner join raw.extractos as e on f.extracto_id = e.extracto_id
where e.retirado_en is null and f.situacion = 'apartada'
group by all
order by 1
"""

FACTS = ("ente", "unidad", "ejercicio", "trimestre")
"""What must be settled of a page for it to count, as ``seeds/paginas.csv`` calls it."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file's pages that are set aside, with their action rows and which of ``FACTS`` are open on any of them."""

    ruta: str
    paginas: int
    renglones: int
    abiertos: tuple[str, ...]


def files_set_aside(con: duckdb.DuckDBPyConnection) -> list[SetAside]:
    """Each live file with pages that are set aside, in order of its path."""
    return [
        SetAside(ruta, pages, rows, tuple(fact for fact, is_open in zip(FACTS, opened, strict=True) if is_open))
        for ruta, pages, rows, *opened in con.execute(_QUERY).fetchall()
    ]


def files_taken_out(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The paths of the extracts that the register takes out of the marts, in order."""
    found = con.execute("select ruta from raw.extractos where retirado_en is null and rechazado order by ruta")
    return [ruta for (ruta,) in found.fetchall()]


def rows_to_publish(con: duckdb.DuckDBPyConnection) -> int:
    """Action rows of reports in force, of all years."""
    found = con.execute("select count(*) from raw.elegidas").fetchone()
    return int(found[0]) if found else 0
