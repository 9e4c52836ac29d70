-- Pieces of the extracts that could not be read.
with rechazos as (
    select * from {{ ref('stg_tmm__rechazos') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
),

reglas as (
    select * from {{ ref('reglas') }}
)

select
    'pieza_rechazada' as regla,
    cast(null as {{ tipo_texto() }}) as ente_codigo,
    cast(null as {{ tipo_texto() }}) as unidad_codigo,
    cast(null as integer) as ejercicio,
    cast(null as {{ tipo_texto() }}) as corte,
    cast(null as {{ tipo_texto() }}) as accion_key,
    cast(null as integer) as accion_numero,
    rechazos.regla as campo,
    left(rechazos.texto, 200) as observado,
    cast(null as {{ tipo_texto() }}) as esperado,
    -- The reader's own reason is English and stays in raw.rechazos.
    rechazos.ruta || ': ' || coalesce(reglas.que_dice, 'Parte del archivo no se pudo leer') as mensaje,
    rechazos.extracto_id,
    rechazos.linea
from rechazos
left join extractos
    on rechazos.extracto_id = extractos.extracto_id
left join reglas
    on rechazos.regla = reglas.regla
-- A file that could not be read at all has no extract.
where coalesce(extractos.es_vigente, true)
