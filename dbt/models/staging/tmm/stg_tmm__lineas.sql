with fuente as (
    select * from {{ source('raw', 'lineas') }}
),

tipado as (
    select
        extracto_id,
        linea,
        texto,
        fin
    from fuente
)

select * from tipado
