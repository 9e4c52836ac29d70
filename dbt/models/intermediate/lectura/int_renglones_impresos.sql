-- Where each row that counts stands, what it prints, and which action it may be: for whoever asks why.
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
),

lineas as (
    select * from {{ ref('stg_tmm__lineas') }}
),

decididas as (
    select
        renglon_huella,
        string_agg(
            campo || ' = ' || coalesce(valor, '(en blanco)') || ', impreso ' || coalesce(impreso, '(nada)')
            || ': ' || motivo || ' (' || autor || ', ' || cast(fecha as varchar) || ')',
            '; ' order by campo
        ) as correcciones
    from {{ ref('correcciones') }}
    group by renglon_huella
)

select
    elegidas.extracto_id,
    elegidas.linea,
    elegidas.ejercicio,
    {{ clave(['elegidas.accion_id', 'elegidas.ejercicio']) }} as accion_key,
    elegidas.ente_codigo,
    elegidas.unidad_codigo,
    elegidas.corte,
    elegidas.accion_numero,
    extractos.ruta,
    renglones.renglon_huella,
    lineas.texto as texto_impreso,
    array_to_string(renglones.impreso, ' | ') as celdas_impresas,
    elegidas.candidato,
    elegidas.costo,
    elegidas.margen,
    elegidas.estado,
    vinculos.regla as vinculo_regla,
    vinculos.puntaje as vinculo_puntaje,
    vinculos.propuesta as vinculo_propuesta,
    decididas.correcciones
from elegidas
inner join renglones
    on
        elegidas.extracto_id = renglones.extracto_id
        and elegidas.linea = renglones.linea
inner join extractos
    on elegidas.extracto_id = extractos.extracto_id
left join vinculos
    on
        elegidas.extracto_id = vinculos.extracto_id
        and elegidas.linea = vinculos.linea
left join lineas
    on
        elegidas.extracto_id = lineas.extracto_id
        and elegidas.linea = lineas.linea
left join decididas
    on renglones.renglon_huella = decididas.renglon_huella
