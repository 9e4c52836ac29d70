with fuente as (
    select * from {{ source('raw', 'vinculos') }}
),

tipado as (
    select
        extracto_id,
        linea,
        ejercicio,
        ente_codigo,
        unidad_codigo,
        corte,
        accion_id,
        regla,
        puntaje,
        propuesta
    from fuente
)

select * from tipado
