with metas as (
    select
        *,
        first_value(meta) over por_corte as meta_original
    from {{ ref('fct_meta') }}
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
    metas.ejercicio,
    make_date(metas.ejercicio, 1, 1) as periodo_inicio_fecha,
    trimestres.fin_fecha as periodo_fin_fecha,
    coalesce(programas.programa_nombre, cortes.programa_codigo, unidades.programa_nombre) as programa_nombre,
    acciones.accion_descripcion as indicador_nombre,
    cast(null as varchar) as dimension,
    'Avance absoluto entre meta, por cien' as metodo_calculo,
    acciones.unidad_medida_nombre as unidad_medida,
    'Trimestral' as frecuencia_medicion,
    metas.meta_original as metas_programadas,
    -- Adjusted goals are those of a later cut that differ from the first.
    case when metas.meta != metas.meta_original then metas.meta end as metas_ajustadas,
    metas.absoluto as avance_metas,
    cast(null as varchar) as sentido_indicador,
    'Formato TMM-F004, ' || cortes.ruta || ', línea ' || metas.linea as fuente_informacion,
    unidades.unidad_nombre as area_responsable,
    cortes.publicado_fecha as actualizacion_fecha,
    case
        when 'dudosa' in (metas.estado_meta, metas.estado_absoluto)
            then 'Cifra en revisión: la impresión no permite asentarla'
    end as nota,
    metas.meta_key as indicador_key,
    metas.ente_codigo,
    metas.unidad_codigo,
    metas.accion_numero,
    metas.corte,
    metas.accion_key,
    metas.extracto_id,
    metas.linea
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
