-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

-- What was known of each quarter as of each cut, and as of the first cut of a plan that lists the action no more.
with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

mejores as (
    select * from {{ ref('int_mejor_corte') }}
    {{ solo_por_rehacer() }}
),

retiradas as (
    select * from {{ ref('int_retiradas') }}
    {{ solo_por_rehacer() }}
),

vistas as (
    select
        ejercicio,
        accion_key,
        trimestre,
        corte_programado,
        corte_avance,
        a_corte,
        null as retirada_desde
    from mejores
    union all
    select
        mejores.ejercicio,
        mejores.accion_key,
        mejores.trimestre,
        mejores.corte_programado,
        mejores.corte_avance,
        retiradas.a_corte,
        case
            when mejores.trimestre > retiradas.ultimo_corte and mejores.trimestre >= retiradas.retirada_desde
                then retiradas.retirada_desde
        end as retirada_desde
    from mejores
    inner join retiradas
        on
            mejores.ejercicio = retiradas.ejercicio
            and mejores.accion_key = retiradas.accion_key
            and mejores.a_corte = retiradas.ultimo_corte
)

select
    vistas.a_corte,
    vistas.a_corte = max(vistas.a_corte) over (partition by vistas.accion_key) as es_ultimo_corte,
    avances.accion_key,
    avances.ente_codigo,
    avances.unidad_codigo,
    avances.ejercicio,
    avances.accion_numero,
    avances.accion_numero_actual,
    avances.unidad_medida_key,
    avances.es_razon,
    avances.trimestre,
    avances.trimestre_numero,
    avances.plan,
    coalesce(vistas.retirada_desde, avances.plan_desde) as plan_desde,
    case when vistas.retirada_desde is null then avances.plan_tramo end as plan_tramo,
    avances.meta,
    avances.meta_min,
    avances.meta_max,
    avances.absoluto,
    avances.corte,
    avances.extracto_id,
    avances.linea,
    programados.corte as corte_programado,
    case when vistas.retirada_desde is null then programados.plan_tramo end as plan_tramo_programado,
    programados.extracto_id as extracto_id_programado,
    programados.linea as linea_programado,
    {%- for de, medida in [('programados', 'programado'), ('avances', 'avance')] %}
    {%- for cifra in [medida, medida ~ '_min', medida ~ '_max'] %}
    case when vistas.retirada_desde is null then {{ de }}.{{ cifra }} end as {{ cifra }},
    {%- endfor %}
    case when vistas.retirada_desde is null then {{ de }}.estado_{{ medida }} else 'no_aplica' end
        as estado_{{ medida }},
    case when vistas.retirada_desde is null then {{ de }}.situacion_{{ medida }} else 'fuera_de_plan' end
        as situacion_{{ medida }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from vistas
inner join declaraciones as programados
    on
        vistas.accion_key = programados.accion_key
        and vistas.trimestre = programados.trimestre
        and vistas.corte_programado = programados.corte
inner join declaraciones as avances
    on
        vistas.accion_key = avances.accion_key
        and vistas.trimestre = avances.trimestre
        and vistas.corte_avance = avances.corte
