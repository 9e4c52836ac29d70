-- Each action of each report as the transparency portals ask for it: goals of the year, achievement of the quarter,
-- and what people declare in seeds/indicadores.csv (of the action before of its unit, of the ejercicio before of all).
{% set declarados = ['objetivo_institucional', 'dimension', 'definicion', 'linea_base', 'sentido'] %}

with metas as (
    select
        *,
        first_value(meta) over por_corte as meta_original,
        first_value(meta_min) over por_corte as meta_original_min,
        first_value(meta_max) over por_corte as meta_original_max,
        first_value(plan_desde) over por_corte as plan_desde_original,
        min(corte) over (partition by ente_codigo, unidad_codigo, ejercicio) as primer_corte,
        -- What the goal of the year has moved since the first cut, besides the quarters that a new plan leaves out.
        sum(rebase_diferencia) over por_corte as movida,
        count(*) filter (where rebase_diferencia is null and corte_anterior is not null) over por_corte as sin_saber
    from {{ ref('int_metas') }}
    window por_corte as (partition by accion_key order by corte)
),

avances as (
    select * from {{ ref('int_acumulados') }}
    where es_ultimo_corte
),

indicadores as (
    select * from {{ ref('indicadores') }}
),

textos as (
    select
        accion_key,
        max_by(descripcion, corte) filter (where {{ recorta('descripcion') }} != '') as descripcion
    from metas
    group by accion_key
),

declaradas as (
    select
        metas.accion_key,
        {%- for dato in declarados %}
        max_by(
            indicadores.{{ dato }},
            case when indicadores.accion_numero is null then 0 else 2 end
            + case when indicadores.ejercicio is null then 0 else 1 end
        ) filter (where indicadores.{{ dato }} is not null) as {{ dato }},
        {%- endfor %}
        metas.corte
    from metas
    inner join indicadores
        on
            metas.ente_codigo = indicadores.ente_codigo
            and metas.unidad_codigo = indicadores.unidad_codigo
            and metas.ejercicio = coalesce(indicadores.ejercicio, metas.ejercicio)
            and metas.accion_numero_actual = coalesce(indicadores.accion_numero, metas.accion_numero_actual)
    group by metas.accion_key, metas.corte
)

select
    metas.accion_key,
    metas.corte,
    metas.ente_codigo,
    metas.unidad_codigo,
    metas.ejercicio,
    metas.accion_numero,
    metas.accion_numero_actual,
    metas.extracto_id,
    metas.linea,
    metas.unidad_medida_nombre,
    -- As the report prints it; of a row without text, what another cut calls the action.
    coalesce(nullif({{ recorta('metas.descripcion') }}, ''), textos.descripcion) as indicador_nombre,
    metas.meta_original,
    metas.meta_original_min,
    metas.meta_original_max,
    -- Of a unit that did not report before its plan began nobody knows the goal of the whole year.
    case
        when
            not metas.es_razon
            and metas.plan_desde_original > cast(metas.ejercicio as string) || '-T1'
            and metas.primer_corte >= metas.plan_desde_original
            then metas.plan_desde_original
    end as meta_desde,
    case
        when metas.es_razon and metas.meta != metas.meta_original then metas.meta
        when not metas.es_razon and metas.sin_saber = 0 and metas.movida != 0
            then metas.meta_original + metas.movida
    end as meta_ajustada,
    case
        when metas.es_razon then metas.meta is null or metas.meta_original is null
        else metas.sin_saber > 0
    end as es_ajuste_dudoso,
    avances.avance,
    avances.avance_min,
    avances.avance_max,
    {%- for dato in declarados %}
    declaradas.{{ dato }},
    {%- endfor %}
    avances.avance_acumulado_ejercicio
from metas
inner join avances
    on
        metas.accion_key = avances.accion_key
        and metas.corte = avances.trimestre
inner join textos
    on metas.accion_key = textos.accion_key
left join declaradas
    on
        metas.accion_key = declaradas.accion_key
        and metas.corte = declaradas.corte
