"""What is remembered of an extract that leaves: its reports and actions, so that a correction loses none in silence.

Belongs here: that trace, columns of ``raw.extractos``. Does not belong here: when an extract is
retired (``extracts``), whether a report is lost (``moved_and_lost``) or an action (``int_hallazgos_sustitucion``).
"""

from __future__ import annotations

import duckdb

KEEP_ACTIONS_SQL = """
update raw.extractos set acciones_retiradas = coalesce(
    (
        select list(struct_pack(
            linea := r.linea, ente_codigo := f.ente_codigo, unidad_codigo := f.unidad_codigo,
            ejercicio := f.ejercicio, corte := f.corte, accion_numero := r.accion_numero,
            descripcion := r.descripcion
        ) order by r.linea)
        from raw.renglones r
        join raw.formatos f using (extracto_id, formato)
        where r.extracto_id = $1
            and f.situacion not in ('apartada', 'por_aprobar')
    ),
    acciones_retiradas
)
where extracto_id = $1
"""
"""The actions of the extract ``$1``, of pages that count or counted; where its year was not read since it came
back, those of before."""


KEEP_REPORTS_SQL = """
update raw.extractos set reportes_retirados = coalesce(
    (
        select list(r order by r) from (
            select struct_pack(
                ente_codigo := v.ente_codigo, unidad_codigo := v.unidad_codigo, corte := v.corte,
                renglones := count(distinct v.accion_id)::integer
            ) as r
            from raw.vinculos v
            where v.extracto_id = $1 and exists (select 1 from raw.formatos f where f.extracto_id = $1)
            group by v.ente_codigo, v.unidad_codigo, v.corte
        )
    ),
    reportes_retirados
)
where extracto_id = $1
"""
"""The reports that the extract ``$1`` had a part in, with its actions; where its year was not read since it came
back, those of before."""


def keep_trace(con: duckdb.DuckDBPyConnection, extracto_id: str) -> None:
    """Remember an extract's reports and actions; to be called before what it settled to is cleared."""
    con.execute(KEEP_REPORTS_SQL, [extracto_id])
    con.execute(KEEP_ACTIONS_SQL, [extracto_id])
