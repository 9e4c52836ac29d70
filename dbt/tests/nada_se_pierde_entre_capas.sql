{{ config(group='preparacion') }}
-- Row counts and sums from the chosen readings to the facts: an untrimmed join key once made an empty
-- fact table with every other test green.
with elegidas as (
    select
        elegidas.*,
        'dudosa' in (
            formatos.ente_codigo_estado, formatos.unidad_codigo_estado,
            formatos.corte_numero_estado, formatos.anio_estado
        ) as es_atribucion_dudosa
    from {{ ref('stg_tmm__elegidas') }} as elegidas
    inner join {{ ref('stg_tmm__renglones') }} as renglones
        on
            elegidas.extracto_id = renglones.extracto_id
            and elegidas.linea = renglones.linea
    inner join {{ ref('stg_tmm__formatos') }} as formatos
        on
            renglones.extracto_id = formatos.extracto_id
            and renglones.formato = formatos.formato
    qualify
        row_number() over (
            partition by elegidas.accion_id, elegidas.corte
            order by es_atribucion_dudosa, elegidas.extracto_id, elegidas.linea
        ) = 1
),

esperado as (
    select
        4 * count(*) as filas,
        -- The figures of an uncertain page are not settled: they stand as ranges only.
        sum(
            coalesce(p1, 0) + coalesce(p2, 0) + coalesce(p3, 0) + coalesce(p4, 0)
        ) filter (where not es_atribucion_dudosa) as programado,
        sum(
            coalesce(a1, 0)
            + case when right(corte, 1) >= '2' then coalesce(a2, 0) else 0 end
            + case when right(corte, 1) >= '3' then coalesce(a3, 0) else 0 end
            + case when right(corte, 1) >= '4' then coalesce(a4, 0) else 0 end
        ) filter (where not es_atribucion_dudosa) as avance
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
