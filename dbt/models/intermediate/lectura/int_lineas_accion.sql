-- Líneas de acción, (ente, plan, código): the catalogue's name, else the one its printings agree on, or none.
{{ config(materialized='table') }}

with impresas as (
    select * from {{ ref('int_lineas_impresas') }}
),

solas as (
    select * from {{ ref('int_palabras_solas') }}
),

-- The twenty commonest spellings stand for all: comparing every pair grows with the square.
frecuentes as (
    select * from impresas
    qualify row_number() over (partition by ente_codigo, plan, linea_accion_codigo order by veces desc, texto asc) <= 20
),

-- The spelling that is nearest to all the others, each weighed by how often it was printed and on what pages. Of
-- spellings as near, the one of words that other names have; the alphabet comes last, and says nothing.
acuerdos as (
    select
        uno.ente_codigo,
        uno.plan,
        uno.linea_accion_codigo,
        uno.nombre,
        round(
            sum(
                cast(otro.peso * levenshtein(uno.texto, otro.texto) as double)
                / greatest(length(uno.texto), length(otro.texto))
            ), 9
        ) as desacuerdo,
        sum(otro.veces) as veces_impreso,
        sum(otro.peso) as peso,
        count(*) as escrituras
    from frecuentes as uno
    inner join frecuentes as otro
        on
            uno.ente_codigo = otro.ente_codigo
            and uno.plan = otro.plan
            and uno.linea_accion_codigo = otro.linea_accion_codigo
    left join solas
        on
            uno.ente_codigo = solas.ente_codigo
            and uno.plan = solas.plan
            and uno.linea_accion_codigo = solas.linea_accion_codigo
            and uno.texto = solas.texto
    group by uno.ente_codigo, uno.plan, uno.linea_accion_codigo, uno.nombre, uno.texto, solas.palabras_solas
    qualify
        row_number() over (
            partition by uno.ente_codigo, uno.plan, uno.linea_accion_codigo
            order by desacuerdo asc, solas.palabras_solas asc nulls last, uno.nombre asc
        ) = 1
),

codigos as (
    select * from {{ ref('int_lineas_codigos') }}
),

catalogo as (
    select * from {{ ref('lineas_accion') }}
)

select
    codigos.ente_codigo,
    codigos.plan,
    codigos.linea_accion_codigo,
    {{ clave(['codigos.ente_codigo', 'codigos.plan', 'codigos.linea_accion_codigo']) }} as linea_accion_key,
    coalesce(catalogo.nombre, acuerdos.nombre) as linea_accion_nombre,
    coalesce(catalogo.nombre, acuerdos.nombre) is not null as es_nombrada,
    case
        when catalogo.nombre is not null then 'catalogo'
        when acuerdos.nombre is not null then 'impreso'
        else 'ninguno'
    end as nombre_origen,
    coalesce(acuerdos.escrituras, 0) as escrituras,
    coalesce(acuerdos.veces_impreso, 0) as veces_impreso,
    codigos.veces_usado,
    1 - acuerdos.desacuerdo / acuerdos.peso as acuerdo
from codigos
left join acuerdos
    on
        codigos.ente_codigo = acuerdos.ente_codigo
        and codigos.plan = acuerdos.plan
        and codigos.linea_accion_codigo = acuerdos.linea_accion_codigo
left join catalogo
    on
        codigos.ente_codigo = catalogo.ente_codigo
        and codigos.plan = catalogo.plan
        and codigos.linea_accion_codigo = catalogo.codigo
