{#
    Models that stand by ejercicio (materialized incremental; delete+insert by ejercicio, on Spark a partition each): where they stand already
    they make anew the ejercicios of raw.ejercicios_por_rehacer and leave the rest; dbt's --full-refresh makes them
    whole. Who fills that table is dagster_project/warehouse/state/build_plan.py.

    Such a model may read of another ejercicio nothing that changes its own rows: what crosses years
    (names agreed over all printings, people, units) is joined in models that are made whole.
    0 stands for the pages of no settled year, whose ejercicio is null.
#}

{#
    The filter of an import CTE of such a model (a unit test has no `this`: there is no table to ask about). The years
    are written out: DuckDB takes a list of them below joins and windows, and no subquery. First and last stand beside
    the list, since DuckDB takes those, and no list, to the other side of a join by ejercicio too.
#}
{% macro solo_por_rehacer(antes='where') -%}
    {%- if execute and this and is_incremental() -%}
        {%- set anios = run_query('select ejercicio from raw.ejercicios_por_rehacer').columns[0].values() | sort -%}
        {%- if anios and 0 not in anios %}
        {{ antes }} ejercicio >= {{ anios | first }} and ejercicio <= {{ anios | last }}
        and ejercicio in ({{ anios | join(', ') }})
        {%- else %}
        {{ antes }} coalesce(ejercicio, 0) in ({{ anios | join(', ') or 'null' }})
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Before such a model: those ejercicios leave it. delete+insert alone would leave one that no row comes of any more. #}
{% macro olvida_por_rehacer() -%}
    {%- if is_incremental() %}{{ return(adapter.dispatch('olvida_ejercicios')()) }}{% endif -%}
{%- endmacro %}

{% macro default__olvida_ejercicios() -%}
    delete from {{ this }} where coalesce(ejercicio, 0) in (select ejercicio from raw.ejercicios_por_rehacer)
{%- endmacro %}

{# Parquet has no delete: the folder of an ejercicio goes. insert_overwrite takes the place of those with rows alone. #}
{% macro spark__olvida_ejercicios() -%}
    {%- set anios = run_query('select ejercicio from raw.ejercicios_por_rehacer').columns[0].values() -%}
    {%- if anios -%}
        alter table {{ this }} drop if exists
        {%- for anio in anios %}
            partition (ejercicio = {{ anio or 'null' }}){% if not loop.last %}, {% endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
