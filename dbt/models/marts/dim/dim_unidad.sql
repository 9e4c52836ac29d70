with unidades as (
    select * from {{ ref('int_unidades') }}
),

entes as (
    select * from {{ ref('entes') }}
),

programas as (
    select * from {{ ref('dim_programa') }}
),

ramos as (
    select * from {{ ref('dim_ramo') }}
),

miembros as (
    select
        unidades.unidad_key,
        unidades.ente_codigo,
        coalesce(entes.ente_nombre, '(ente sin catálogo)') as ente_nombre,
        unidades.unidad_codigo,
        unidades.unidad_nombre,
        unidades.ramo_codigo,
        unidades.programa_codigo,
        {{ clave_de_codigo('unidades.ente_codigo', 'unidades.ramo_codigo') }} as ramo_key,
        {{ clave_de_codigo('unidades.ente_codigo', 'unidades.programa_codigo') }} as programa_key,
        unidades.vigente_desde,
        unidades.vigente_hasta,
        row_number() over (
            partition by unidades.ente_codigo, unidades.unidad_codigo
            order by unidades.vigente_desde desc nulls last
        ) = 1 as es_actual,
        unidades.origen
    from unidades
    left join entes
        on unidades.ente_codigo = entes.ente_codigo
    union all
    select
        {{ clave_desconocida() }} as unidad_key,
        '(desconocido)' as ente_codigo,
        '(desconocido)' as ente_nombre,
        '(desconocida)' as unidad_codigo,
        '(unidad desconocida)' as unidad_nombre,
        null as ramo_codigo,
        null as programa_codigo,
        {{ clave_desconocida() }} as ramo_key,
        {{ clave_desconocida() }} as programa_key,
        null as vigente_desde,
        null as vigente_hasta,
        true as es_actual,
        'desconocida' as origen
)

select
    miembros.unidad_key,
    miembros.ramo_key,
    miembros.programa_key,
    miembros.ente_codigo,
    miembros.ente_nombre,
    miembros.unidad_codigo,
    miembros.unidad_nombre,
    miembros.ramo_codigo,
    ramos.ramo_nombre,
    miembros.programa_codigo,
    programas.programa_nombre,
    miembros.vigente_desde,
    miembros.vigente_hasta,
    miembros.es_actual,
    miembros.origen
from miembros
inner join ramos
    on miembros.ramo_key = ramos.ramo_key
inner join programas
    on miembros.programa_key = programas.programa_key
