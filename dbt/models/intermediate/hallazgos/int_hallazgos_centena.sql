-- Pages of one report whose actions are numbered in different hundreds: a unit numbers its own in one, so that one of
-- them may carry the header of another unit. Nothing is decided by it: a unit may have two goals, 100 and 200.
with paginas as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        extracto_id,
        formato,
        min(accion_numero) as primera,
        max(accion_numero) as ultima,
        min(linea) as linea
    from {{ ref('int_renglones') }}
    where not es_accion_inferida
    group by ente_codigo, unidad_codigo, ejercicio, corte, extracto_id, formato
)

select
    'pagina_de_otra_centena' as regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    'accion_numero' as campo,
    cast(paginas.primera as string) as observado,
    cast(min(otras.primera) as string) as esperado,
    'La página ' || paginas.formato || ' numera sus acciones desde ' || paginas.primera || ' y otra del mismo reporte '
    || 'desde ' || min(otras.primera) || ': una puede llevar el encabezado de otra unidad' as mensaje,
    paginas.extracto_id,
    paginas.linea
from paginas
inner join paginas as otras
    on
        paginas.ente_codigo = otras.ente_codigo
        and paginas.unidad_codigo = otras.unidad_codigo
        and paginas.ejercicio = otras.ejercicio
        and paginas.corte = otras.corte
        -- Apart by a hundred that neither page has in part: 199 and 200 are one table that goes on.
        and (
            (floor(paginas.ultima / 100) < floor(otras.primera / 100) and paginas.ultima + 1 < otras.primera)
            or (floor(otras.ultima / 100) < floor(paginas.primera / 100) and otras.ultima + 1 < paginas.primera)
        )
group by
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    paginas.extracto_id,
    paginas.formato,
    paginas.primera,
    paginas.linea
