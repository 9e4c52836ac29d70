-- Líneas de acción, (ente, plan, código): the name its printings agree on, or none where it is only used.
{{ config(materialized='table') }}

with impresas as (
    select * from {{ ref('int_lineas_impresas') }}
),

usadas as (
    select * from {{ ref('int_lineas_usadas') }}
),

-- The twenty commonest spellings stand for all: comparing every pair grows with the square.
frecuentes as (
    select * from impresas
    qualify row_number() over (partition by ente_codigo, plan, linea_accion_codigo order by veces desc, texto asc) <= 20
),

-- The spelling that is nearest to all the others, each weighed by how often it was printed.
acuerdos as (
    select
        uno.ente_codigo,
        uno.plan,
        uno.linea_accion_codigo,
        uno.nombre,
        sum(
            otro.veces * levenshtein(uno.texto, otro.texto)
            / greatest(length(uno.texto), length(otro.texto))
        ) as desacuerdo,
        sum(otro.veces) as veces_impreso,
        count(*) as escrituras
    from frecuentes as uno
    inner join frecuentes as otro
        on
            uno.ente_codigo = otro.ente_codigo
            and uno.plan = otro.plan
            and uno.linea_accion_codigo = otro.linea_accion_codigo
    group by uno.ente_codigo, uno.plan, uno.linea_accion_codigo, uno.nombre, uno.texto
    qualify
        row_number() over (
            partition by uno.ente_codigo, uno.plan, uno.linea_accion_codigo
            order by desacuerdo asc, uno.nombre asc
        ) = 1
),

usos as (
    select
        ente_codigo,
        plan,
        linea_accion_codigo,
        count(*) as veces_usado
    from usadas
    group by ente_codigo, plan, linea_accion_codigo
),

codigos as (
    select
        ente_codigo,
        plan,
        linea_accion_codigo
    from usos
    union
    select
        ente_codigo,
        plan,
        linea_accion_codigo
    from acuerdos
)

select
    codigos.ente_codigo,
    codigos.plan,
    codigos.linea_accion_codigo,
    {{ clave(['codigos.ente_codigo', 'codigos.plan', 'codigos.linea_accion_codigo']) }} as linea_accion_key,
    acuerdos.nombre as linea_accion_nombre,
    acuerdos.nombre is not null as es_nombrada,
    coalesce(acuerdos.escrituras, 0) as escrituras,
    coalesce(acuerdos.veces_impreso, 0) as veces_impreso,
    coalesce(usos.veces_usado, 0) as veces_usado,
    1 - acuerdos.desacuerdo / acuerdos.veces_impreso as acuerdo
from codigos
left join acuerdos
    on
        codigos.ente_codigo = acuerdos.ente_codigo
        and codigos.plan = acuerdos.plan
        and codigos.linea_accion_codigo = acuerdos.linea_accion_codigo
left join usos
    on
        codigos.ente_codigo = usos.ente_codigo
        and codigos.plan = usos.plan
        and codigos.linea_accion_codigo = usos.linea_accion_codigo
