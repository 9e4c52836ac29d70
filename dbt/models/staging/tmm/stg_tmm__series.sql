with fuente as (
    select * from {{ source('raw', 'series') }}
),

tipado as (
    select
        accion_id,
        ejercicio,
        ente_codigo,
        unidad_codigo,
        serie_id,
        anterior,
        regla,
        puntaje,
        propuesta
    from fuente
)

select * from tipado
