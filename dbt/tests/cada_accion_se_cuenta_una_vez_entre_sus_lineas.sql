-- Shared out over the líneas that it had in the cut its figure comes from, an action of a quarter counts once.
with repartidas as (
    select
        meta_key,
        sum(ponderador) as acciones
    from {{ ref('bridge_accion_linea') }}
    group by meta_key
)

select avances.*
from {{ ref('fct_avance') }} as avances
left join repartidas
    on avances.meta_key = repartidas.meta_key
where repartidas.acciones is distinct from 1
