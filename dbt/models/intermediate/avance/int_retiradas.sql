-- Actions that the reports of a plan which began after theirs do not list: of its quarters nothing is planned. One that
-- a report of the same plan leaves out may stand on a page that is not here, and keeps its plan.
with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
),

tramos as (
    select * from {{ ref('int_tramos') }}
),

ultimas as (
    select
        ejercicio,
        accion_key,
        ente_codigo,
        unidad_codigo,
        max(corte) as ultimo_corte,
        coalesce(max(plan_desde), '') as plan_desde
    from declaraciones
    group by ejercicio, accion_key, ente_codigo, unidad_codigo
)

select
    ultimas.ejercicio,
    ultimas.accion_key,
    ultimas.ultimo_corte,
    min(tramos.corte) as a_corte,
    min(tramos.plan_desde) as retirada_desde
from ultimas
inner join tramos
    on
        ultimas.ejercicio = tramos.ejercicio
        and ultimas.ente_codigo = tramos.ente_codigo
        and ultimas.unidad_codigo = tramos.unidad_codigo
        and ultimas.ultimo_corte < tramos.corte
        and ultimas.plan_desde < tramos.plan_desde
group by ultimas.ejercicio, ultimas.accion_key, ultimas.ultimo_corte
