{% set partes = [
    'ejercicio', 'medida', 'encabezado', 'unidad', 'reporte', 'rechazo', 'sustitucion', 'decision', 'tabla',
    'impreso', 'serie', 'clasificacion', 'registro',
] %}

{% for parte in partes -%}
select
    {{ columnas_hallazgo() }}
from {{ ref('int_hallazgos_' ~ parte) }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
