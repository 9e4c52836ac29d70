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
        accion_numero_actual,
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
    {{ clave(['accion_key', 'trimestre', 'medida', 'corte']) }} as reprogramacion_key,
    accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero_actual as accion_numero,
    accion_numero as accion_numero_impreso,
    trimestre,
    medida,
    corte_anterior,
    corte,
    antes,
    cifra as despues,
    cast(cifra - antes as decimal(18, 4)) as diferencia,
    (plan is distinct from plan_anterior) as es_cambio_de_plan,
    estado_antes,
    estado as estado_despues,
    extracto_id_antes,
    linea_antes,
    extracto_id,
    linea
from pares
where cifra != antes
