-- To the transparency portals: the achievement of the period that the row names, and an adjusted goal only where the
-- goal moved beyond the change of plan.
with avances as (
    select
        indicadores.indicador_key,
        sum(avances.avance) as avance,
        count(*) filter (where avances.avance is null) as sin_saber
    from {{ ref('exp_pnt_indicadores') }} as indicadores
    inner join {{ ref('fct_avance') }} as avances
        on indicadores.accion_key = avances.accion_key
    inner join {{ ref('dim_trimestre') }} as trimestres
        on avances.trimestre = trimestres.trimestre
    where
        trimestres.inicio_fecha >= {{ dia_impreso('indicadores.periodo_inicio_fecha') }}
        and trimestres.fin_fecha <= {{ dia_impreso('indicadores.periodo_fin_fecha') }}
    group by indicadores.indicador_key
),

movidas as (
    select
        accion_key,
        corte,
        sum(rebase_diferencia) over (partition by accion_key order by corte) as movida
    from {{ ref('fct_meta') }}
)

select indicadores.*
from {{ ref('exp_pnt_indicadores') }} as indicadores
left join avances
    on indicadores.indicador_key = avances.indicador_key
left join movidas
    on
        indicadores.accion_key = movidas.accion_key
        and indicadores.corte = movidas.corte
inner join {{ ref('dim_accion') }} as acciones
    on indicadores.accion_key = acciones.accion_key
where
    avances.sin_saber is null
    or (avances.sin_saber = 0) != (indicadores.avance_metas is not null)
    or avances.avance != indicadores.avance_metas
    or (not acciones.es_razon and indicadores.metas_ajustadas is not null and coalesce(movidas.movida, 0) = 0)
