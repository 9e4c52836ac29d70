-- By ejercicio: the findings that follow from one ejercicio alone, whatever the others hold.
{{ config(materialized='incremental', partition_by='ejercicio') }}

{% set partes = ['lectura', 'sumas', 'renglon', 'desviacion', 'meta', 'historia', 'rezago', 'centena'] %}

{% for parte in partes -%}
select
    {{ columnas_hallazgo() }}
from {{ ref('int_hallazgos_' ~ parte) }}
{{ solo_por_rehacer() }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
