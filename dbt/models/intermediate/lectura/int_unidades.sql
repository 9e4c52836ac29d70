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
        make_date(anio, 1, 1) as dia
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
        max_by(unidad_nombre, vigente_desde) as unidad_nombre
    from versiones
    group by ente_codigo, unidad_codigo
),

-- The names that pages print of units that the catalogue lacks.
impresos as (
    select
        formatos.ente_codigo,
        formatos.unidad_codigo,
        trim(campos.texto_impreso) as nombre,
        count(*) as veces
    from formatos
    inner join {{ ref('stg_tmm__campos') }} as campos
        on
            formatos.extracto_id = campos.extracto_id
            and formatos.formato = campos.formato
            and campos.campo = 'unidad_ejecutora'
    where campos.texto_impreso is not null and formatos.unidad_codigo_regla like '%codigo_nuevo%'
    group by formatos.ente_codigo, formatos.unidad_codigo, trim(campos.texto_impreso)
),

-- What most pages print; of as many prints the longest, which lost least.
nombres_impresos as (
    select
        ente_codigo,
        unidad_codigo,
        nombre
    from impresos
    qualify
        row_number() over (
            partition by ente_codigo, unidad_codigo
            order by veces desc, length(nombre) desc, nombre asc
        ) = 1
),

-- Whose ramo it is: what most of its pages print. A code of five digits begins with its ramo's where none does.
ramos_impresos as (
    select
        formatos.ente_codigo,
        formatos.unidad_codigo,
        trim(coalesce(campos.valor, campos.codigo_impreso)) as ramo_codigo
    from formatos
    inner join {{ ref('stg_tmm__campos') }} as campos
        on
            formatos.extracto_id = campos.extracto_id
            and formatos.formato = campos.formato
            and campos.campo = 'ramo'
    where trim(coalesce(campos.valor, campos.codigo_impreso)) != ''
    group by formatos.ente_codigo, formatos.unidad_codigo, trim(coalesce(campos.valor, campos.codigo_impreso))
    qualify
        row_number() over (
            partition by formatos.ente_codigo, formatos.unidad_codigo
            order by count(*) desc, trim(coalesce(campos.valor, campos.codigo_impreso)) asc
        ) = 1
),

miembros as (
    select * from versiones
    union all
    select
        sin_version.ente_codigo,
        sin_version.unidad_codigo,
        coalesce(nombres.unidad_nombre, nombres_impresos.nombre, '(sin nombre en el catálogo)') as unidad_nombre,
        coalesce(
            ramos_impresos.ramo_codigo,
            case
                when regexp_full_match(sin_version.unidad_codigo, '[0-9]{5}') then left(sin_version.unidad_codigo, 2)
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
    left join nombres_impresos
        on
            sin_version.ente_codigo = nombres_impresos.ente_codigo
            and sin_version.unidad_codigo = nombres_impresos.unidad_codigo
    left join ramos_impresos
        on
            sin_version.ente_codigo = ramos_impresos.ente_codigo
            and sin_version.unidad_codigo = ramos_impresos.unidad_codigo
)

select
    {{ clave(['ente_codigo', 'unidad_codigo', 'vigente_desde']) }} as unidad_key,
    *
from miembros
