-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

-- Two accumulations of each action, quarter by quarter, as of each cut: within the plan in force, as the form does,
-- and over the whole year. One unknown quarter makes what follows unknown: it has its best and its worst case where
-- every unknown quarter has a range. Of ratios nothing is added up.
{% set acumulados = [
    ('programado_acumulado', 'programado_plan'), ('avance_acumulado', 'avance_plan'),
    ('programado_acumulado_ejercicio', 'programado_anio'), ('avance_acumulado_ejercicio', 'avance_anio'),
    ('programado_ejercicio', 'programado_entero'),
] %}

with sumas as (
    select * from {{ ref('int_sumas') }}
    {{ solo_por_rehacer() }}
),

-- A settled goal is what all quarters of its plan add up to, whatever each of them is; so is a settled absoluto of
-- those up to its cut.
totales as (
    select
        {%- for medida, total, hasta in [
            ('programado', 'meta', 'trimestre_numero = 4'), ('avance', 'absoluto', 'trimestre = corte'),
        ] %}
        case
            when
                {{ hasta }} and {{ medida }}_plan_por_saber > 0 and {{ medida }}_plan_sin_rango = 0
                and {{ medida }}_plan_piso <= {{ total }} and coalesce({{ medida }}_plan_techo >= {{ total }}, true)
                then {{ total }}
        end as {{ medida }}_sabido,
        {%- endfor %}
        not es_razon and plan_tramo = plan_tramo_programado as es_de_un_plan,
        *
    from sumas
),

acotadas as (
    select
        *,
        case when programado_sabido is not null then programado_plan_por_saber end as programado_sabidos,
        case when avance_sabido is not null then avance_plan_por_saber end as avance_sabidos
    from totales
),

sumadas as (
    select
        a_corte,
        es_ultimo_corte,
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        accion_numero_actual,
        unidad_medida_key,
        es_razon,
        trimestre,
        plan,
        plan_desde,
        meta,
        meta_min,
        meta_max,
        corte,
        extracto_id,
        linea,
        corte_programado,
        extracto_id_programado,
        {%- for medida in ['programado', 'avance'] %}
        {{ medida }},
        {{ medida }}_min,
        {{ medida }}_max,
        estado_{{ medida }},
        situacion_{{ medida }},
        {%- endfor %}
        {%- for nombre, suma in acumulados %}
        {%- set medida = suma.split('_')[0] %}
        {%- set plan = medida ~ '_plan' %}
        {%- set se_suma = 'es_de_un_plan' if suma == plan else 'not es_razon' %}
        {%- set es_sabida = suma ~ '_por_saber = 0 or ' ~ suma ~ '_por_saber = ' ~ medida ~ '_sabidos' %}
        {%- set es_abierta = suma ~ '_sin_rango = 0 and ' ~ suma ~ '_por_saber > coalesce(' ~ medida ~ '_sabidos, 0)' %}
        case
            when {{ se_suma }} and ({{ es_sabida }}) then {{ suma }} + coalesce({{ medida }}_sabido - {{ plan }}, 0)
        end as {{ nombre }},
        case
            when {{ se_suma }} and {{ es_abierta }}
                then {{ suma }}_piso + coalesce({{ medida }}_sabido - {{ plan }}_piso, 0)
        end as {{ nombre }}_min,
        case
            when {{ se_suma }} and {{ es_abierta }}
                then coalesce({{ suma }}_techo + {{ medida }}_sabido - {{ plan }}_techo, {{ suma }}_techo)
        end as {{ nombre }}_max,
        {%- endfor %}
        linea_programado
    from acotadas
)

select
    *,
    {{ porcentaje_y_casos('cumplimiento', 'avance', 'programado') }},
    {{ porcentaje_y_casos('cumplimiento_acumulado', 'avance_acumulado', 'programado_acumulado') }},
    {{ porcentaje_y_casos('acumulado_plan', 'avance_acumulado', 'meta') }},
    {{ porcentaje_y_casos(
        'cumplimiento_ejercicio', 'avance_acumulado_ejercicio', 'programado_acumulado_ejercicio'
    ) }},
    {{ porcentaje_y_casos('acumulado_ejercicio', 'avance_acumulado_ejercicio', 'programado_ejercicio') }}
from sumadas
