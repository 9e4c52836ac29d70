{# Lists, and texts put together of several rows: each engine has its own words for them. #}

{# A row for each element of a list. One a select: Spark makes the product of two, DuckDB sets them side by side. #}
{% macro despliega(lista) -%} {{ return(adapter.dispatch('despliega')(lista)) }} {%- endmacro %}
{% macro default__despliega(lista) -%} unnest({{ lista }}) {%- endmacro %}
{% macro spark__despliega(lista) -%} explode({{ lista }}) {%- endmacro %}

{# A row for each element of a list with its place, from 1; of an empty list one row, of an empty text. #}
{% macro despliega_con_lugar(lista, elemento, lugar) -%}
    {{ return(adapter.dispatch('despliega_con_lugar')(lista, elemento, lugar)) }}
{%- endmacro %}

{% macro default__despliega_con_lugar(lista, elemento, lugar) -%}
    unnest(case when len({{ lista }}) = 0 then [''] else {{ lista }} end) as {{ elemento }},
    unnest(range(1, greatest(len({{ lista }}), 1) + 1)) as {{ lugar }}
{%- endmacro %}

{% macro spark__despliega_con_lugar(lista, elemento, lugar) -%}
    inline(
        transform(
            if(size({{ lista }}) = 0, array(''), {{ lista }}),
            (x, i) -> named_struct('{{ elemento }}', x, '{{ lugar }}', i + 1)
        )
    )
{%- endmacro %}

{# The parts of a text between separators of one character. #}
{% macro partido(texto, separador) -%} {{ return(adapter.dispatch('partido')(texto, separador)) }} {%- endmacro %}
{% macro default__partido(texto, separador) -%} string_split({{ texto }}, '{{ separador }}') {%- endmacro %}
{# Spark parts by a regular expression. #}
{% macro spark__partido(texto, separador) -%} split({{ texto }}, '[{{ separador }}]') {%- endmacro %}

{# The elements of a list as one text. #}
{% macro une(lista, separador) -%} {{ return(adapter.dispatch('une')(lista, separador)) }} {%- endmacro %}
{% macro default__une(lista, separador) -%} array_to_string({{ lista }}, '{{ separador }}') {%- endmacro %}
{% macro spark__une(lista, separador) -%} array_join({{ lista }}, '{{ separador }}') {%- endmacro %}

{# The texts of a group as one, in an order; null of a group that has none. #}
{% macro une_textos(texto, separador, orden) -%}
    {{ return(adapter.dispatch('une_textos')(texto, separador, orden)) }}
{%- endmacro %}

{% macro default__une_textos(texto, separador, orden) -%}
    string_agg({{ texto }}, '{{ separador }}' order by {{ orden }})
{%- endmacro %}

{% macro spark__une_textos(texto, separador, orden) -%}
    listagg({{ texto }}, '{{ separador }}') within group (order by {{ orden }})
{%- endmacro %}

{# The different texts of a group as one, in their own order; null of a group that has none. #}
{% macro une_distintos(texto, separador, condicion='true') -%}
    {{ return(adapter.dispatch('une_distintos')(texto, separador, condicion)) }}
{%- endmacro %}

{% macro default__une_distintos(texto, separador, condicion) -%}
    string_agg(distinct {{ texto }}, '{{ separador }}' order by {{ texto }}) filter (where {{ condicion }})
{%- endmacro %}

{# listagg(distinct …) within group fails with ClassCastException in Spark 4.3. #}
{% macro spark__une_distintos(texto, separador, condicion) -%}
    case
        when count({{ texto }}) filter (where {{ condicion }}) > 0
            then array_join(
                array_sort(collect_set({{ texto }}) filter (where {{ condicion }})), '{{ separador }}'
            )
    end
{%- endmacro %}
