{# What raw keeps as JSON, and what a mart says in it. #}

{# The text under a key; null where there is none. #}
{% macro dato_json(json, llave) -%} {{ return(adapter.dispatch('dato_json')(json, llave)) }} {%- endmacro %}
{% macro default__dato_json(json, llave) -%} json_extract_string({{ json }}, '$.{{ llave }}') {%- endmacro %}
{% macro spark__dato_json(json, llave) -%} get_json_object({{ json }}, '$.{{ llave }}') {%- endmacro %}

{# The cells of a group of rows of stg_tmm__celdas as a JSON list, by their number. #}
{% macro celdas_json() -%} {{ return(adapter.dispatch('celdas_json')()) }} {%- endmacro %}

{% macro default__celdas_json() -%}
    cast(to_json(list(
        struct_pack(
            celda := celdas.celda, referencia := celdas.referencia, formula := celdas.formula,
            confianza := round(celdas.confianza, 3)
        )
        order by celdas.celda
    )) as string)
{%- endmacro %}

{# Spark leaves out what is null, unless told. #}
{% macro spark__celdas_json() -%}
    to_json(
        array_sort(collect_list(named_struct(
            'celda', celdas.celda, 'referencia', celdas.referencia, 'formula', celdas.formula,
            'confianza', {{ spark__redondea('celdas.confianza', 3) }}
        ))),
        map('ignoreNullFields', 'false')
    )
{%- endmacro %}

{# Pairs of value and score, [["con_eje", 0.03]], in words: con_eje (puntaje 0.03). #}
{% macro alternativas_dichas(json) -%} {{ return(adapter.dispatch('alternativas_dichas')(json)) }} {%- endmacro %}

{% macro default__alternativas_dichas(json) -%}
    regexp_replace({{ json }}, '[[]+"?([^]",[]+)"?, *([0-9.eE-]+)[]]+', '\1 (puntaje \2)', 'g')
{%- endmacro %}

{% macro spark__alternativas_dichas(json) -%}
    regexp_replace({{ json }}, r'[\[]+"?([^\]",\[]+)"?, *([0-9.eE-]+)[\]]+', '$1 (puntaje $2)')
{%- endmacro %}
