-- The form pages of extracts that stand (not of those that another file replaced), whether they count or not.
with formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
    where es_vigente
)

select
    formatos.*,
    extractos.ruta,
    extractos.publicado_fecha
from formatos
inner join extractos
    on formatos.extracto_id = extractos.extracto_id
