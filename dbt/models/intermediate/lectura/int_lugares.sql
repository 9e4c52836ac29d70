-- Where each line of a document stands: its page, the box around its cells, the cells of its sheet.
with celdas as (
    select * from {{ ref('stg_tmm__celdas') }}
),

hojas as (
    select * from {{ ref('stg_tmm__hojas') }}
)

select
    celdas.extracto_id,
    celdas.linea,
    min(celdas.hoja) as lugar_pagina,
    min(hojas.giro) as lugar_giro,
    min(celdas.x0) as lugar_x0,
    min(celdas.y0) as lugar_y0,
    max(celdas.x1) as lugar_x1,
    max(celdas.y1) as lugar_y1,
    case
        when min(celdas.referencia) is null then 'página ' || min(celdas.hoja)
        else min_by(celdas.referencia, celdas.celda) filter (where celdas.referencia is not null) || ' a '
            || max_by(celdas.referencia, celdas.celda) filter (where celdas.referencia is not null)
    end as lugar,
    {{ celdas_json() }} as lugar_celdas
from celdas
inner join hojas
    on
        celdas.extracto_id = hojas.extracto_id
        and celdas.hoja = hojas.hoja
group by celdas.extracto_id, celdas.linea
