with fuente as (
    select * from {{ source('raw', 'celdas') }}
),

tipado as (
    select
        extracto_id,
        linea,
        celda,
        hoja,
        x0,
        y0,
        x1,
        y1,
        confianza,
        referencia,
        formula
    from fuente
)

select * from tipado
