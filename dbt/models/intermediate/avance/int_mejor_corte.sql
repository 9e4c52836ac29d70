-- Which cut each figure of a quarter is taken from, as of each cut: programado and avance each from its own.
-- Nothing is settled here: a doubtful figure gives way to an earlier settled one only where every cut since is of the
-- same plan and holds it within its range, and its row's sum can hold it too (54201/306: a plan that was replaced
-- bears no witness, so 48 in the third quarter does not make 46 of the fourth).
{% set medidas = {'programado': 'meta', 'avance': 'absoluto'} %}
{% set comunes = ['ejercicio', 'accion_key', 'trimestre', 'corte', 'plan', 'plan_desde'] | join(', ') %}

with declaraciones as (
    select
        {%- for medida in medidas %}
        situacion_{{ medida }} in ('informado', 'en_blanco', 'dudoso') as es_dicho_{{ medida }},
        situacion_{{ medida }} in ('informado', 'en_blanco') as es_asentado_{{ medida }},
        {%- endfor %}
        *
    from {{ ref('int_avance_corte') }}
),

-- One action in fourteen: of these alone a figure may give way, and the windows are the cost of it.
dudosas as (
    select distinct accion_key
    from declaraciones
    where 'dudoso' in (situacion_programado, situacion_avance)
),

asentadas as (
    select
        {%- for medida in medidas %}
        max(corte) filter (where es_asentado_{{ medida }}) over hasta as corte_asentado_{{ medida }},
        {%- endfor %}
        *
    from declaraciones
    where accion_key in (select dudosas.accion_key from dudosas)
    window hasta as (partition by ejercicio, accion_key, trimestre order by corte)
),

-- The last settled figure, where the doubtful cuts after it allow it.
llevadas as (
    select
        {%- for medida in medidas %}
        {{ cifra_llevada(medida) }} as {{ medida }}_llevado,
        {%- endfor %}
        *
    from asentadas
    window
        desde_programado as (partition by ejercicio, accion_key, trimestre, corte_asentado_programado order by corte),
        desde_avance as (partition by ejercicio, accion_key, trimestre, corte_asentado_avance order by corte)
),

-- What the quarters of a row add up to at least and at most, earlier figures among them.
sumadas as (
    select
        {%- for medida in medidas %}
        sum(coalesce({{ medida }}_llevado, {{ medida }}, {{ medida }}_min, 0)) over renglon as {{ medida }}_piso,
        case
            when
                count(coalesce({{ medida }}_llevado, {{ medida }}_max)) over renglon
                = count(*) filter (where situacion_{{ medida }} = 'dudoso') over renglon
                then sum(coalesce({{ medida }}_llevado, {{ medida }}, {{ medida }}_max, 0)) over renglon
        end as {{ medida }}_techo,
        {%- endfor %}
        *
    from llevadas
    window renglon as (partition by ejercicio, accion_key, corte)
),

aqui as (
    select
        {%- for medida, total in medidas.items() %}
        case
            when {{ cabe_en_su_suma(medida, total) }} then corte_asentado_{{ medida }}
            when es_dicho_{{ medida }} then corte
        end as corte_aqui_{{ medida }},
        es_dicho_{{ medida }},
        situacion_{{ medida }},
        {%- endfor %}
        {{ comunes }}
    from sumadas
    union all
    select
        {%- for medida in medidas %}
        case when es_dicho_{{ medida }} then corte end as corte_aqui_{{ medida }},
        es_dicho_{{ medida }},
        situacion_{{ medida }},
        {%- endfor %}
        {{ comunes }}
    from declaraciones
    where accion_key not in (select dudosas.accion_key from dudosas)
),

-- What a plan says of a quarter before it began gives way when the same plan leaves it out.
vistas as (
    select
        {%- for medida in medidas %}
        situacion_{{ medida }} = 'fuera_de_plan'
        and plan = {{ ultimo_dicho('case when es_dicho_' ~ medida ~ ' then plan end') }} over hasta
            as es_retirado_{{ medida }},
        {{ ultimo_dicho('corte_aqui_' ~ medida) }} over hasta as corte_dicho_{{ medida }},
        {{ ultimo_dicho(
            'case when plan_desde is null or trimestre >= plan_desde then corte_aqui_' ~ medida ~ ' end'
        ) }} over hasta as corte_propio_{{ medida }},
        {%- endfor %}
        {{ comunes }}
    from aqui
    window hasta as (partition by ejercicio, accion_key, trimestre order by corte)
)

select
    ejercicio,
    accion_key,
    trimestre,
    {%- for medida in medidas %}
    coalesce(
        case when es_retirado_{{ medida }} then corte_propio_{{ medida }} else corte_dicho_{{ medida }} end, corte
    ) as corte_{{ medida }},
    {%- endfor %}
    corte as a_corte
from vistas
