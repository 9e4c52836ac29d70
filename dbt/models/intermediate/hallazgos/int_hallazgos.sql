{# What follows from one ejercicio alone, and what other ejercicios may change. #}
{% set partes = [
    'ejercicio', 'medida', 'encabezado', 'unidad', 'reporte', 'rechazo', 'sustitucion', 'decision', 'tabla',
] %}

{% for parte in partes -%}
select
    {{ 'true' if parte == 'ejercicio' else 'false' }} as es_de_un_ejercicio,
    {{ columnas_hallazgo() }}
from {{ ref('int_hallazgos_' ~ parte) }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
