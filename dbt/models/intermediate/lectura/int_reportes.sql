-- A table: several marts stand on it, and a view would be worked out again for each.
{{ config(materialized='table') }}

-- The reports in force: one a unit and cut, of one or more form pages, whatever files they came in.
with renglones as (
    select * from {{ ref('int_renglones') }}
),

-- A page that is cut off before its first row says nothing of the report.
formatos as (
    select * from {{ ref('int_paginas') }}
    where {{ es_vigente() }} and renglones > 0
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
),

unidades as (
    select * from {{ ref('int_unidades') }}
),

encabezados as (
    select * from {{ ref('int_encabezados') }}
),

clasificacion as (
    select * from {{ ref('conac_clasificacion_funcional') }}
),

reportes as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        corte_numero,
        max(plan) as plan,
        max(plan_desde) as plan_desde,
        count(*) as renglones,
        count(*) filter (where estado = 'dudosa') as renglones_dudosos
    from renglones
    group by ente_codigo, unidad_codigo, ejercicio, corte, corte_numero
),

paginas as (
    select
        ente_codigo,
        unidad_codigo,
        corte,
        count(*) as paginas,
        min(extracto_id) as extracto_id,
        min_by(formato, (extracto_id, formato)) as formato,
        min_by(linea_inicio, (extracto_id, formato)) as linea,
        -- By what is printed, so that it is the same in whatever files the pages come.
        min_by(programa_codigo, pagina_huella) filter (
            where programa_codigo is not null and programa_codigo_estado != 'dudosa'
        ) as programa_codigo
    from formatos
    group by ente_codigo, unidad_codigo, corte
)

select
    reportes.ente_codigo,
    reportes.unidad_codigo,
    {{ clave(['reportes.ente_codigo', 'reportes.unidad_codigo', 'reportes.corte']) }} as corte_key,
    coalesce(versiones.unidad_key, sin_version.unidad_key) as unidad_key,
    reportes.ejercicio,
    reportes.corte,
    reportes.corte_numero,
    reportes.plan,
    reportes.plan_desde,
    {{ clave(['reportes.corte']) }} as trimestre_key,
    {{ fin_trimestre('reportes.corte') }} as fin_fecha,
    reportes.renglones,
    reportes.renglones_dudosos,
    paginas.programa_codigo,
    {{ clave_de_codigo('reportes.ente_codigo', 'coalesce(paginas.programa_codigo, versiones.programa_codigo)') }}
        as programa_key,
    coalesce(clasificacion.codigo, '(desconocida)') as clasificacion_codigo,
    {{ clave(["coalesce(clasificacion.codigo, '(desconocida)')"]) }} as clasificacion_key,
    encabezados.clasificacion_impresa,
    encabezados.eje,
    coalesce(paginas.paginas, 0) as paginas,
    paginas.formato,
    paginas.extracto_id,
    extractos.ruta,
    extractos.publicado_fecha,
    coalesce(paginas.linea, 1) as linea
from reportes
left join paginas
    on
        reportes.ente_codigo = paginas.ente_codigo
        and reportes.unidad_codigo = paginas.unidad_codigo
        and reportes.corte = paginas.corte
left join encabezados
    on
        reportes.ente_codigo = encabezados.ente_codigo
        and reportes.unidad_codigo = encabezados.unidad_codigo
        and reportes.corte = encabezados.corte
left join clasificacion
    on encabezados.clasificacion_codigo = clasificacion.codigo
left join extractos
    on paginas.extracto_id = extractos.extracto_id
left join unidades as versiones
    on
        reportes.ente_codigo = versiones.ente_codigo
        and reportes.unidad_codigo = versiones.unidad_codigo
        and {{ inicio_trimestre('reportes.corte') }} between versiones.vigente_desde and versiones.vigente_hasta
left join unidades as sin_version
    on
        reportes.ente_codigo = sin_version.ente_codigo
        and reportes.unidad_codigo = sin_version.unidad_codigo
        and sin_version.origen = 'extracto'
