with nombres as (
    select * from {{ ref('int_nombres_codigos') }}
    where campo = 'eje'
),

lineas as (
    select distinct
        ente_codigo,
        plan,
        {{ eje_de_linea('linea_accion_codigo') }} as eje_codigo
    from {{ ref('int_lineas_accion') }}
    where linea_accion_codigo != '(desconocida)'
),

-- Where the catalogue names a línea's eje, that is its name (seeds/lineas_accion.csv).
catalogo as (
    select
        ente_codigo,
        plan,
        {{ eje_de_linea('codigo') }} as eje_codigo,
        min(eje) as eje_nombre
    from {{ ref('lineas_accion') }}
    where eje is not null
    group by all
),

codigos as (
    select * from lineas
    union
    select
        ente_codigo,
        plan,
        codigo as eje_codigo
    from nombres
),

miembros as (
    select
        {{ clave_eje('codigos.ente_codigo', 'codigos.plan', 'codigos.eje_codigo') }} as eje_key,
        codigos.ente_codigo,
        codigos.plan,
        codigos.eje_codigo,
        coalesce(catalogo.eje_nombre, nombres.nombre) as eje_nombre,
        nombres.escrituras,
        coalesce(nombres.veces_impreso, 0) as veces_impreso
    from codigos
    left join nombres
        on
            codigos.ente_codigo = nombres.ente_codigo
            and codigos.plan = nombres.plan
            and codigos.eje_codigo = nombres.codigo
    left join catalogo
        on
            codigos.ente_codigo = catalogo.ente_codigo
            and codigos.plan = catalogo.plan
            and codigos.eje_codigo = catalogo.eje_codigo
    union all
    select
        {{ clave_desconocida() }} as eje_key,
        '(desconocido)' as ente_codigo,
        '(desconocido)' as plan,
        '(desconocido)' as eje_codigo,
        '(eje desconocido)' as eje_nombre,
        null as escrituras,
        0 as veces_impreso
)

select
    eje_key,
    ente_codigo,
    plan,
    eje_codigo,
    {{ nombre_o_motivo('eje_nombre', 'eje') }} as eje_nombre,
    escrituras,
    cast(veces_impreso as integer) as veces_impreso
from miembros
