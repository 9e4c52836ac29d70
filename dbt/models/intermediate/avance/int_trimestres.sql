-- The four quarters of every ejercicio that any vigente report speaks of.
with ejercicios as (
    select distinct ejercicio from {{ ref('stg_tmm__elegidas') }}
),

numeros as (
    select 1 as numero
    union all
    select 2 as numero
    union all
    select 3 as numero
    union all
    select 4 as numero
)

select
    cast(ejercicios.ejercicio as varchar) || '-T' || numeros.numero as trimestre,
    ejercicios.ejercicio,
    numeros.numero as trimestre_numero
from ejercicios
cross join numeros
