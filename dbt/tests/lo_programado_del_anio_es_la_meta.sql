-- At the last quarter what is planned adds up to the goal of the plan in force, wherever both are settled and the
-- measure adds: a goal beside a sum that is not its own is false, whichever of the two is. Without exceptions; what a
-- person decided (corregida) stands as decided, also against the print's own sum.
with ultimas as (
    select * from {{ ref('fct_meta') }}
    qualify row_number() over (partition by accion_key order by corte desc) = 1
),

corregidas as (
    select distinct
        accion_key,
        corte
    from {{ ref('fct_avance_corte') }}
    where estado_programado = 'corregida'
)

select avances.*
from {{ ref('fct_avance') }} as avances
inner join ultimas
    on avances.accion_key = ultimas.accion_key
left join corregidas
    on
        ultimas.accion_key = corregidas.accion_key
        and ultimas.corte = corregidas.corte
where
    right(avances.trimestre, 1) = '4'
    and avances.programado_acumulado != ultimas.meta
    and ultimas.estado_meta != 'corregida'
    and corregidas.corte is null
