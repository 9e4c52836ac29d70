{#
    Models that stand by ejercicio (materialized incremental): a build that is told which ejercicios
    changed makes those anew and leaves the rest. Who knows which changed is
    dagster_project/warehouse/state/build_plan.py; dbt run by hand is told nothing and makes everything anew.

    Such a model may read of another ejercicio nothing that changes its own rows: what crosses years
    (names agreed over all printings, people, units) is joined in models that are made whole.
#}

{# The ejercicios to be made anew, or none where all are. Said in the environment: a --vars would parse the project again. #}
{% macro ejercicios_por_rehacer() -%}
    {%- set dichos = (dbt_metadata_envs | default({})).get('EJERCICIOS') -%}
    {{ return(none if dichos is none else dichos.split()) }}
{%- endmacro %}

{# Whether this model leaves what it holds and makes only some ejercicios anew. #}
{% macro es_parcial() -%}
    {#- In a unit test there is no table to ask about. -#}
    {{ return(ejercicios_por_rehacer() is not none and is_incremental()) }}
{%- endmacro %}

{#
    The filter of an import CTE of such a model; nothing where the model is made whole. ``o`` is a condition of the
    rows that come anew besides.
#}
{% macro solo_por_rehacer(antes='where', o=none) -%}
    {%- if es_parcial() -%}
        {{ antes }} (
            ejercicio in ({{ ejercicios_por_rehacer() | join(', ') or 'null' }})
            {%- if o %} or {{ o }}{% endif -%}
        )
    {%- endif -%}
{%- endmacro %}

{# dbt asks this to tell whether a model is made whole; seeds keep their own setting. #}
{% macro should_full_refresh() -%}
    {%- if config.get('materialized') == 'incremental' -%}
        {{ return(ejercicios_por_rehacer() is none) }}
    {%- endif -%}
    {{ return(dbt.should_full_refresh()) }}
{%- endmacro %}

{#
    In one transaction: the ejercicios told, and those that the model chooses besides, leave and come anew. A model
    that chooses other rows than whole ejercicios says in incremental_predicates whose place they take.
#}
{% macro get_incremental_por_ejercicio_sql(arg_dict) -%}
    {%- set de_lo_nuevo = 'ejercicio in (select ejercicio from ' ~ arg_dict['temp_relation'] ~ ')' -%}
    {%- set columnas = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }}
    where
        ejercicio in ({{ ejercicios_por_rehacer() | join(', ') or 'null' }})
        or {{ (arg_dict['incremental_predicates'] or [de_lo_nuevo]) | join(' or ') }};
    insert into {{ arg_dict['target_relation'] }} ({{ columnas }})
    select {{ columnas }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
