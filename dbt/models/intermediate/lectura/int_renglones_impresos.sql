-- Where each row stands, what it prints, and which action it may be, whether it counts or not: for whoever asks why.
with elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
),

renglones as (
    select * from {{ ref('stg_tmm__renglones') }}
),

vinculos as (
    select * from {{ ref('stg_tmm__vinculos') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
    where es_vigente
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

lineas as (
    select * from {{ ref('stg_tmm__lineas') }}
),

lugares as (
    select * from {{ ref('int_lugares') }}
),

numeros as (
    select * from {{ ref('int_numeros') }}
    {{ solo_por_rehacer() }}
),

decididas as (
    select
        renglon_huella,
        {{ une_textos(
            "campo || ' = ' || coalesce(valor, '(en blanco)') || ', impreso ' || coalesce(impreso, '(nada)')"
            " || ': ' || motivo || ' (' || autor || ', ' || cast(fecha as string) || ')'",
            '; ', 'campo'
        ) }} as correcciones
    from {{ ref('correcciones') }}
    group by renglon_huella
)

select
    renglones.extracto_id,
    renglones.linea,
    renglones.ejercicio,
    case when elegidas.linea is not null then {{ clave(['elegidas.accion_id', 'elegidas.ejercicio']) }} end
        as accion_key,
    formatos.ente_codigo,
    formatos.unidad_codigo,
    formatos.corte,
    formatos.situacion,
    renglones.accion_numero,
    coalesce(numeros.accion_numero_actual, renglones.accion_numero) as accion_numero_actual,
    extractos.ruta,
    renglones.renglon_huella,
    lineas.texto as texto_impreso,
    {{ une('renglones.impreso', ' | ') }} as celdas_impresas,
    extractos.tipo as archivo_tipo,
    lugares.lugar,
    lugares.lugar_pagina,
    lugares.lugar_x0,
    lugares.lugar_y0,
    lugares.lugar_x1,
    lugares.lugar_y1,
    lugares.lugar_giro,
    lugares.lugar_celdas,
    elegidas.candidato,
    elegidas.costo,
    elegidas.margen,
    elegidas.estado,
    vinculos.regla as vinculo_regla,
    vinculos.puntaje as vinculo_puntaje,
    vinculos.propuesta as vinculo_propuesta,
    decididas.correcciones
from renglones
inner join formatos
    on
        renglones.extracto_id = formatos.extracto_id
        and renglones.formato = formatos.formato
inner join extractos
    on renglones.extracto_id = extractos.extracto_id
left join elegidas
    on
        renglones.ejercicio = elegidas.ejercicio
        and renglones.extracto_id = elegidas.extracto_id
        and renglones.linea = elegidas.linea
left join numeros
    on
        renglones.ejercicio = numeros.ejercicio
        and elegidas.accion_id = numeros.accion_id
left join vinculos
    on
        renglones.ejercicio = vinculos.ejercicio
        and renglones.extracto_id = vinculos.extracto_id
        and renglones.linea = vinculos.linea
left join lineas
    on
        renglones.extracto_id = lineas.extracto_id
        and renglones.linea = lineas.linea
left join lugares
    on
        renglones.extracto_id = lugares.extracto_id
        and renglones.linea = lugares.linea
left join decididas
    on renglones.renglon_huella = decididas.renglon_huella
