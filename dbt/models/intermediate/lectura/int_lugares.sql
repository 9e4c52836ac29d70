-- Where each line of a document stands: its page, the box around its cells, the cells of its sheet.
with celdas as (
    select * from {{ ref('stg_tmm__celdas') }}
)

select
    extracto_id,
    linea,
    min(hoja) as lugar_pagina,
    min(x0) as lugar_x0,
    min(y0) as lugar_y0,
    max(x1) as lugar_x1,
    max(y1) as lugar_y1,
    case
        when min(referencia) is null then 'página ' || min(hoja)
        else min_by(referencia, celda) || ' a ' || max_by(referencia, celda)
    end as lugar,
    cast(to_json(list(
        struct_pack(celda := celda, referencia := referencia, formula := formula, confianza := round(confianza, 3))
        order by celda
    )) as varchar) as lugar_celdas
from celdas
group by extracto_id, linea
