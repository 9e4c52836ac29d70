"""Which forms belong to an ejercicio, and which of several reportes for one cut counts.

Belongs here: that choice. Does not belong here: reading the forms (``load_year``).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dagster_project.warehouse.rows import Unit

FORMS_SQL = """
with
formas as (
    select
        f.extracto_id, f.formato, f.ente_codigo, f.unidad_codigo, f.ejercicio, f.corte,
        f.renglones, coalesce(e.publicado_en, date '0001-01-01') as publicado_en, e.nombre,
        exists (
            select 1 from raw.rechazos r
            where r.extracto_id = f.extracto_id and r.regla = 'forma_cortada'
                and r.linea between f.linea_inicio and f.linea_fin
        ) as cortada,
        'dudosa' in (
            f.ente_codigo_estado, f.unidad_codigo_estado, f.trimestre_estado, f.anio_estado
        ) as dudosa
    from raw.formatos f
    join raw.extractos e using (extracto_id)
    where ($ejercicio is null or f.ejercicio = $ejercicio)
        and f.ejercicio is not null and e.retirado_en is null
),
reportes as (
    select
        *,
        bool_and(dudosa) over reporte as es_dudoso,
        bool_or(cortada) over reporte as es_cortado,
        sum(renglones) over reporte as renglones_reporte
    from formas
    window reporte as (partition by extracto_id, ente_codigo, unidad_codigo, corte)
)
select
    extracto_id, formato, ente_codigo, unidad_codigo, ejercicio, corte, renglones,
    -- Where ente, unidad or corte is not settled there is nothing to be vigente of.
    ente_codigo is not null and unidad_codigo is not null and corte is not null
    and extracto_id = first_value(extracto_id) over (
        partition by ente_codigo, unidad_codigo, corte
        -- What may be another unit's or quarter's takes the place of nothing that is certain, and a cut copy
        -- of nothing whole, whatever its name; of cut ones the longer counts.
        order by
            es_dudoso, es_cortado, case when es_cortado then renglones_reporte end desc,
            publicado_en desc, nombre desc, extracto_id desc
    ) as vigente
from reportes
"""
"""The forms of live extracts, of the year ``$ejercicio`` (null: all), with ``vigente``."""


@dataclass(frozen=True, slots=True)
class FormRef:
    """A form of a live extract, and whether its reporte is the vigente one of its unit and cut."""

    extracto_id: str
    formato: int
    unit: Unit | None
    """None where ente, unidad or corte is not settled: its rows are kept but not chosen from."""
    corte: str | None
    vigente: bool
    renglones: int = 0


def forms_of(con: duckdb.DuckDBPyConnection, ejercicio: int) -> list[FormRef]:
    """The forms of an ejercicio, by extract and page.

    Of the extracts that report on one (ente, unidad, corte) those come first that have a page whose
    ente, unidad, year and quarter are certain, then those none of whose pages is known
    to be cut (``forma_cortada``); among them the one published last counts;
    where dates tie or are not known the greatest file name, then the greatest hash: never
    when it was loaded, so that the order of loading changes nothing.
    """
    found = con.execute(FORMS_SQL + " order by extracto_id, formato", {"ejercicio": ejercicio}).fetchall()
    refs = []
    for extracto_id, formato, ente, unidad, year, corte, rows, vigente in found:
        unit = (ente, unidad, year) if ente and unidad and corte else None
        refs.append(FormRef(extracto_id, formato, unit, corte, vigente, rows))
    return refs
