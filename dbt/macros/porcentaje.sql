{#
    Whole percent of parte over total, rounded half up as the form prints it: 5/40 is 13 %.

    floor((200 * parte + total) / (2 * total)) by exact arithmetic: the remainder is taken off
    before dividing, so that no floating point quotient is ever rounded (23/40 is 58 %, not 57 %).
    Null where total is 0 or either is null. Figures of the form are never negative.
#}
{% macro porcentaje(parte, total) -%}
    case
        when {{ total }} > 0
            then cast(
                (
                    (200 * cast({{ parte }} as decimal(28, 4)) + cast({{ total }} as decimal(28, 4)))
                    - (200 * cast({{ parte }} as decimal(28, 4)) + cast({{ total }} as decimal(28, 4)))
                    % (2 * cast({{ total }} as decimal(28, 4)))
                ) / (2 * cast({{ total }} as decimal(28, 4)))
                as bigint
            )
    end
{%- endmacro %}

{# Percent of parte over total to four decimals, the quotient that decides a light; null as above. #}
{% macro porcentaje_exacto(parte, total) -%}
    case when {{ total }} > 0 then round(100 * {{ parte }} / {{ total }}, 4) end
{%- endmacro %}
