with nombres as (
    select * from {{ ref('int_nombres_codigos') }}
    where campo = 'ramo'
),

codigos as (
    select distinct
        ente_codigo,
        ramo_codigo
    from {{ ref('int_unidades') }}
    where ramo_codigo is not null
),

miembros as (
    select
        {{ clave_de_codigo('codigos.ente_codigo', 'codigos.ramo_codigo') }} as ramo_key,
        codigos.ente_codigo,
        codigos.ramo_codigo,
        nombres.nombre as ramo_nombre,
        nombres.escrituras,
        coalesce(nombres.veces_impreso, 0) as veces_impreso
    from codigos
    left join nombres
        on
            codigos.ente_codigo = nombres.ente_codigo
            and codigos.ramo_codigo = nombres.codigo
    union all
    select
        {{ clave_desconocida() }} as ramo_key,
        '(desconocido)' as ente_codigo,
        '(desconocido)' as ramo_codigo,
        '(ramo desconocido)' as ramo_nombre,
        null as escrituras,
        0 as veces_impreso
)

select
    ramo_key,
    ente_codigo,
    ramo_codigo,
    {{ nombre_o_motivo('ramo_nombre', 'ramo') }} as ramo_nombre,
    escrituras,
    cast(veces_impreso as integer) as veces_impreso
from miembros
