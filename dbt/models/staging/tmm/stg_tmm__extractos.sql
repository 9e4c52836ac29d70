with fuente as (
    select * from {{ source('raw', 'extractos') }}
),

tipado as (
    select
        extracto_id,
        ruta,
        nombre,
        bytes,
        sha256,
        codificacion,
        tipo,
        motor,
        lineas,
        ente_codigo,
        publicado_en as publicado_fecha,
        rechazado as es_rechazado,
        cargado_en,
        retirado_en,
        retirado_por,
        acciones_retiradas,
        retirado_en is null as es_vigente
    from fuente
)

select * from tipado
