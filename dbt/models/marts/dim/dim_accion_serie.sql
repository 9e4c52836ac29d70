with series as (
    select * from {{ ref('int_series') }}
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

miembros as (
    select
        accion_key,
        serie_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_anterior_key,
        ejercicio_anterior,
        accion_propuesta_key,
        regla as serie_regla,
        puntaje as serie_puntaje,
        es_insegura
    from series
    union all
    select
        {{ clave_desconocida() }} as accion_key,
        {{ clave_desconocida() }} as serie_key,
        '(desconocido)' as ente_codigo,
        '(desconocida)' as unidad_codigo,
        null as ejercicio,
        null as accion_anterior_key,
        null as ejercicio_anterior,
        null as accion_propuesta_key,
        'desconocida' as serie_regla,
        0 as serie_puntaje,
        false as es_insegura
),

-- The latest year names the series.
nombradas as (
    select
        miembros.serie_key,
        max_by(acciones.accion_descripcion, coalesce(miembros.ejercicio, 0)) as serie_descripcion,
        max_by(acciones.unidad_medida_nombre, coalesce(miembros.ejercicio, 0)) as unidad_medida_nombre,
        min(miembros.ejercicio) as primer_ejercicio,
        max(miembros.ejercicio) as ultimo_ejercicio,
        count(miembros.ejercicio) as ejercicios
    from miembros
    inner join acciones
        on miembros.accion_key = acciones.accion_key
    group by miembros.serie_key
)

select
    miembros.accion_key,
    miembros.serie_key,
    miembros.ente_codigo,
    miembros.unidad_codigo,
    miembros.ejercicio,
    nombradas.serie_descripcion,
    nombradas.unidad_medida_nombre,
    nombradas.primer_ejercicio,
    nombradas.ultimo_ejercicio,
    cast(nombradas.ejercicios as integer) as ejercicios,
    miembros.accion_anterior_key,
    miembros.ejercicio_anterior,
    miembros.accion_propuesta_key,
    miembros.serie_regla,
    {{ a_decimal('miembros.serie_puntaje', 5, 4) }} as serie_puntaje,
    miembros.es_insegura
from miembros
inner join nombradas
    on miembros.serie_key = nombradas.serie_key
