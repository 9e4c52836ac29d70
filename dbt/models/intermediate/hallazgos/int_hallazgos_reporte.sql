-- Pages of a report that gave way to another one of the same unit and cut.
with paginas as (
    select * from {{ ref('int_paginas') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    'reporte_sustituido' as regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    null as campo,
    paginas.extracto_id as observado,
    reportes.extracto_id as esperado,
    'Hay otro reporte de la unidad y el corte, publicado después; este no cuenta' as mensaje,
    paginas.extracto_id,
    paginas.linea_inicio as linea
from paginas
inner join reportes
    on
        paginas.ente_codigo = reportes.ente_codigo
        and paginas.unidad_codigo = reportes.unidad_codigo
        and paginas.corte = reportes.corte
        and paginas.extracto_id != reportes.extracto_id
