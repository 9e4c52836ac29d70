-- The four quarters of every ejercicio that any vigente report speaks of.
with ejercicios as (
    select distinct ejercicio from {{ ref('stg_tmm__elegidas') }}
)

select
    cast(ejercicios.ejercicio as string) || '-T' || numeros.numero as trimestre,
    ejercicios.ejercicio,
    numeros.numero as trimestre_numero
from ejercicios
cross join (values (1), (2), (3), (4)) as numeros (numero)
