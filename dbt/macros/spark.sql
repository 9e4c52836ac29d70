{# What dbt's adapter for Spark does otherwise than the models need. #}

{#
    The rows of a seed, an empty cell as null: the adapter's own gives its session 'None'. Each value is written as text
    and cast to its column's type (_seeds.yml).
#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set tipos = model['config'].get('column_types', {}) -%}
    {%- for filas in agate_table.rows | batch(200) -%}
        {%- set sql -%}
            insert into {{ this.render() }} values
            {% for fila in filas -%}
                (
                {%- for valor in fila -%}
                    {%- set tipo = tipos[agate_table.column_names[loop.index0]] -%}
                    cast({{ 'null' if valor is none else texto_spark(valor) }} as {{ tipo }})
                    {%- if not loop.last %}, {% endif -%}
                {%- endfor -%}
                )
                {%- if not loop.last %}, {% endif %}
            {%- endfor -%}
        {%- endset -%}
        {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {%- endfor -%}
    {{ return('-- rows of ' ~ model['name']) }}
{%- endmacro %}

{# A value as a literal of Spark, where a backslash is not itself. #}
{% macro texto_spark(valor) -%}
    '{{ valor | string | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}
