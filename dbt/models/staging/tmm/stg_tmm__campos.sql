with fuente as (
    select * from {{ source('raw', 'campos') }}
),

tipado as (
    select
        extracto_id,
        formato,
        orden,
        campo,
        codigo_impreso,
        texto_impreso,
        valor,
        puntaje,
        regla,
        linea
    from fuente
)

select * from tipado
