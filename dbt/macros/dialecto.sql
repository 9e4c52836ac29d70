{# What DuckDB and Spark write differently, each in one place (dispatched). #}

{# Text without accents, punctuation or case, for comparing: 'Padrón  actualizado.' is 'PADRON ACTUALIZADO', '%' PORCENTAJE. #}
{% macro normaliza(texto) -%}{{ return(adapter.dispatch('normaliza', 'avance')(texto)) }}{%- endmacro %}

{% macro default__normaliza(texto) -%}
    trim(regexp_replace(upper(strip_accents(replace({{ texto }}, '%', ' porcentaje '))), '[^A-Z0-9]+', ' ', 'g'))
{%- endmacro %}

{% macro spark__normaliza(texto) -%}
    trim(regexp_replace(
        translate(upper(replace({{ texto }}, '%', ' porcentaje ')), 'ÁÉÍÓÚÜÑ', 'AEIOUUN'), '[^A-Z0-9]+', ' '
    ))
{%- endmacro %}

{# Value of a key of a flat JSON object, as text; null where it is not there. #}
{% macro json_texto(columna, llave) -%}{{ return(adapter.dispatch('json_texto', 'avance')(columna, llave)) }}{%- endmacro %}

{% macro default__json_texto(columna, llave) -%}json_extract_string({{ columna }}, '$.{{ llave }}'){%- endmacro %}

{% macro spark__json_texto(columna, llave) -%}get_json_object({{ columna }}, '$.{{ llave }}'){%- endmacro %}

{# One row per element of an array. #}
{% macro despliega(arreglo) -%}{{ return(adapter.dispatch('despliega', 'avance')(arreglo)) }}{%- endmacro %}

{% macro default__despliega(arreglo) -%}unnest({{ arreglo }}){%- endmacro %}

{% macro spark__despliega(arreglo) -%}explode({{ arreglo }}){%- endmacro %}

{# Parts of a text split at a one-character separator. #}
{% macro parte_texto(texto, separador) -%}{{ return(adapter.dispatch('parte_texto', 'avance')(texto, separador)) }}{%- endmacro %}

{% macro default__parte_texto(texto, separador) -%}string_split({{ texto }}, '{{ separador }}'){%- endmacro %}

{% macro spark__parte_texto(texto, separador) -%}split({{ texto }}, '[{{ separador }}]'){%- endmacro %}

{# A printed figure as a number: '34,086' is 34086, '77%' is 77; null where it is no number. #}
{% macro cifra_impresa(texto) -%}
    try_cast(replace(replace(replace({{ texto }}, ',', ''), '%', ''), ' ', '') as decimal(18, 4))
{%- endmacro %}

{# Positions of an array's elements, one row each, beside despliega() of the same array. #}
{% macro posiciones(arreglo) -%}{{ return(adapter.dispatch('posiciones', 'avance')(arreglo)) }}{%- endmacro %}

{% macro default__posiciones(arreglo) -%}range(1, len({{ arreglo }}) + 1){%- endmacro %}

{% macro spark__posiciones(arreglo) -%}sequence(1, size({{ arreglo }})){%- endmacro %}

{# Whether a text is a línea de acción code: numbers parted by points, 2.13.1. #}
{% macro es_codigo_linea(texto) -%}{{ return(adapter.dispatch('es_codigo_linea', 'avance')(texto)) }}{%- endmacro %}

{% macro default__es_codigo_linea(texto) -%}
    coalesce(regexp_full_match({{ texto }}, '[0-9]+([.][0-9]+)+'), false)
{%- endmacro %}

{% macro spark__es_codigo_linea(texto) -%}
    coalesce({{ texto }} rlike '^[0-9]+([.][0-9]+)+$', false)
{%- endmacro %}

{# A figure as a person writes it: 100.0000 is 100, 12.5000 is 12.5. #}
{% macro cifra_texto(cifra) -%}
    regexp_replace(cast(cast({{ cifra }} as decimal(28, 4)) as {{ tipo_texto() }}), '[.]?0+$', '')
{%- endmacro %}

{# The engine's type for text. #}
{% macro tipo_texto() -%}{{ return(dbt.type_string()) }}{%- endmacro %}

{# Alternatives of a settled fact, JSON pairs of value and score, in words: con_eje (puntaje 0.03). Null where there are none. #}
{% macro alternativas_texto(columna) -%}{{ return(adapter.dispatch('alternativas_texto', 'avance')(columna)) }}{%- endmacro %}

{% macro default__alternativas_texto(columna) -%}
    nullif(regexp_replace(
        {{ columna }}, '[[]+"?([^]",[]+)"?, *([0-9.eE-]+)[]]+', '\1 (puntaje \2)', 'g'
    ), '[]')
{%- endmacro %}

{% macro spark__alternativas_texto(columna) -%}
    nullif(regexp_replace({{ columna }}, '[\\[]+"?([^\\]",\\[]+)"?, *([0-9.eE-]+)\\]+', '$1 (puntaje $2)'), '[]')
{%- endmacro %}
