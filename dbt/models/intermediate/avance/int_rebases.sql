-- What the cut before lets expect of a goal: its own, less what it had planned for quarters that a new plan leaves
-- out.
with metas as (
    select * from {{ ref('int_renglones') }}
),

declaraciones as (
    select * from {{ ref('int_avance_corte') }}
),

anteriores as (
    select
        accion_key,
        ejercicio,
        corte,
        plan,
        plan_desde,
        plan_tramo,
        es_razon,
        lag(corte) over por_corte as corte_anterior,
        lag(plan) over por_corte as plan_anterior,
        lag(plan_tramo) over por_corte as plan_tramo_anterior,
        lag(meta) over por_corte as meta_anterior
    from metas
    window por_corte as (partition by ejercicio, accion_key order by corte)
),

previos as (
    select
        anteriores.ejercicio,
        anteriores.accion_key,
        anteriores.corte,
        case
            when not bool_or(declaraciones.programado is null or anteriores.es_razon) then sum(declaraciones.programado)
        end as programado_previo
    from anteriores
    inner join declaraciones
        on
            anteriores.ejercicio = declaraciones.ejercicio
            and anteriores.accion_key = declaraciones.accion_key
            and anteriores.corte_anterior = declaraciones.corte
            and anteriores.plan_desde > declaraciones.trimestre
    where anteriores.plan_tramo != anteriores.plan_tramo_anterior
    group by anteriores.ejercicio, anteriores.accion_key, anteriores.corte
)

select
    anteriores.accion_key,
    anteriores.ejercicio,
    anteriores.corte,
    anteriores.corte_anterior,
    anteriores.plan_anterior,
    anteriores.meta_anterior,
    case when previos.corte is null then 0 else previos.programado_previo end as programado_previo,
    case
        when previos.corte is null and not anteriores.es_razon then anteriores.meta_anterior
        else anteriores.meta_anterior - previos.programado_previo
    end as meta_esperada
from anteriores
left join previos
    on
        anteriores.ejercicio = previos.ejercicio
        and anteriores.accion_key = previos.accion_key
        and anteriores.corte = previos.corte
