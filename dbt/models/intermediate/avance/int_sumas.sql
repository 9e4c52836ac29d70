-- What the quarters of an action add up to, as of each cut: within the plan in force and over the whole year, with
-- what they come to at least and at most where a quarter has only its range.
{% set sumandos = [
    ('programado', 'plan'), ('avance', 'plan'), ('programado', 'anio'), ('avance', 'anio'), ('programado', 'entero'),
] %}

with vigente as (
    select * from {{ ref('int_avance_vigente') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

-- Units that reported under the plan before: an action they did not list had nothing planned then.
primeros as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        min(corte) as primer_corte
    from reportes
    group by ente_codigo, unidad_codigo, ejercicio
),

conocidas as (
    select
        vigente.*,
        coalesce(primeros.primer_corte < vigente.plan_desde, false) as es_plan_nuevo
    from vigente
    left join primeros
        on
            vigente.ente_codigo = primeros.ente_codigo
            and vigente.unidad_codigo = primeros.unidad_codigo
            and vigente.ejercicio = primeros.ejercicio
)

select
    {%- for medida, tramo in sumandos %}
    {%- set nada = "situacion_" ~ medida ~ " = 'fuera_de_plan'" ~ (' and es_plan_nuevo' if tramo != 'plan' else '') %}
    {%- set dudoso = "situacion_" ~ medida ~ " = 'dudoso'" %}
    {%- set ventana = tramo ~ '_' ~ medida %}
    coalesce(sum({{ medida }}) over {{ ventana }}, 0) as {{ medida }}_{{ tramo }},
    count(*) filter (where {{ medida }} is null and not ({{ nada }})) over {{ ventana }}
        as {{ medida }}_{{ tramo }}_por_saber,
    count(*) filter (where {{ medida }} is null and not ({{ nada }} or {{ dudoso }})) over {{ ventana }}
        as {{ medida }}_{{ tramo }}_sin_rango,
    coalesce(sum(coalesce({{ medida }}, {{ medida }}_min)) over {{ ventana }}, 0) as {{ medida }}_{{ tramo }}_piso,
    case
        when count(*) filter (where {{ dudoso }} and {{ medida }}_max is null) over {{ ventana }} = 0
            then coalesce(sum(coalesce({{ medida }}, {{ medida }}_max)) over {{ ventana }}, 0)
    end as {{ medida }}_{{ tramo }}_techo,
    {%- endfor %}
    *
from conocidas
window
    plan_programado as (partition by ejercicio, accion_key, a_corte, plan_programado order by trimestre_numero),
    plan_avance as (partition by ejercicio, accion_key, a_corte, plan order by trimestre_numero),
    anio_programado as (partition by ejercicio, accion_key, a_corte order by trimestre_numero),
    anio_avance as (partition by ejercicio, accion_key, a_corte order by trimestre_numero),
    entero_programado as (partition by ejercicio, accion_key, a_corte)
