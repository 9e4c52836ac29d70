{{ config(materialized='incremental') }}

with origen as (
    select * from {{ ref('int_lecturas') }}
    {{ solo_por_rehacer() }}
)

select
    cast({{ clave(['extracto_id', 'linea', 'candidato']) }} as varchar) as lectura_key,
    cast(accion_key as varchar) as accion_key,
    cast(ejercicio as integer) as ejercicio,
    cast(extracto_id as varchar) as extracto_id,
    cast(linea as integer) as linea,
    cast(candidato as integer) as candidato,
    cast(costo as double) as costo,
    cast(es_elegida as boolean) as es_elegida,
    cast(es_dentro_margen as boolean) as es_dentro_margen,
    cast(es_cerrada as boolean) as es_cerrada,
    cast(meta as decimal(18, 4)) as meta,
    cast(p1 as decimal(18, 4)) as p1,
    cast(p2 as decimal(18, 4)) as p2,
    cast(p3 as decimal(18, 4)) as p3,
    cast(p4 as decimal(18, 4)) as p4,
    cast(a1 as decimal(18, 4)) as a1,
    cast(a2 as decimal(18, 4)) as a2,
    cast(a3 as decimal(18, 4)) as a3,
    cast(a4 as decimal(18, 4)) as a4,
    cast(absoluto as decimal(18, 4)) as absoluto,
    cast(relativo_pct as decimal(18, 4)) as relativo_pct,
    cast(operaciones as varchar) as operaciones
from origen
