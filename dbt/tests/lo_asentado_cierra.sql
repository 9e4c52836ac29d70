-- A chosen and settled row of an additive measure closes: where it does not, the reading is at fault, not the
-- print. Of ratios nothing is computed, so nothing is compared. What a person decided stands as decided.
with cifras as (
    select
        accion_key,
        corte,
        bool_or('dudosa' in (estado_programado, estado_avance)) as es_dudosa,
        bool_or('corregida' in (estado_programado, estado_avance)) as es_corregida
    from {{ ref('fct_avance_corte') }}
    group by accion_key, corte
)

select metas.*
from {{ ref('fct_meta') }} as metas
inner join cifras
    on
        metas.accion_key = cifras.accion_key
        and metas.corte = cifras.corte
where
    not cifras.es_dudosa
    and not cifras.es_corregida
    and (
        (metas.estado_meta not in ('dudosa', 'corregida') and metas.meta != metas.meta_calculada)
        or (metas.estado_absoluto not in ('dudosa', 'corregida') and metas.absoluto != metas.absoluto_calculado)
    )
