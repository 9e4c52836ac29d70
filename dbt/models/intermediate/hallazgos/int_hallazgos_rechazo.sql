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
    null as ente_codigo,
    null as unidad_codigo,
    null as ejercicio,
    null as corte,
    null as accion_key,
    null as accion_numero,
    rechazos.regla as campo,
    left(rechazos.texto, 200) as observado,
    null as esperado,
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
