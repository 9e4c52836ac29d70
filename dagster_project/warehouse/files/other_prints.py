"""What other extracts print of units that no catalogue knows: a second witness for codes new to everybody.

Belongs here: finding it in the raw tables, and its form in ``raw.extractos.vistos``. Does not belong here: what a
witness is worth (``tmm_f004.settle.unit``) and settling an extract again (``load``).

It follows from what pages print alone, never from what they settled to, so neither the order of loading nor
a verdict that it changed can change it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb

from dagster_project.tmm_f004.model import Unit, Visto

SEEN_SQL = """
with impresas as (
    select
        f.extracto_id, f.formato, f.ente_codigo,
        arg_min(c.codigo_impreso, c.orden) filter (c.campo = 'unidad_ejecutora') as codigo,
        arg_min(c.texto_impreso, c.orden) filter (c.campo = 'unidad_ejecutora') as nombre,
        min(c.valor) filter (c.campo = 'fecha') as corte,
        max(c.valor) filter (c.campo = 'fecha') as ultimo
    from raw.formatos f
    join raw.extractos e using (extracto_id)
    join raw.campos c using (extracto_id, formato)
    where e.retirado_en is null and f.ente_codigo is not null and c.campo in ('unidad_ejecutora', 'fecha')
    group by all
),
nuevas as (
    select distinct extracto_id, ente_codigo, codigo, nombre, corte
    from impresas
    where codigo is not null and nombre is not null and corte = ultimo
        and ente_codigo || ' ' || codigo not in (select unnest($conocidas::varchar[]))
)
select distinct una.extracto_id, otra.codigo, otra.nombre, otra.corte
from nuevas una
join nuevas otra
    on una.ente_codigo = otra.ente_codigo and una.codigo = otra.codigo
    and left(una.corte, 4) = left(otra.corte, 4) and una.corte != otra.corte
    and una.extracto_id != otra.extracto_id
"""
"""For each live extract: code, name and quarter of its new codes as other extracts print them, in other quarters."""


def seen_elsewhere(con: duckdb.DuckDBPyConnection, units: Iterable[Unit]) -> dict[str, str]:
    """What each live extract may hear of the others, as ``raw.extractos.vistos`` keeps it; of most, nothing."""
    known = sorted({f"{u.ente_codigo} {u.unidad_codigo}" for u in units})
    heard: dict[str, list[list[str]]] = defaultdict(list)
    for key, *print_ in con.execute(SEEN_SQL, {"conocidas": known}).fetchall():
        heard[key].append(print_)
    return {key: json.dumps(sorted(prints), ensure_ascii=False) for key, prints in heard.items()}


def stored_seen(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """What each extract was last settled with."""
    query = "select extracto_id, vistos::varchar from raw.extractos where vistos is not null"
    return dict(con.execute(query).fetchall())


def as_seen(vistos: str | None) -> tuple[Visto, ...]:
    """What is kept in ``raw.extractos.vistos``, for the reader."""
    return tuple(Visto(*print_) for print_ in json.loads(vistos or "[]"))
