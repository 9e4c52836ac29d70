-- Actions that may continue one of an earlier ejercicio, where that is not sure. Which row of its own ejercicio it may be
-- is a finding of its own (vinculo_incierto).
with series as (
    select * from {{ ref('int_series') }}
    where es_insegura and ejercicio_propuesto < ejercicio
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

-- The row that a person would name: the action's first.
renglones as (
    select
        accion_key,
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
    'Puede continuar la acción ' || coalesce(cast(propuesta.accion_numero as varchar), '(sin número)') || ' de '
    || series.ejercicio_propuesto || ' (' || propuesta.unidad_medida_nombre || '; aquí '
    || accion.unidad_medida_nombre || '), puntaje ' || {{ cifra_texto('round(series.puntaje, 2)') }} as mensaje,
    renglones.extracto_id,
    renglones.linea
from series
inner join acciones as accion
    on series.accion_key = accion.accion_key
inner join acciones as propuesta
    on series.accion_propuesta_key = propuesta.accion_key
inner join renglones
    on series.accion_key = renglones.accion_key
