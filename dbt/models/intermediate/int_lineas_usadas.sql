-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental') }}

-- Línea de acción codes as the action rows of vigente reports print them, one row per action, code and cut.
with renglones as (
    select * from {{ ref('int_renglones') }}
    {{ solo_por_rehacer() }}
),

impresas as (
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        corte,
        coalesce(plan, 'desconocido') as plan,
        extracto_id,
        linea,
        {{ despliega('lineas_accion') }} as codigo_impreso,
        {{ despliega(posiciones('lineas_accion')) }} as orden
    from renglones
    union all
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        corte,
        coalesce(plan, 'desconocido') as plan,
        extracto_id,
        linea,
        '' as codigo_impreso,
        1 as orden
    from renglones
    where len(lineas_accion) = 0
),

-- What is no code (211 for 2.1.1 is anyone's guess) goes to the unknown member of the plan.
leidas as (
    select
        *,
        case
            when {{ es_codigo_linea("trim(codigo_impreso, ' .,;:-')") }} then trim(codigo_impreso, ' .,;:-')
            else '(desconocida)'
        end as linea_accion_codigo
    from impresas
)

select
    accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero,
    corte,
    plan,
    linea_accion_codigo,
    {{ clave(['ente_codigo', 'plan', 'linea_accion_codigo']) }} as linea_accion_key,
    extracto_id,
    linea,
    min(orden) as primera_posicion,
    count(*) as veces_impresa,
    string_agg(codigo_impreso, ' ' order by orden) as codigos_impresos
from leidas
group by all
