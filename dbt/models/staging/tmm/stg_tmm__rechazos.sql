with fuente as (
    select * from {{ source('raw', 'rechazos') }}
),

tipado as (
    select
        extracto_id,
        ruta,
        linea,
        regla,
        razon,
        texto
    from fuente
)

select * from tipado
