{# Whether a page counts: alone, or beside another one with other figures (raw.formatos.situacion). #}
{% macro es_vigente() -%}
    situacion in ('vigente', 'en_disputa')
{%- endmacro %}
