-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

with renglones as (
    select * from {{ ref('int_renglones') }}
    {{ solo_por_rehacer() }}
),

-- Four quarters out of each action row: what this cut states of each.
cifras as (
    {%- for numero in [1, 2, 3, 4] %}
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        accion_numero_actual,
        unidad_medida_key,
        es_razon,
        plan,
        plan_desde,
        plan_tramo,
        corte,
        corte_numero,
        es_cerrada,
        meta,
        meta_min,
        meta_max,
        absoluto,
        absoluto_min,
        absoluto_max,
        extracto_id,
        linea,
        {{ numero }} as trimestre_numero,
        cast(ejercicio as string) || '-T{{ numero }}' as trimestre,
        p{{ numero }} as programado_leido,
        p{{ numero }}_min as programado_min,
        p{{ numero }}_max as programado_max,
        p{{ numero }}_estado as estado_programado,
        coalesce(p{{ numero }}_impreso, '') as programado_impreso,
        p{{ numero }}_corroborada as programado_corroborado_por,
        a{{ numero }} as avance_leido,
        a{{ numero }}_min as avance_min,
        a{{ numero }}_max as avance_max,
        a{{ numero }}_estado as estado_avance,
        coalesce(a{{ numero }}_impreso, '') as avance_impreso,
        a{{ numero }}_corroborada as avance_corroborado_por
    from renglones
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

situadas as (
    select
        *,
        {{ situacion('programado', 'false') }} as situacion_programado,
        {{ situacion('avance', 'trimestre_numero > corte_numero') }} as situacion_avance
    from cifras
)

select
    accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero,
    accion_numero_actual,
    unidad_medida_key,
    es_razon,
    plan,
    plan_desde,
    plan_tramo,
    corte,
    meta,
    meta_min,
    meta_max,
    absoluto,
    absoluto_min,
    absoluto_max,
    extracto_id,
    linea,
    trimestre,
    trimestre_numero,
    situacion_programado,
    situacion_avance,
    programado_impreso,
    avance_impreso,
    programado_corroborado_por,
    avance_corroborado_por,
    {{ valor_situado('programado') }} as programado,
    {{ valor_situado('avance') }} as avance,
    case when situacion_programado = 'dudoso' then programado_min end as programado_min,
    case when situacion_programado = 'dudoso' then programado_max end as programado_max,
    case when situacion_avance = 'dudoso' then avance_min end as avance_min,
    case when situacion_avance = 'dudoso' then avance_max end as avance_max,
    {{ estado_situado('programado') }} as estado_programado,
    {{ estado_situado('avance') }} as estado_avance
from situadas
