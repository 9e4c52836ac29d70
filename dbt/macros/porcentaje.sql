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
    case when {{ total }} > 0 then {{ redondea('(cast(100 * ' ~ parte ~ ' as double) / ' ~ total ~ ')', 4) }} end
{%- endmacro %}

{#
    A percent with its worst and its best case, which stand where it rests on a figure that has only its range:
    <nombre>_pct, <nombre>_min_pct, <nombre>_max_pct. Outer bounds: the two ranges may not be free of each other.
    The best case is null where the total may be 0.
#}
{% macro porcentaje_y_casos(nombre, parte, total) -%}
    {{ porcentaje(parte, total) }} as {{ nombre }}_pct,
    case when {{ parte }} is null or {{ total }} is null
        then {{ porcentaje('coalesce(' ~ parte ~ ', ' ~ parte ~ '_min)', 'coalesce(' ~ total ~ ', ' ~ total ~ '_max)') }}
    end as {{ nombre }}_min_pct,
    case when {{ parte }} is null or {{ total }} is null
        then {{ porcentaje('coalesce(' ~ parte ~ ', ' ~ parte ~ '_max)', 'coalesce(' ~ total ~ ', ' ~ total ~ '_min)') }}
    end as {{ nombre }}_max_pct
{%- endmacro %}
