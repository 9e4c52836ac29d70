-- Actions that may continue one of an earlier ejercicio, where that is not sure. Which action of its own ejercicio a
-- row may be is a finding of its own (vinculo_incierto).
with series as (
    select * from {{ ref('int_series') }}
    where es_insegura and ejercicio_propuesto < ejercicio
),

-- Each action as its latest row prints it, and its first row: the one that a person would name.
acciones as (
    select
        accion_key,
        min(corte) as primer_corte,
        max_by(accion_numero, (corte, extracto_id, linea)) filter (where accion_numero is not null) as accion_numero,
        coalesce(
            max_by(descripcion, (corte, extracto_id, linea)) filter (where {{ recorta('descripcion') }} != ''),
            '(sin texto legible)'
        ) as accion_descripcion,
        max_by(unidad_medida_nombre, (corte, extracto_id, linea)) filter (where unidad_medida_nombre is not null)
            as unidad_medida_nombre,
        min_by(extracto_id, (corte, extracto_id, linea)) as extracto_id,
        min_by(linea, (corte, extracto_id, linea)) as linea
    from {{ ref('int_renglones') }}
    group by accion_key
)

select
    'serie_incierta' as regla,
    series.ente_codigo,
    series.unidad_codigo,
    series.ejercicio,
    accion.primer_corte as corte,
    series.accion_key,
    accion.accion_numero,
    'accion_id' as campo,
    accion.accion_descripcion as observado,
    propuesta.accion_descripcion as esperado,
    'Puede continuar la acción ' || coalesce(cast(propuesta.accion_numero as string), '(sin número)') || ' de '
    || series.ejercicio_propuesto || ' (' || propuesta.unidad_medida_nombre || '; aquí '
    || accion.unidad_medida_nombre || '), puntaje ' || {{ cifra_texto(redondea('series.puntaje', 2)) }} as mensaje,
    accion.extracto_id,
    accion.linea
from series
inner join acciones as accion
    on series.accion_key = accion.accion_key
inner join acciones as propuesta
    on series.accion_propuesta_key = propuesta.accion_key
