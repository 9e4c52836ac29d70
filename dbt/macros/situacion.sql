{#
    What a report says of one cell (docs/architecture.md), from its reading: futuro, informado, dudoso,
    fuera_de_plan or en_blanco. Needs the columns of int_avance_corte beside the cell.
#}
{% macro situacion(medida, es_futuro) -%}
    case
        when {{ es_futuro }} then 'futuro'
        -- A quarter before the plan began holds nothing: a 0 printed there is no statement. Of a plan that is not known
        -- the beginning is gathered from its rows, and says nothing of what is printed and in doubt.
        when
            trimestre < plan_desde and coalesce({{ medida }}_leido, 0) = 0 and coalesce({{ medida }}_max, 0) = 0
            and (plan is not null or estado_{{ medida }} != 'dudosa' or {{ recorta(medida ~ '_impreso') }} = '')
            then 'fuera_de_plan'
        when estado_{{ medida }} = 'dudosa' then 'dudoso'
        when {{ medida }}_leido is null and es_cerrada then 'en_blanco'
        when {{ medida }}_leido = 0 and {{ recorta(medida ~ '_impreso') }} = '' and es_cerrada then 'en_blanco'
        when {{ medida }}_leido is null then 'dudoso'
        else 'informado'
    end
{%- endmacro %}

{# The value a mart shows of such a cell: 0 where it was left blank, NULL where nothing is stated. #}
{% macro valor_situado(medida) -%}
    case
        when situacion_{{ medida }} = 'en_blanco' then cast(0 as decimal(18, 4))
        when situacion_{{ medida }} = 'informado' then {{ medida }}_leido
    end
{%- endmacro %}

{# Its estado: a cell that states nothing has none (no_aplica), and one that nothing settles is doubtful. #}
{% macro estado_situado(medida) -%}
    case
        when situacion_{{ medida }} in ('futuro', 'fuera_de_plan') then 'no_aplica'
        when situacion_{{ medida }} = 'dudoso' then 'dudosa'
        else estado_{{ medida }}
    end
{%- endmacro %}

{# The worse of two estados, in the order of docs/form.md; no_aplica only where neither has one. #}
{% macro peor_estado(uno, otro) -%}
    case
        when 'dudosa' in ({{ uno }}, {{ otro }}) then 'dudosa'
        when 'reparada' in ({{ uno }}, {{ otro }}) then 'reparada'
        when 'corregida' in ({{ uno }}, {{ otro }}) then 'corregida'
        when 'realineada' in ({{ uno }}, {{ otro }}) then 'realineada'
        when 'exacta' in ({{ uno }}, {{ otro }}) then 'exacta'
        else 'no_aplica'
    end
{%- endmacro %}
