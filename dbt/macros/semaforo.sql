{# Whether avance over programado falls into a band of seeds/semaforo.csv: by the exact quotient, not the rounded percent. #}
{% macro en_banda(avance, programado, dia, banda) -%}
    {{ programado }} > 0
    and {{ dia }} between {{ banda }}.vigente_desde and coalesce({{ banda }}.vigente_hasta, date '9999-12-31')
    and (
        100 * {{ avance }} > {{ banda }}.desde_pct * {{ programado }}
        or ({{ banda }}.incluye_desde and 100 * {{ avance }} = {{ banda }}.desde_pct * {{ programado }})
    )
    and (
        {{ banda }}.hasta_pct is null
        or 100 * {{ avance }} < {{ banda }}.hasta_pct * {{ programado }}
        or ({{ banda }}.incluye_hasta and 100 * {{ avance }} = {{ banda }}.hasta_pct * {{ programado }})
    )
{%- endmacro %}

{# The light of a cell: its band, or in words why it has none. #}
{% macro semaforo(avance, programado, banda, no_aplica) -%}
    case
        when {{ no_aplica }} then 'no aplica'
        when luces.situacion_avance = 'futuro' then 'sin reporte'
        when luces.situacion_avance = 'fuera_de_plan' and luces.situacion_programado = 'fuera_de_plan'
            then 'fuera de plan'
        when {{ avance }} is null or {{ programado }} is null then 'dudoso'
        when {{ programado }} = 0 and {{ avance }} = 0 then 'sin programación'
        when {{ programado }} = 0 then 'no programado'
        else {{ banda }}
    end
{%- endmacro %}

{# A percent of the facts with its cases, its exact quotient, and the light that the quotient decides. #}
{% macro luz(nombre, avance, programado, luz, no_aplica) -%}
    luces.{{ nombre }}_pct,
    luces.{{ nombre }}_min_pct,
    luces.{{ nombre }}_max_pct,
    {{ a_decimal(porcentaje_exacto('luces.' ~ avance, 'luces.' ~ programado), 28, 4) }} as {{ nombre }}_exacto_pct,
    {{ semaforo('luces.' ~ avance, 'luces.' ~ programado, 'banda_' ~ luz ~ '.banda', no_aplica) }} as {{ luz }}
{%- endmacro %}
