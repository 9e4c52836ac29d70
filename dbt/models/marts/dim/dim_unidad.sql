with unidades as (
    select * from {{ ref('int_unidades') }}
),

entes as (
    select * from {{ ref('entes') }}
),

programas as (
    select * from {{ ref('programas') }}
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
        programas.programa_nombre,
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
    left join programas
        on
            unidades.ente_codigo = programas.ente_codigo
            and unidades.programa_codigo = programas.programa_codigo
    union all
    select
        {{ clave_desconocida() }} as unidad_key,
        '(desconocido)' as ente_codigo,
        '(desconocido)' as ente_nombre,
        '(desconocida)' as unidad_codigo,
        '(unidad desconocida)' as unidad_nombre,
        null as ramo_codigo,
        null as programa_codigo,
        null as programa_nombre,
        null as vigente_desde,
        null as vigente_hasta,
        true as es_actual,
        'desconocida' as origen
)

select
    unidad_key,
    ente_codigo,
    ente_nombre,
    unidad_codigo,
    unidad_nombre,
    ramo_codigo,
    programa_codigo,
    programa_nombre,
    vigente_desde,
    vigente_hasta,
    es_actual,
    origen
from miembros
