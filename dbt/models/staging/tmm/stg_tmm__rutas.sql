with fuente as (
    select * from {{ source('raw', 'rutas') }}
)

select
    ruta,
    extracto_id
from fuente
