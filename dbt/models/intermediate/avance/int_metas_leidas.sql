-- Goal of each action in each cut as printed and as read.
-- Where it is uncertain whose page it is, what was read is a range of one value.
select
    accion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero,
    unidad_medida_key,
    es_razon,
    plan,
    plan_desde,
    corte,
    extracto_id,
    linea,
    {%- for campo in ['meta', 'absoluto', 'relativo_pct'] %}
    case when not es_atribucion_dudosa then {{ campo }} end as {{ campo }},
    case when es_atribucion_dudosa then 'dudosa' else {{ campo }}_estado end as {{ campo }}_estado,
    {{ campo }}_impreso,
    {%- endfor %}
    {{ extremo('meta', 'min') }} as meta_min,
    {{ extremo('meta', 'max') }} as meta_max
from {{ ref('int_renglones') }}
