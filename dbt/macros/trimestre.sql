{# First day of a quarter written '2022-T4'. #}
{% macro inicio_trimestre(trimestre) -%}
    make_date(
        cast(left({{ trimestre }}, 4) as integer), 3 * cast(right({{ trimestre }}, 1) as integer) - 2, 1
    )
{%- endmacro %}
