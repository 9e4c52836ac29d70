with fuente as (
    select * from {{ source('raw', 'lecturas') }}
),

tipado as (
    select
        extracto_id,
        linea,
        candidato,
        ejercicio,
        costo,
        dentro_margen as es_dentro_margen,
        cierra as es_cerrada,
        meta,
        p1,
        p2,
        p3,
        p4,
        a1,
        a2,
        a3,
        a4,
        absoluto,
        relativo_pct,
        cast(operaciones as string) as operaciones
    from fuente
)

select * from tipado
