-- Every action of every cut has at least one línea de acción, be it the unknown one.
select
    metas.accion_key,
    metas.corte
from {{ ref('fct_meta') }} as metas
left join {{ ref('bridge_accion_linea') }} as lineas
    on
        metas.accion_key = lineas.accion_key
        and metas.corte = lineas.corte
where lineas.accion_key is null
