-- The lines of the extracts as they were, for whoever shows where a figure comes from.
select
    extracto_id,
    linea,
    texto
from {{ ref('stg_tmm__lineas') }}
