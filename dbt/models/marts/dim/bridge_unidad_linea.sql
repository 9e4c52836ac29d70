with declaradas as (
    select * from {{ ref('int_lineas_declaradas') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

lineas as (
    select * from {{ ref('dim_linea_accion') }}
),

-- The goals x00 stand for actions that are counted already.
servidas as (
    select
        bridge_accion_linea.corte_key,
        bridge_accion_linea.linea_accion_key,
        bridge_accion_linea.linea_accion_codigo = '(desconocida)' as es_ilegible,
        count(distinct bridge_accion_linea.accion_key) as acciones
    from {{ ref('bridge_accion_linea') }} as bridge_accion_linea
    inner join {{ ref('dim_accion') }} as dim_accion
        on bridge_accion_linea.accion_key = dim_accion.accion_key
    where dim_accion.accion_tipo = 'accion'
    group by all
)

select
    {{ clave(['reportes.corte_key', 'declaradas.linea_accion_key']) }} as unidad_linea_key,
    reportes.unidad_key,
    declaradas.linea_accion_key,
    lineas.eje_key,
    reportes.corte_key,
    declaradas.ente_codigo,
    declaradas.unidad_codigo,
    reportes.ejercicio,
    declaradas.corte,
    declaradas.plan,
    declaradas.linea_accion_codigo,
    cast(
        row_number() over (partition by reportes.corte_key order by declaradas.lugar) as integer
    ) as orden,
    cast(declaradas.veces_impresa as integer) as veces_impresa,
    declaradas.codigo_impreso,
    declaradas.nombre_impreso,
    cast(coalesce(servidas.acciones, 0) as integer) as acciones,
    cast(coalesce(ilegibles.acciones, 0) as integer) as acciones_sin_linea,
    declaradas.corte = max(declaradas.corte) over (
        partition by declaradas.ente_codigo, declaradas.unidad_codigo, reportes.ejercicio
    ) as es_vigente,
    declaradas.extracto_id,
    declaradas.linea
from declaradas
inner join reportes
    on
        declaradas.ente_codigo = reportes.ente_codigo
        and declaradas.unidad_codigo = reportes.unidad_codigo
        and declaradas.corte = reportes.corte
inner join lineas
    on declaradas.linea_accion_key = lineas.linea_accion_key
left join servidas
    on
        reportes.corte_key = servidas.corte_key
        and declaradas.linea_accion_key = servidas.linea_accion_key
left join servidas as ilegibles
    on
        reportes.corte_key = ilegibles.corte_key
        and ilegibles.es_ilegible
