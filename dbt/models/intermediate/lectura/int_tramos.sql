-- From which quarter on the plan of each report speaks. Of a plan that no catalogue knows: from the first quarter of
-- which any of its rows settles a figure (of none: has one in doubt), at the latest its own. What stands before it may
-- be of a plan that was replaced (docs/form.md, fact 4): a blank there is no 0, and what an earlier report says of that
-- quarter stands.
with elegidas as (
    select * from {{ ref('int_elegidas') }}
),

planes as (
    select * from {{ ref('int_planes') }}
),

reportes as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        plan,
        {%- for nombre, dice in [
            ('primero', "{0} > 0 and {0}_estado != 'dudosa'"),
            ('primero_en_duda', "coalesce({0}_max, 1) > 0 and {0}_estado = 'dudosa'"),
        ] %}
        min(
            case
                {%- for numero in [1, 2, 3, 4] %}
                when ({{ dice.format('p' ~ numero) }}) or ({{ dice.format('a' ~ numero) }}) then {{ numero }}
                {%- endfor %}
            end
        ) as {{ nombre }},
        {%- endfor %}
        cast(right(corte, 1) as integer) as corte_numero
    from elegidas
    group by ente_codigo, unidad_codigo, ejercicio, corte, plan
),

dichos as (
    select
        *,
        cast(ejercicio as string) || '-T' || least(coalesce(primero, primero_en_duda, 4), corte_numero) as desde_impreso
    from reportes
)

select
    dichos.ente_codigo,
    dichos.unidad_codigo,
    dichos.ejercicio,
    dichos.corte,
    dichos.plan,
    case when dichos.plan is null then dichos.desde_impreso else planes.desde_trimestre end as plan_desde,
    coalesce(dichos.plan, dichos.desde_impreso) as plan_tramo
from dichos
left join planes
    on
        dichos.ente_codigo = planes.ente_codigo
        and dichos.plan = planes.plan
