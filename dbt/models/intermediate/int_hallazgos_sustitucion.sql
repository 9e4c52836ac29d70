-- Actions of a report that gave way to another one, and that the other does not list.
with impresos as (
    select * from {{ ref('stg_tmm__renglones') }}
    where accion_numero is not null
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

renglones as (
    select * from {{ ref('int_renglones') }}
)

select
    'accion_perdida' as regla,
    formatos.ente_codigo,
    formatos.unidad_codigo,
    formatos.ejercicio,
    formatos.corte,
    cast(null as {{ tipo_texto() }}) as accion_key,
    impresos.accion_numero,
    'accion_numero' as campo,
    cast(null as {{ tipo_texto() }}) as observado,
    cast(impresos.accion_numero as {{ tipo_texto() }}) as esperado,
    'La acción ' || impresos.accion_numero || ' estaba en un reporte sustituido y no en el que cuenta' as mensaje,
    impresos.extracto_id,
    impresos.linea
from impresos
inner join formatos
    on
        impresos.extracto_id = formatos.extracto_id
        and impresos.formato = formatos.formato
inner join reportes
    on
        formatos.ente_codigo = reportes.ente_codigo
        and formatos.unidad_codigo = reportes.unidad_codigo
        and formatos.corte = reportes.corte
        and formatos.extracto_id != reportes.extracto_id
left join renglones
    on
        reportes.ente_codigo = renglones.ente_codigo
        and reportes.unidad_codigo = renglones.unidad_codigo
        and reportes.corte = renglones.corte
        and impresos.accion_numero = renglones.accion_numero
where renglones.linea is null
