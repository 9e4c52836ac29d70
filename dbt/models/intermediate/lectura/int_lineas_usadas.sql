-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

-- Línea de acción codes as the action rows of vigente reports print them, one row per action, code and cut.
with renglones as (
    select * from {{ ref('int_renglones') }}
    {{ solo_por_rehacer() }}
),

-- A row that prints no code is a use of the unknown one.
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
        {{ despliega_con_lugar('lineas_accion', 'codigo_impreso', 'orden') }}
    from renglones
),

-- What is no code (211 for 2.1.1 is anyone's guess) goes to the unknown member of the plan.
leidas as (
    select
        *,
        case
            when {{ es_codigo_linea("trim(both ' .,;:-' from codigo_impreso)") }}
                then trim(both ' .,;:-' from codigo_impreso)
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
    {{ une_textos('codigo_impreso', ' ', 'orden') }} as codigos_impresos
from leidas
group by all
