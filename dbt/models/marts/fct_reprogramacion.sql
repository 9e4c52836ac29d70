{{ config(materialized='incremental') }}

with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

-- Only what is settled can be said to have moved.
asentadas as (
    {%- for medida in ['programado', 'avance'] %}
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        trimestre,
        '{{ medida }}' as medida,
        corte,
        plan,
        {{ medida }} as cifra,
        estado_{{ medida }} as estado,
        extracto_id,
        linea
    from declaraciones
    where situacion_{{ medida }} in ('informado', 'en_blanco')
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

pares as (
    select
        *,
        lag(corte) over por_corte as corte_anterior,
        lag(plan) over por_corte as plan_anterior,
        lag(cifra) over por_corte as antes,
        lag(estado) over por_corte as estado_antes,
        lag(extracto_id) over por_corte as extracto_id_antes,
        lag(linea) over por_corte as linea_antes
    from asentadas
    window por_corte as (partition by accion_key, trimestre, medida order by corte)
)

select
    cast({{ clave(['accion_key', 'trimestre', 'medida', 'corte']) }} as varchar) as reprogramacion_key,
    cast(accion_key as varchar) as accion_key,
    cast(ente_codigo as varchar) as ente_codigo,
    cast(unidad_codigo as varchar) as unidad_codigo,
    cast(ejercicio as integer) as ejercicio,
    cast(accion_numero as integer) as accion_numero,
    cast(trimestre as varchar) as trimestre,
    cast(medida as varchar) as medida,
    cast(corte_anterior as varchar) as corte_anterior,
    cast(corte as varchar) as corte,
    cast(antes as decimal(18, 4)) as antes,
    cast(cifra as decimal(18, 4)) as despues,
    cast(cifra - antes as decimal(18, 4)) as diferencia,
    cast(plan is distinct from plan_anterior as boolean) as es_cambio_de_plan,
    cast(estado_antes as varchar) as estado_antes,
    cast(estado as varchar) as estado_despues,
    cast(extracto_id_antes as varchar) as extracto_id_antes,
    cast(linea_antes as integer) as linea_antes,
    cast(extracto_id as varchar) as extracto_id,
    cast(linea as integer) as linea
from pares
where cifra != antes
