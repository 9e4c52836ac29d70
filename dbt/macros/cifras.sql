{# How a person calls a figure of the form: a4 is "avance T4". #}
{% macro nombre_cifra(campo) -%}
    {{ {
        'meta': 'meta', 'absoluto': 'avance absoluto', 'relativo_pct': 'acumulado relativo',
        'p1': 'programado T1', 'p2': 'programado T2', 'p3': 'programado T3', 'p4': 'programado T4',
        'a1': 'avance T1', 'a2': 'avance T2', 'a3': 'avance T3', 'a4': 'avance T4',
    }[campo] }}
{%- endmacro %}

{# Whether a figure of a doubtful row is really open: no value agreed on, and of a quarter up to the cut. #}
{% macro es_cifra_abierta(campo) -%}
    {{ campo }}_estado = 'dudosa' and {{ campo }} is null
    {%- if campo[0] == 'a' and campo != 'absoluto' %} and corte_numero >= {{ campo[1] }}{% endif %}
{%- endmacro %}

{# An open figure by name, with its range where it has one: programado T3 (46 a 48). #}
{% macro cifra_abierta(campo) -%}
    '{{ nombre_cifra(campo) }}' || case
        when {{ campo }}_min < {{ campo }}_max
            then ' (' || {{ cifra_texto(campo ~ '_min') }} || ' a ' || {{ cifra_texto(campo ~ '_max') }} || ')'
        when {{ campo }}_min = {{ campo }}_max then ' (quizá ' || {{ cifra_texto(campo ~ '_min') }} || ')'
        else ''
    end
{%- endmacro %}

{# A printed figure as a number: '34,086' is 34086, '77%' is 77; null where it is no number. #}
{% macro cifra_impresa(texto) -%}
    {{ a_cifra("replace(replace(replace(" ~ texto ~ ", ',', ''), '%', ''), ' ', '')") }}
{%- endmacro %}

{# Text as a number. Spark takes the digits of every script, and no 1_000. #}
{% macro a_cifra(texto) -%} {{ return(adapter.dispatch('a_cifra')(texto)) }} {%- endmacro %}
{% macro default__a_cifra(texto) -%} try_cast({{ texto }} as decimal(18, 4)) {%- endmacro %}

{% macro spark__a_cifra(texto) -%}
    try_cast(
        if({{ texto }} rlike '[^ -~]', null, regexp_replace({{ texto }}, '([0-9])_(?=[0-9])', '$1')) as decimal(18, 4)
    )
{%- endmacro %}

{# A figure as a person writes it: 100.0000 is 100, 12.5000 is 12.5. #}
{% macro cifra_texto(cifra) -%}
    regexp_replace(cast(cast({{ cifra }} as decimal(28, 4)) as string), '[.]?0+$', '')
{%- endmacro %}

{# The range of an open figure in words: ': entre 46 y 48', ': quizá 20', or nothing where it has none. #}
{% macro rango_texto(cifra) -%}
    case
        when {{ cifra }}_min < {{ cifra }}_max
            then ': entre ' || {{ cifra_texto(cifra ~ '_min') }} || ' y ' || {{ cifra_texto(cifra ~ '_max') }}
        when {{ cifra }}_min = {{ cifra }}_max then ': quizá ' || {{ cifra_texto(cifra ~ '_min') }}
        else ''
    end
{%- endmacro %}

{#
    A figure with its range: null and only its range where it is doubtful. Where the reader has one value and no proof
    of it, both ends are that value.
#}
{% macro cifra_segura(campo) -%}
    case when {{ campo }}_estado != 'dudosa' then {{ campo }} end as {{ campo.split('.')[-1] }},
    case when {{ campo }}_estado = 'dudosa' then coalesce({{ campo }}_min, {{ campo }}) end
        as {{ campo.split('.')[-1] }}_min,
    case when {{ campo }}_estado = 'dudosa' then coalesce({{ campo }}_max, {{ campo }}) end
        as {{ campo.split('.')[-1] }}_max
{%- endmacro %}
