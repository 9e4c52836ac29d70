with catalogo as (
    select * from {{ ref('programas') }}
),

codigos as (
    select
        ente_codigo,
        programa_codigo
    from catalogo
    union
    select
        ente_codigo,
        programa_codigo
    from {{ ref('int_unidades') }}
    where programa_codigo is not null
    union
    select
        ente_codigo,
        programa_codigo
    from {{ ref('int_reportes') }}
    where programa_codigo is not null
),

miembros as (
    select
        {{ clave_de_codigo('codigos.ente_codigo', 'codigos.programa_codigo') }} as programa_key,
        codigos.ente_codigo,
        codigos.programa_codigo,
        coalesce(catalogo.programa_nombre, '(programa sin catálogo)') as programa_nombre,
        catalogo.programa_codigo is not null as es_de_catalogo
    from codigos
    left join catalogo
        on
            codigos.ente_codigo = catalogo.ente_codigo
            and codigos.programa_codigo = catalogo.programa_codigo
    union all
    select
        {{ clave_desconocida() }} as programa_key,
        '(desconocido)' as ente_codigo,
        '(desconocido)' as programa_codigo,
        '(programa desconocido)' as programa_nombre,
        false as es_de_catalogo
)

select
    programa_key,
    ente_codigo,
    programa_codigo,
    programa_nombre,
    es_de_catalogo
from miembros
