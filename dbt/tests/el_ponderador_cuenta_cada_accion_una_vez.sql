-- The weights of an action's líneas add up to one action in each cut, exactly.
select
    accion_key,
    corte,
    sum(ponderador) as acciones
from {{ ref('bridge_accion_linea') }}
group by accion_key, corte
having sum(ponderador) != 1
