with catalogo as (
    select * from {{ ref('unidades') }}
),

elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
),

formatos as (
    select * from {{ ref('int_paginas') }}
    where {{ es_vigente() }}
),

versiones as (
    select
        ente_codigo,
        unidad_codigo,
        unidad_nombre,
        ramo_codigo,
        programa_codigo,
        coalesce(vigente_desde, date '1900-01-01') as vigente_desde,
        coalesce(vigente_hasta, date '9999-12-31') as vigente_hasta,
        'catalogo' as origen
    from catalogo
),

vistas as (
    select distinct
        ente_codigo,
        unidad_codigo,
        {{ inicio_trimestre('corte') }} as dia
    from elegidas
    union
    select distinct
        ente_codigo,
        unidad_codigo,
        {{ inicio_trimestre('corte') }} as dia
    from formatos
),

sin_version as (
    select distinct
        vistas.ente_codigo,
        vistas.unidad_codigo
    from vistas
    left join versiones
        on
            vistas.ente_codigo = versiones.ente_codigo
            and vistas.unidad_codigo = versiones.unidad_codigo
            and vistas.dia between versiones.vigente_desde and versiones.vigente_hasta
    where versiones.unidad_codigo is null
),

nombres as (
    select
        ente_codigo,
        unidad_codigo,
        max_by(unidad_nombre, vigente_desde) filter (where unidad_nombre is not null) as unidad_nombre,
        max_by(ramo_codigo, vigente_desde) filter (where ramo_codigo is not null) as ramo_codigo
    from versiones
    group by ente_codigo, unidad_codigo
),

impresas as (
    select * from {{ ref('int_unidades_impresas') }}
),

miembros as (
    select
        ente_codigo,
        unidad_codigo,
        coalesce(unidad_nombre, '(sin nombre en el catálogo)') as unidad_nombre,
        ramo_codigo,
        programa_codigo,
        vigente_desde,
        vigente_hasta,
        origen
    from versiones
    union all
    select
        sin_version.ente_codigo,
        sin_version.unidad_codigo,
        coalesce(nombres.unidad_nombre, impresas.unidad_nombre, '(sin nombre en el catálogo)') as unidad_nombre,
        coalesce(
            impresas.ramo_codigo,
            nombres.ramo_codigo,
            case
                when {{ coincide('sin_version.unidad_codigo', '[0-9]{5}') }} then left(sin_version.unidad_codigo, 2)
            end
        ) as ramo_codigo,
        null as programa_codigo,
        null as vigente_desde,
        null as vigente_hasta,
        'extracto' as origen
    from sin_version
    left join nombres
        on
            sin_version.ente_codigo = nombres.ente_codigo
            and sin_version.unidad_codigo = nombres.unidad_codigo
    left join impresas
        on
            sin_version.ente_codigo = impresas.ente_codigo
            and sin_version.unidad_codigo = impresas.unidad_codigo
)

select
    {{ clave(['ente_codigo', 'unidad_codigo', 'vigente_desde']) }} as unidad_key,
    *
from miembros
