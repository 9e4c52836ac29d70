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
    {%- for de, medida in [('avances', 'avance'), ('programados', 'programado')] %}
    or (
        (
            {{ de }}.{{ medida }} is distinct from mejores.{{ medida }}
            or {{ de }}.estado_{{ medida }} is distinct from mejores.estado_{{ medida }}
        )
        and not (mejores.situacion_{{ medida }} = 'fuera_de_plan' and mejores.{{ medida }} is null)
    )
    {%- endfor %}
