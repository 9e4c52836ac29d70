{#
    Surrogate key of a natural key: md5 of its parts, each coalesced, since a null
    would null the whole concatenation on some engines and vanish from it on others.
#}
{% macro clave(columnas) -%}
    md5(
        {%- for columna in columnas -%}
            coalesce(cast({{ columna }} as varchar), '~')
            {%- if not loop.last %} || '|' || {% endif -%}
        {%- endfor -%}
    )
{%- endmacro %}

{# Key of the unknown member of every dimension. #}
{% macro clave_desconocida() -%}
    md5('desconocido')
{%- endmacro %}
