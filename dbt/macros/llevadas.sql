{#
    Of int_mejor_corte: the settled figure of an earlier cut that a doubtful one gives way to; null unless every cut
    since is of the same plan and holds it within its range.
#}
{% macro cifra_llevada(medida) -%}
    case
        when
            situacion_{{ medida }} = 'dudoso'
            and count(*) filter (where es_dicho_{{ medida }} and plan is null) over desde_{{ medida }} = 0
            and min(plan) filter (where es_dicho_{{ medida }}) over desde_{{ medida }}
            = max(plan) filter (where es_dicho_{{ medida }}) over desde_{{ medida }}
            and coalesce(max({{ medida }}_min) over desde_{{ medida }}, 0)
            <= first_value({{ medida }}) over desde_{{ medida }}
            and coalesce(
                min({{ medida }}_max) over desde_{{ medida }} >= first_value({{ medida }}) over desde_{{ medida }},
                true
            )
            then first_value({{ medida }}) over desde_{{ medida }}
    end
{%- endmacro %}

{# Whether its row's sum can hold it too: between what the other quarters come to at least and at most. #}
{% macro cabe_en_su_suma(medida, total) -%}
    {{ medida }}_llevado is not null and (
        es_razon or (
            coalesce({{ medida }}_piso <= coalesce({{ total }}, {{ total }}_max), true)
            and coalesce({{ medida }}_techo >= coalesce({{ total }}, {{ total }}_min), true)
        )
    )
{%- endmacro %}

{# The last of the values so far that is one. #}
{% macro ultimo_dicho(valor) -%} {{ return(adapter.dispatch('ultimo_dicho')(valor)) }} {%- endmacro %}
{% macro default__ultimo_dicho(valor) -%} last_value({{ valor }} ignore nulls) {%- endmacro %}
{% macro spark__ultimo_dicho(valor) -%} last_value({{ valor }}, true) {%- endmacro %}
