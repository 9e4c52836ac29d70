{#
    Every figure of the table that has an estado: doubtful, it is null, with both ends of its range or, where the print
    gives none, neither; settled, it has no range. The figure of estado_x is x, by its unit or kind: x_pct, x_codigo.
#}
{% test lo_dudoso_va_sin_valor(model) %}
{%- set columnas = adapter.get_columns_in_relation(model) | map(attribute='name') | list if execute else [] %}
{%- for estado in columnas if estado.startswith('estado_') %}
{%- set dato = estado.removeprefix('estado_') %}
{%- set cifras = [dato, dato ~ '_pct', dato ~ '_codigo', dato ~ '_numero'] | select('in', columnas) | list %}
{%- if not cifras %}
    {{ exceptions.raise_compiler_error(model ~ '.' ~ estado ~ ' is the estado of no column') }}
{%- endif %}
{%- set rangos = [dato ~ '_min', dato ~ '_min_pct'] | select('in', columnas) | list %}
select
    '{{ cifras[0] }}' as cifra,
    count(*) as renglones
from {{ model }}
where
    {{ estado }} = 'dudosa' and {{ cifras[0] }} is not null
    {%- for minimo in rangos %}
    {%- set maximo = minimo.replace('_min', '_max') %}
    or {{ estado }} = 'dudosa' and (({{ minimo }} is null) != ({{ maximo }} is null) or {{ minimo }} > {{ maximo }})
    or {{ estado }} != 'dudosa' and coalesce({{ minimo }}, {{ maximo }}) is not null
    {%- endfor %}
having count(*) > 0
{% if not loop.last %}union all{% endif %}
{%- else %}
select 'sin estado' as cifra where false
{%- endfor %}
{% endtest %}
