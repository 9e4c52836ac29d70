-- What each action continues of earlier ejercicios, by the keys that the marts know actions by.
with series as (
    select
        accion_id,
        ejercicio,
        {{ clave(['accion_id', 'ejercicio']) }} as accion_key,
        ente_codigo,
        unidad_codigo,
        serie_id,
        anterior,
        regla,
        puntaje,
        propuesta
    from {{ ref('stg_tmm__series') }}
)

select
    series.accion_key,
    series.ente_codigo,
    series.unidad_codigo,
    series.ejercicio,
    primera.accion_key as serie_key,
    anterior.accion_key as accion_anterior_key,
    anterior.ejercicio as ejercicio_anterior,
    propuesta.accion_key as accion_propuesta_key,
    propuesta.ejercicio as ejercicio_propuesto,
    series.regla,
    series.puntaje,
    series.regla = 'incierto' as es_insegura
from series
inner join series as primera
    on series.serie_id = primera.accion_id
left join series as anterior
    on series.anterior = anterior.accion_id
left join series as propuesta
    on series.propuesta = propuesta.accion_id
