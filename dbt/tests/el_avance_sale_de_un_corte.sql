-- fct_avance is a choice among the statements of fct_avance_corte: every figure stands there, with its line.
select mejores.*
from {{ ref('fct_avance') }} as mejores
left join {{ ref('fct_avance_corte') }} as avances
    on
        mejores.accion_key = avances.accion_key
        and mejores.trimestre = avances.trimestre
        and mejores.corte = avances.corte
left join {{ ref('fct_avance_corte') }} as programados
    on
        mejores.accion_key = programados.accion_key
        and mejores.trimestre = programados.trimestre
        and mejores.corte_programado = programados.corte
where
    avances.linea is distinct from mejores.linea
    or programados.linea is distinct from mejores.linea_programado
    or avances.avance is distinct from mejores.avance
    or programados.programado is distinct from mejores.programado
    or avances.estado_avance is distinct from mejores.estado_avance
    or programados.estado_programado is distinct from mejores.estado_programado
