{{ config(materialized='incremental', partition_by='ejercicio') }}

with origen as (
    select * from {{ ref('int_lecturas') }}
    {{ solo_por_rehacer() }}
)

select
    {{ clave(['extracto_id', 'linea', 'candidato']) }} as lectura_key,
    {{ clave(['extracto_id', 'linea']) }} as renglon_key,
    accion_key,
    {{ clave(['corte']) }} as trimestre_key,
    {{ fin_trimestre('corte') }} as fin_fecha,
    ejercicio,
    extracto_id,
    linea,
    candidato,
    costo,
    es_elegida,
    es_dentro_margen,
    es_cerrada,
    meta,
    p1,
    p2,
    p3,
    p4,
    a1,
    a2,
    a3,
    a4,
    absoluto,
    relativo_pct,
    operaciones
from origen
