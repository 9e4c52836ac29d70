-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental') }}

-- Línea de acción codes as the action rows of vigente reports print them, one row per action, code and cut.
with renglones as (
    select * from {{ ref('int_renglones') }}
    {{ solo_por_rehacer() }}
),

-- A row that prints no code is a use of the unknown one.
codigos as (
    select
        *,
        case when len(lineas_accion) = 0 then [''] else lineas_accion end as codigos
    from renglones
),

impresas as (
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        accion_numero_actual,
        corte,
        coalesce(plan, 'desconocido') as plan,
        extracto_id,
        linea,
        unnest(codigos) as codigo_impreso,
        unnest(range(1, len(codigos) + 1)) as orden
    from codigos
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
    accion_numero_actual,
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
