-- The líneas in force count each action once, those of its last cut.
select acciones.accion_key
from {{ ref('dim_accion') }} as acciones
left join {{ ref('bridge_accion_linea') }} as lineas
    on
        acciones.accion_key = lineas.accion_key
        and lineas.es_vigente
where acciones.accion_id != '(desconocida)'
group by acciones.accion_key, acciones.ultimo_corte
having
    coalesce(sum(lineas.ponderador), 0) != 1
    or min(lineas.corte) != acciones.ultimo_corte
    or max(lineas.corte) != acciones.ultimo_corte
