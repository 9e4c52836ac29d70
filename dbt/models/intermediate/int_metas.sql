-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental') }}

-- Goal of each action in each cut: as printed, as read, as computed, and against the cut before.
-- Where it is uncertain whose page it is, what was read is a range of one value.
with renglones as (
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        unidad_medida_key,
        es_razon,
        plan,
        plan_desde,
        corte,
        extracto_id,
        linea,
        {{ extremo('meta', 'min') }} as meta_min,
        {{ extremo('meta', 'max') }} as meta_max,
        meta_impreso,
        absoluto_impreso,
        relativo_pct_impreso,
        case when not coalesce(es_atribucion_dudosa, false) then meta end as meta,
        case when not coalesce(es_atribucion_dudosa, false) then absoluto end as absoluto,
        case when not coalesce(es_atribucion_dudosa, false) then relativo_pct end as relativo_pct,
        case when es_atribucion_dudosa then 'dudosa' else meta_estado end as meta_estado,
        case when es_atribucion_dudosa then 'dudosa' else absoluto_estado end as absoluto_estado,
        case when es_atribucion_dudosa then 'dudosa' else relativo_pct_estado end as relativo_pct_estado
    from {{ ref('int_renglones') }}
    {{ solo_por_rehacer() }}
),

acumulados as (
    select * from {{ ref('int_acumulados') }}
    {{ solo_por_rehacer() }}
),

declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    {{ solo_por_rehacer() }}
),

calculadas as (
    select
        accion_key,
        corte,
        case
            when not bool_or(programado is null and situacion_programado != 'fuera_de_plan')
                then coalesce(sum(programado), 0)
        end as meta_calculada,
        case
            when not bool_or(avance is null and situacion_avance = 'dudoso')
                then coalesce(sum(avance), 0)
        end as absoluto_calculado
    from declaraciones
    where not es_razon
    group by accion_key, corte
),

anteriores as (
    select
        *,
        lag(corte) over por_corte as corte_anterior,
        lag(plan) over por_corte as plan_anterior,
        lag(meta) over por_corte as meta_anterior
    from renglones
    window por_corte as (partition by accion_key order by corte)
),

-- What the cut before had planned for quarters that the new plan leaves out.
previos as (
    select
        anteriores.accion_key,
        anteriores.corte,
        sum(declaraciones.programado) as programado_previo,
        bool_or(declaraciones.programado is null) as es_previo_dudoso
    from anteriores
    inner join declaraciones
        on
            anteriores.accion_key = declaraciones.accion_key
            and anteriores.corte_anterior = declaraciones.corte
            and anteriores.plan_desde > declaraciones.trimestre
    where anteriores.plan is distinct from anteriores.plan_anterior
    group by anteriores.accion_key, anteriores.corte
),

rebases as (
    select
        anteriores.*,
        calculadas.meta_calculada,
        calculadas.absoluto_calculado,
        coalesce(previos.programado_previo, 0) as programado_previo,
        case
            when coalesce(previos.es_previo_dudoso, false) or anteriores.es_razon then null
            else anteriores.meta_anterior - coalesce(previos.programado_previo, 0)
        end as meta_esperada
    from anteriores
    left join calculadas
        on
            anteriores.accion_key = calculadas.accion_key
            and anteriores.corte = calculadas.corte
    left join previos
        on
            anteriores.accion_key = previos.accion_key
            and anteriores.corte = previos.corte
)

select
    rebases.accion_key,
    rebases.ente_codigo,
    rebases.unidad_codigo,
    rebases.ejercicio,
    rebases.accion_numero,
    rebases.unidad_medida_key,
    rebases.plan,
    rebases.corte,
    rebases.meta,
    rebases.meta_min,
    rebases.meta_max,
    rebases.meta_estado,
    rebases.meta_impreso,
    rebases.meta_calculada,
    rebases.absoluto,
    rebases.absoluto_estado,
    rebases.absoluto_impreso,
    rebases.absoluto_calculado,
    rebases.relativo_pct,
    rebases.relativo_pct_estado,
    rebases.relativo_pct_impreso,
    {{ porcentaje('rebases.absoluto', 'rebases.meta') }} as relativo_calculado_pct,
    acumulados.acumulado_plan_pct,
    acumulados.acumulado_ejercicio_pct,
    rebases.corte_anterior,
    rebases.plan_anterior,
    rebases.meta_anterior,
    rebases.programado_previo,
    rebases.meta_esperada,
    rebases.meta - rebases.meta_esperada as rebase_diferencia,
    rebases.extracto_id,
    rebases.linea
from rebases
left join acumulados
    on
        rebases.accion_key = acumulados.accion_key
        and rebases.corte = acumulados.a_corte
        and rebases.corte = acumulados.trimestre
