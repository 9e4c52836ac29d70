{{ config(materialized='incremental', partition_by='ejercicio') }}

with acumulados as (
    select * from {{ ref('int_acumulados') }}
    where es_ultimo_corte {{ solo_por_rehacer('and') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

luces as (
    select
        acumulados.*,
        reportes.unidad_key,
        reportes.corte_key,
        reportes.programa_key,
        reportes.clasificacion_key,
        {{ inicio_trimestre('acumulados.trimestre') }} as dia
    from acumulados
    inner join reportes
        on
            acumulados.ente_codigo = reportes.ente_codigo
            and acumulados.unidad_codigo = reportes.unidad_codigo
            and acumulados.corte = reportes.corte
)

select
    {{ clave(['luces.accion_key', 'luces.trimestre']) }} as avance_key,
    luces.accion_key,
    luces.unidad_key,
    luces.unidad_medida_key,
    luces.corte_key,
    {{ clave(['luces.accion_key', 'luces.corte']) }} as meta_key,
    {{ clave(['luces.trimestre']) }} as trimestre_key,
    {{ fin_trimestre('luces.trimestre') }} as fin_fecha,
    luces.programa_key,
    luces.clasificacion_key,
    luces.ente_codigo,
    luces.unidad_codigo,
    luces.ejercicio,
    luces.accion_numero_actual as accion_numero,
    luces.accion_numero as accion_numero_impreso,
    luces.trimestre,
    coalesce(luces.plan, 'desconocido') as plan,
    luces.corte,
    luces.corte_programado,
    luces.programado,
    luces.avance,
    luces.programado_min,
    luces.programado_max,
    luces.avance_min,
    luces.avance_max,
    luces.estado_programado,
    luces.estado_avance,
    {{ peor_estado('luces.estado_programado', 'luces.estado_avance') }} as estado,
    luces.situacion_programado,
    luces.situacion_avance,
    {{ luz('cumplimiento', 'avance', 'programado', 'semaforo_trimestre', 'false') }},
    cast(luces.programado_acumulado as decimal(28, 4)) as programado_acumulado,
    cast(luces.avance_acumulado as decimal(28, 4)) as avance_acumulado,
    {{ luz('cumplimiento_acumulado', 'avance_acumulado', 'programado_acumulado', 'semaforo_plan', 'luces.es_razon') }},
    cast(luces.programado_acumulado_ejercicio as decimal(28, 4)) as programado_acumulado_ejercicio,
    cast(luces.avance_acumulado_ejercicio as decimal(28, 4)) as avance_acumulado_ejercicio,
    {{ luz(
        'cumplimiento_ejercicio', 'avance_acumulado_ejercicio', 'programado_acumulado_ejercicio', 'semaforo_ejercicio',
        'luces.es_razon'
    ) }},
    {%- for acumulado in ['plan', 'ejercicio'] %}
    luces.acumulado_{{ acumulado }}_pct,
    luces.acumulado_{{ acumulado }}_min_pct,
    luces.acumulado_{{ acumulado }}_max_pct,
    {%- endfor %}
    luces.extracto_id,
    luces.linea,
    luces.extracto_id_programado,
    luces.linea_programado
from luces
left join {{ ref('semaforo') }} as banda_semaforo_trimestre
    on {{ en_banda('luces.avance', 'luces.programado', 'luces.dia', 'banda_semaforo_trimestre') }}
left join {{ ref('semaforo') }} as banda_semaforo_plan
    on
        {{ en_banda(
            'luces.avance_acumulado', 'luces.programado_acumulado', 'luces.dia', 'banda_semaforo_plan'
        ) }}
left join {{ ref('semaforo') }} as banda_semaforo_ejercicio
    on
        {{ en_banda(
            'luces.avance_acumulado_ejercicio', 'luces.programado_acumulado_ejercicio', 'luces.dia',
            'banda_semaforo_ejercicio'
        ) }}
