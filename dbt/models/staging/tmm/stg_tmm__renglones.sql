with fuente as (
    select * from {{ source('raw', 'renglones') }}
),

tipado as (
    select
        extracto_id,
        linea,
        linea_fin,
        formato,
        orden,
        ejercicio,
        accion_numero,
        accion_inferida as es_accion_inferida,
        accion_regla,
        accion_impresa as accion_numero_descartado,
        lineas_accion,
        descripcion,
        unidad_medida,
        impreso,
        observaciones,
        huella as renglon_huella,
        reparo,
        tabla_clase,
        relativo_de,
        tabla as tabla_numero,
        disposicion,
        discordancia
    from fuente
)

select * from tipado
