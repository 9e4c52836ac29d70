{{ config(materialized='incremental') }}

with metas as (
    select
        *,
        first_value(meta) over por_corte as meta_original
    from {{ ref('fct_meta') }}
    {{ solo_por_rehacer() }}
    window por_corte as (partition by accion_key order by corte)
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

unidades as (
    select * from {{ ref('dim_unidad') }}
),

cortes as (
    select * from {{ ref('dim_corte') }}
),

trimestres as (
    select * from {{ ref('dim_trimestre') }}
),

programas as (
    select * from {{ ref('programas') }}
)

select
    cast(metas.ejercicio as integer) as ejercicio,
    cast(make_date(metas.ejercicio, 1, 1) as date) as periodo_inicio_fecha,
    cast(trimestres.fin_fecha as date) as periodo_fin_fecha,
    cast(coalesce(programas.programa_nombre, cortes.programa_codigo, unidades.programa_nombre) as varchar)
        as programa_nombre,
    cast(acciones.accion_descripcion as varchar) as indicador_nombre,
    cast(null as varchar) as dimension,
    cast('Avance absoluto entre meta, por cien' as varchar) as metodo_calculo,
    cast(acciones.unidad_medida_nombre as varchar) as unidad_medida,
    cast('Trimestral' as varchar) as frecuencia_medicion,
    cast(metas.meta_original as decimal(18, 4)) as metas_programadas,
    -- Adjusted goals are those of a later cut that differ from the first.
    cast(case when metas.meta != metas.meta_original then metas.meta end as decimal(18, 4)) as metas_ajustadas,
    cast(metas.absoluto as decimal(18, 4)) as avance_metas,
    cast(null as varchar) as sentido_indicador,
    cast('Formato TMM-F004, ' || cortes.ruta || ', línea ' || metas.linea as varchar) as fuente_informacion,
    cast(unidades.unidad_nombre as varchar) as area_responsable,
    cast(cortes.publicado_fecha as date) as actualizacion_fecha,
    cast(
        case
            when 'dudosa' in (metas.estado_meta, metas.estado_absoluto)
                then 'Cifra en revisión: la impresión no permite asentarla'
        end as varchar
    ) as nota,
    cast(metas.meta_key as varchar) as indicador_key,
    cast(metas.ente_codigo as varchar) as ente_codigo,
    cast(metas.unidad_codigo as varchar) as unidad_codigo,
    cast(metas.accion_numero as integer) as accion_numero,
    cast(metas.corte as varchar) as corte,
    cast(metas.accion_key as varchar) as accion_key,
    cast(metas.extracto_id as varchar) as extracto_id,
    cast(metas.linea as integer) as linea
from metas
inner join acciones
    on metas.accion_key = acciones.accion_key
inner join unidades
    on metas.unidad_key = unidades.unidad_key
inner join cortes
    on metas.corte_key = cortes.corte_key
inner join trimestres
    on metas.corte = trimestres.trimestre
left join programas
    on
        metas.ente_codigo = programas.ente_codigo
        and cortes.programa_codigo = programas.programa_codigo
