with fuente as (
    select * from {{ source('raw', 'formatos') }}
),

tipado as (
    select
        extracto_id,
        formato,
        linea_inicio,
        linea_fin,
        renglones,
        corte,
        ejercicio,
        ente_codigo,
        ente_codigo_estado,
        ente_codigo_regla,
        ente_codigo_puntaje,
        cast(ente_codigo_alternativas as {{ tipo_texto() }}) as ente_codigo_alternativas,
        unidad_codigo,
        unidad_codigo_estado,
        unidad_codigo_regla,
        unidad_codigo_puntaje,
        cast(unidad_codigo_alternativas as {{ tipo_texto() }}) as unidad_codigo_alternativas,
        trimestre as corte_numero,
        trimestre_estado as corte_numero_estado,
        trimestre_regla as corte_numero_regla,
        trimestre_puntaje as corte_numero_puntaje,
        cast(trimestre_alternativas as {{ tipo_texto() }}) as corte_numero_alternativas,
        anio,
        anio_estado,
        anio_regla,
        anio_puntaje,
        cast(anio_alternativas as {{ tipo_texto() }}) as anio_alternativas,
        plan,
        plan_estado,
        plan_regla,
        plan_puntaje,
        cast(plan_alternativas as {{ tipo_texto() }}) as plan_alternativas,
        programa_codigo,
        programa_codigo_estado,
        programa_codigo_regla,
        programa_codigo_puntaje,
        cast(programa_codigo_alternativas as {{ tipo_texto() }}) as programa_codigo_alternativas
    from fuente
)

select * from tipado
