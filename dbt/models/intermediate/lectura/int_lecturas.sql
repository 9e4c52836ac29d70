-- The candidate readings of the rows that count.
with lecturas as (
    select * from {{ ref('stg_tmm__lecturas') }}
),

elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
)

select
    lecturas.*,
    {{ clave(['elegidas.accion_id', 'elegidas.ejercicio']) }} as accion_key,
    elegidas.corte,
    coalesce(elegidas.candidato = lecturas.candidato, false) as es_elegida
from lecturas
inner join elegidas
    on
        lecturas.ejercicio = elegidas.ejercicio
        and lecturas.extracto_id = elegidas.extracto_id
        and lecturas.linea = elegidas.linea
