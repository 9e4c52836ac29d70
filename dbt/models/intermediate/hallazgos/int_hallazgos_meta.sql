-- The goal row of a unit (x00) against the sum of its actions, where the unit's goal row is such a sum
-- (only in some units it is): most of the figures that can be compared agree, and these do not.
with declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    where not es_razon
),

cifras as (
    {%- for medida in ['programado', 'avance'] %}
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        accion_key,
        accion_numero,
        '{{ medida }}' as medida,
        trimestre,
        case when situacion_{{ medida }} in ('informado', 'en_blanco') then {{ medida }} end as cifra,
        extracto_id,
        linea
    from declaraciones
    where situacion_{{ medida }} not in ('futuro', 'fuera_de_plan')
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

acciones as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        medida,
        trimestre,
        case when count(cifra) = count(*) then sum(cifra) end as suma
    from cifras
    where accion_numero % 100 != 0
    group by ente_codigo, unidad_codigo, ejercicio, corte, medida, trimestre
),

comparadas as (
    select
        metas.*,
        acciones.suma,
        sum(case when metas.cifra = acciones.suma then 1 else 0 end) over por_unidad as iguales,
        count(*) over por_unidad as comparables
    from cifras as metas
    inner join acciones
        on
            metas.ente_codigo = acciones.ente_codigo
            and metas.unidad_codigo = acciones.unidad_codigo
            and metas.ejercicio = acciones.ejercicio
            and metas.corte = acciones.corte
            and metas.medida = acciones.medida
            and metas.trimestre = acciones.trimestre
    where
        metas.accion_numero % 100 = 0
        and metas.cifra is not null
        and acciones.suma is not null
        and (metas.cifra != 0 or acciones.suma != 0)
    window por_unidad as (partition by metas.ente_codigo, metas.unidad_codigo, metas.ejercicio)
)

select
    'meta_contra_acciones' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    accion_key,
    accion_numero,
    medida as campo,
    {{ cifra_texto('cifra') }} as observado,
    {{ cifra_texto('suma') }} as esperado,
    'En ' || trimestre || ' la meta tiene ' || medida || ' ' || {{ cifra_texto('cifra') }}
    || ' y sus acciones suman ' || {{ cifra_texto('suma') }} as mensaje,
    extracto_id,
    linea
from comparadas
where cifra != suma and 2 * iguales > comparables and iguales >= 3
