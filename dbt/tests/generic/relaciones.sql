{#
    Every value of these columns is found where it leads: `columnas` maps a column to a table (its column of the same
    name) or to `table.column`. One test a table, as each costs a load 0.04 s; its failing rows name the column. A null
    leads nowhere.
#}
{% test relaciones(model, columnas) %}
{%- for columna, destino in columnas.items() %}
{%- set tabla, llave = (destino ~ '.' ~ columna).split('.')[:2] %}
select
    '{{ columna }} sin fila en {{ tabla }}' as regla,
    cast(origen.{{ columna }} as {{ dbt.type_string() }}) as valor,
    count(*) as renglones
from {{ model }} as origen
left join {{ ref(tabla) }} as destino on origen.{{ columna }} = destino.{{ llave }}
where origen.{{ columna }} is not null and destino.{{ llave }} is null
group by 1, 2
{% if not loop.last %}union all{% endif %}
{%- endfor %}
{% endtest %}
