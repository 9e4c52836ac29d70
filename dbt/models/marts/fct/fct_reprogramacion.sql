{{ config(materialized='incremental', partition_by='ejercicio') }}

with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
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
        unidad_medida_key,
        trimestre,
        '{{ medida }}' as medida,
        corte,
        plan_tramo,
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
        lag(plan_tramo) over por_corte as plan_tramo_anterior,
        lag(cifra) over por_corte as antes,
        lag(estado) over por_corte as estado_antes,
        lag(extracto_id) over por_corte as extracto_id_antes,
        lag(linea) over por_corte as linea_antes
    from asentadas
    window por_corte as (partition by accion_key, trimestre, medida order by corte)
)

select
    {{ clave(['pares.accion_key', 'pares.trimestre', 'pares.medida', 'pares.corte']) }} as reprogramacion_key,
    pares.accion_key,
    reportes.unidad_key,
    reportes.corte_key,
    pares.unidad_medida_key,
    {{ clave(['pares.trimestre']) }} as trimestre_key,
    {{ fin_trimestre('pares.trimestre') }} as fin_fecha,
    pares.ente_codigo,
    pares.unidad_codigo,
    pares.ejercicio,
    pares.accion_numero_actual as accion_numero,
    pares.accion_numero as accion_numero_impreso,
    pares.trimestre,
    pares.medida,
    pares.corte_anterior,
    pares.corte,
    pares.antes,
    pares.cifra as despues,
    cast(pares.cifra - pares.antes as decimal(18, 4)) as diferencia,
    (pares.plan_tramo != pares.plan_tramo_anterior) as es_cambio_de_plan,
    pares.estado_antes,
    pares.estado as estado_despues,
    pares.extracto_id_antes,
    pares.linea_antes,
    pares.extracto_id,
    pares.linea
from pares
inner join reportes
    on
        pares.ente_codigo = reportes.ente_codigo
        and pares.unidad_codigo = reportes.unidad_codigo
        and pares.corte = reportes.corte
where pares.cifra != pares.antes
