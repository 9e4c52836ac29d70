{{ config(group='preparacion') }}
-- Row counts and sums from the chosen readings to the facts: an untrimmed join key once made an empty
-- fact table with every other test green.
with elegidas as (
    select elegidas.*
    from {{ ref('stg_tmm__elegidas') }} as elegidas
    inner join {{ ref('stg_tmm__vinculos') }} as vinculos
        on
            elegidas.extracto_id = vinculos.extracto_id
            and elegidas.linea = vinculos.linea
    where vinculos.regla not in ('repetido', 'en_disputa')
),

esperado as (
    select
        4 * count(*) as filas,
        -- A doubtful figure has a range and no value.
        sum(
            0
            {%- for numero in [1, 2, 3, 4] %}
            + case when p{{ numero }}_estado != 'dudosa' then coalesce(p{{ numero }}, 0) else 0 end
            {%- endfor %}
        ) as programado,
        sum(
            0
            {%- for numero in [1, 2, 3, 4] %}
            + case
                when right(corte, 1) >= '{{ numero }}' and a{{ numero }}_estado != 'dudosa'
                    then coalesce(a{{ numero }}, 0)
                else 0
            end
            {%- endfor %}
        ) as avance
    from elegidas
),

obtenido as (
    select
        count(*) as filas,
        sum(coalesce(programado, 0)) as programado,
        sum(coalesce(avance, 0)) as avance
    from {{ ref('fct_avance_corte') }}
),

acciones as (
    select count(distinct accion_id) as acciones from elegidas
),

mejores as (
    select count(*) as filas from {{ ref('fct_avance') }}
)

select
    esperado.filas as filas_esperadas,
    obtenido.filas as filas_obtenidas,
    esperado.programado as programado_esperado,
    obtenido.programado as programado_obtenido,
    esperado.avance as avance_esperado,
    obtenido.avance as avance_obtenido,
    mejores.filas as filas_mejores
from esperado
cross join obtenido
cross join acciones
cross join mejores
where
    esperado.filas != obtenido.filas
    or esperado.programado != obtenido.programado
    or esperado.avance != obtenido.avance
    or 4 * acciones.acciones != mejores.filas
