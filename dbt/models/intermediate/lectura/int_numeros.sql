-- The number that an action goes by is its latest cut's; over keys alone, since a window carries all that is printed.
with elegidas as (
    select * from {{ ref('int_elegidas') }}
)

select
    ejercicio,
    accion_id,
    max_by(accion_numero, corte) filter (where accion_numero is not null) as accion_numero_actual
from elegidas
group by ejercicio, accion_id
