-- Shared out over its líneas an action counts once, and with those of its kind: no goal (x00) among the actions.
with repartidas as (
    select
        ente_codigo,
        trimestre,
        accion_tipo,
        sum(ponderadas_trimestre) as trimestre_,
        sum(ponderadas_plan) as plan_,
        sum(ponderadas_ejercicio) as ejercicio_
    from {{ ref('rpt_cumplimiento_linea_accion') }}
    group by ente_codigo, trimestre, accion_tipo
),

acciones as (
    select
        avances.ente_codigo,
        avances.trimestre,
        acciones.accion_tipo,
        count(*) as acciones
    from {{ ref('fct_avance') }} as avances
    inner join {{ ref('dim_accion') }} as acciones
        on avances.accion_key = acciones.accion_key
    group by avances.ente_codigo, avances.trimestre, acciones.accion_tipo
)

select acciones.*
from acciones
left join repartidas
    on
        acciones.ente_codigo = repartidas.ente_codigo
        and acciones.trimestre = repartidas.trimestre
        and acciones.accion_tipo = repartidas.accion_tipo
where
    repartidas.trimestre_ is distinct from acciones.acciones
    or repartidas.plan_ is distinct from acciones.acciones
    or repartidas.ejercicio_ is distinct from acciones.acciones
