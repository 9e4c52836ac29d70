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
    substr(cast({{ dia }} as varchar), 9, 2) || '/' || substr(cast({{ dia }} as varchar), 6, 2) || '/'
    || substr(cast({{ dia }} as varchar), 1, 4)
{%- endmacro %}
