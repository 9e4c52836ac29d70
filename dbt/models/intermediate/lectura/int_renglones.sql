-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental', partition_by='ejercicio') }}

{% set campos = ['meta', 'p1', 'p2', 'p3', 'p4', 'a1', 'a2', 'a3', 'a4', 'absoluto', 'relativo_pct'] %}

with elegidas as (
    select * from {{ ref('int_elegidas') }}
    {{ solo_por_rehacer() }}
),

renglones as (
    select * from {{ ref('stg_tmm__renglones') }}
    {{ solo_por_rehacer() }}
),

lecturas as (
    select * from {{ ref('stg_tmm__lecturas') }}
    {{ solo_por_rehacer() }}
),

vinculos as (
    select * from {{ ref('stg_tmm__vinculos') }}
    {{ solo_por_rehacer() }}
),

medidas as (
    select * from {{ ref('int_unidades_medida') }}
),

tramos as (
    select * from {{ ref('int_tramos') }}
    {{ solo_por_rehacer() }}
),

numeros as (
    select * from {{ ref('int_numeros') }}
    {{ solo_por_rehacer() }}
),

-- A row closes if the reading chosen closes; where none is chosen, if all that are in the running do.
cierres as (
    select
        extracto_id,
        linea,
        bool_and(es_cerrada) as es_cerrada
    from lecturas
    where es_dentro_margen
    group by extracto_id, linea
)

select
    elegidas.extracto_id,
    elegidas.linea,
    renglones.formato,
    renglones.orden,
    elegidas.ente_codigo,
    elegidas.unidad_codigo,
    elegidas.ejercicio,
    elegidas.corte,
    elegidas.accion_id,
    {{ clave(['elegidas.accion_id', 'elegidas.ejercicio']) }} as accion_key,
    elegidas.accion_numero,
    numeros.accion_numero_actual,
    renglones.es_accion_inferida,
    renglones.accion_regla,
    renglones.relativo_de,
    renglones.descripcion,
    renglones.lineas_accion,
    {{ recorta('renglones.observaciones') }} as observaciones,
    medidas.unidad_medida_nombre,
    {{ clave(['medidas.unidad_medida_nombre']) }} as unidad_medida_key,
    elegidas.es_razon,
    elegidas.plan,
    tramos.plan_desde,
    tramos.plan_tramo,
    elegidas.estado,
    coalesce(lectura.es_cerrada, cierres.es_cerrada, false) as es_cerrada,
    vinculos.regla as vinculo_regla,
    vinculos.puntaje as vinculo_puntaje,
    {%- for campo in campos %}
    {{ cifra_segura('elegidas.' ~ campo) }},
    elegidas.{{ campo }}_estado,
    elegidas.{{ campo }}_impreso,
    elegidas.{{ campo }}_corroborada,
    {%- endfor %}
    cast(right(elegidas.corte, 1) as integer) as corte_numero
from elegidas
inner join renglones
    on
        elegidas.extracto_id = renglones.extracto_id
        and elegidas.linea = renglones.linea
inner join numeros
    on
        elegidas.ejercicio = numeros.ejercicio
        and elegidas.accion_id = numeros.accion_id
left join medidas
    on {{ normaliza('renglones.unidad_medida') }} = medidas.texto
left join tramos
    on
        elegidas.ente_codigo = tramos.ente_codigo
        and elegidas.unidad_codigo = tramos.unidad_codigo
        and elegidas.corte = tramos.corte
        and elegidas.plan is not distinct from tramos.plan
left join lecturas as lectura
    on
        elegidas.extracto_id = lectura.extracto_id
        and elegidas.linea = lectura.linea
        and elegidas.candidato = lectura.candidato
left join cierres
    on
        elegidas.extracto_id = cierres.extracto_id
        and elegidas.linea = cierres.linea
left join vinculos
    on
        elegidas.extracto_id = vinculos.extracto_id
        and elegidas.linea = vinculos.linea
