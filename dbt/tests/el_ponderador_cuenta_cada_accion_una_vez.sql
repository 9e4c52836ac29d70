-- The weights of an action's líneas add up to one action in each cut (to eight decimals).
select
    accion_key,
    corte,
    sum(ponderador) as acciones
from {{ ref('bridge_accion_linea') }}
group by accion_key, corte
having abs(sum(ponderador) - 1) > 0.000001
