{# Doubles that are rounded or written out: where the engines would say another last digit. #}

{# A double to some decimals. Spark rounds what it would print (0.285 is 0.29), DuckDB what it holds (0.28). #}
{% macro redondea(numero, decimales) -%} {{ return(adapter.dispatch('redondea')(numero, decimales)) }} {%- endmacro %}
{% macro default__redondea(numero, decimales) -%} round({{ numero }}, {{ decimales }}) {%- endmacro %}

{% macro spark__redondea(numero, decimales) -%}
    (sign({{ numero }}) * floor(abs({{ numero }}) * 1e{{ decimales }} + 0.5D) / 1e{{ decimales }})
{%- endmacro %}

{# A double as a decimal. #}
{% macro a_decimal(numero, digitos, decimales) -%}
    {{ return(adapter.dispatch('a_decimal')(numero, digitos, decimales)) }}
{%- endmacro %}

{% macro default__a_decimal(numero, digitos, decimales) -%}
    cast({{ numero }} as decimal({{ digitos }}, {{ decimales }}))
{%- endmacro %}

{% macro spark__a_decimal(numero, digitos, decimales) -%}
    cast({{ spark__redondea('cast(' ~ numero ~ ' as double)', decimales) }} as decimal({{ digitos }}, {{ decimales }}))
{%- endmacro %}

{# A double as text: 0.0001, where Spark writes 1.0E-4. Nothing here is smaller and not 0. #}
{% macro numero_texto(numero) -%} {{ return(adapter.dispatch('numero_texto')(numero)) }} {%- endmacro %}
{% macro default__numero_texto(numero) -%} cast({{ numero }} as string) {%- endmacro %}

{% macro spark__numero_texto(numero) -%}
    case
        when abs({{ numero }}) >= 0.001 or {{ numero }} = 0 then cast({{ numero }} as string)
        else regexp_replace(cast(cast({{ numero }} as decimal(28, 16)) as string), '0+$', '')
    end
{%- endmacro %}
