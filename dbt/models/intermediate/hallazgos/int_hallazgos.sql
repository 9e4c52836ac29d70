-- A table: fct_hallazgo would plan all of it twice, once to compare its columns with its contract (0.9 s of a load).
{{ config(materialized='table') }}

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
