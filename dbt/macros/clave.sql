{#
    Surrogate key of a natural key: md5 of its parts, each coalesced, since a null
    would null the whole concatenation on some engines and vanish from it on others.
#}
{% macro clave(columnas) -%}
    md5(
        {%- for columna in columnas -%}
            coalesce(cast({{ columna }} as string), '~')
            {%- if not loop.last %} || '|' || {% endif -%}
        {%- endfor -%}
    )
{%- endmacro %}

{# Key of the unknown member of every dimension. #}
{% macro clave_desconocida() -%}
    md5('desconocido')
{%- endmacro %}

{# Key of a member that an ente's code names (programa, ramo); of no code, the unknown member's. #}
{% macro clave_de_codigo(ente, codigo) -%}
    case when {{ codigo }} is null then {{ clave_desconocida() }} else {{ clave([ente, codigo]) }} end
{%- endmacro %}

{# Code of the eje that a línea de acción is of, the first number of its own: 2 of 2.3.1; null of the unknown línea. #}
{% macro eje_de_linea(linea_codigo) -%}
    case
        when {{ linea_codigo }} != '(desconocida)'
            then left({{ linea_codigo }}, position('.' in {{ linea_codigo }}) - 1)
    end
{%- endmacro %}

{# Key of that eje: its code means something else in another plan. #}
{% macro clave_eje(ente, plan, eje_codigo) -%}
    case when {{ eje_codigo }} is null then {{ clave_desconocida() }} else {{ clave([ente, plan, eje_codigo]) }} end
{%- endmacro %}
