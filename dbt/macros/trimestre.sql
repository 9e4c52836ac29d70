{# First day of a quarter written '2022-T4'. #}
{% macro inicio_trimestre(trimestre) -%}
    make_date(
        cast(left({{ trimestre }}, 4) as integer), 3 * cast(right({{ trimestre }}, 1) as integer) - 2, 1
    )
{%- endmacro %}

{# Last day of a quarter written '2022-T4': the date by which BI tools place its figures (dim_fecha). #}
{% macro fin_trimestre(trimestre) -%}
    last_day(make_date(cast(left({{ trimestre }}, 4) as integer), 3 * cast(right({{ trimestre }}, 1) as integer), 1))
{%- endmacro %}

{# A day as a Mexican office writes it: 31/12/2022. #}
{% macro fecha_impresa(dia) -%}
    substr(cast({{ dia }} as string), 9, 2) || '/' || substr(cast({{ dia }} as string), 6, 2) || '/'
    || substr(cast({{ dia }} as string), 1, 4)
{%- endmacro %}

{# A day that was written so. #}
{% macro dia_impreso(texto) -%}
    make_date(
        cast(substr({{ texto }}, 7, 4) as integer),
        cast(substr({{ texto }}, 4, 2) as integer),
        cast(substr({{ texto }}, 1, 2) as integer)
    )
{%- endmacro %}

{# The days from one to a later one, a row each. #}
{% macro dias_entre(desde, hasta) -%} {{ return(adapter.dispatch('dias_entre')(desde, hasta)) }} {%- endmacro %}
{% macro default__dias_entre(desde, hasta) -%}
    cast(unnest(generate_series({{ desde }}, {{ hasta }}, interval 1 day)) as date)
{%- endmacro %}
{% macro spark__dias_entre(desde, hasta) -%} explode(sequence({{ desde }}, {{ hasta }}, interval 1 day)) {%- endmacro %}

{# The day of the week, 1 is Monday. #}
{% macro dia_de_semana(dia) -%} {{ return(adapter.dispatch('dia_de_semana')(dia)) }} {%- endmacro %}
{% macro default__dia_de_semana(dia) -%} isodow({{ dia }}) {%- endmacro %}
{% macro spark__dia_de_semana(dia) -%} extract(dayofweek_iso from {{ dia }}) {%- endmacro %}
