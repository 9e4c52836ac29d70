with fuente as (
    select * from {{ source('raw', 'hojas') }}
),

tipado as (
    select
        extracto_id,
        hoja,
        nombre,
        ancho,
        alto,
        giro,
        dpi
    from fuente
)

select * from tipado
