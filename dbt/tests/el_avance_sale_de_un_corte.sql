-- fct_avance is a choice among the statements of fct_avance_corte: every figure stands there, with its line. Only what
-- a new plan drops is said by no report: its quarters have no figure.
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
    or mejores.avance is distinct from case
        when mejores.situacion_avance != 'fuera_de_plan' then avances.avance
    end
    or mejores.programado is distinct from case
        when mejores.situacion_programado != 'fuera_de_plan' then programados.programado
    end
    or mejores.estado_avance is distinct from case
        when mejores.situacion_avance = 'fuera_de_plan' then 'no_aplica' else avances.estado_avance
    end
    or mejores.estado_programado is distinct from case
        when mejores.situacion_programado = 'fuera_de_plan' then 'no_aplica' else programados.estado_programado
    end
