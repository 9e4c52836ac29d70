-- A table: several marts stand on it, and a view would be worked out again for each.
{{ config(materialized='table') }}

-- The vigente reports: one (extracto, unidad, corte), of one or more form pages.
with renglones as (
    select * from {{ ref('int_renglones') }}
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
),

unidades as (
    select * from {{ ref('int_unidades') }}
),

reportes as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        corte_numero,
        min(extracto_id) as extracto_id,
        max(plan) as plan,
        max(plan_desde) as plan_desde,
        count(*) as renglones,
        count(*) filter (where estado = 'dudosa' or es_atribucion_dudosa) as renglones_dudosos
    from renglones
    group by ente_codigo, unidad_codigo, ejercicio, corte, corte_numero
),

paginas as (
    select
        extracto_id,
        ente_codigo,
        unidad_codigo,
        corte,
        count(*) as paginas,
        min(formato) as formato,
        min(linea_inicio) as linea,
        min_by(programa_codigo, formato) filter (where programa_codigo is not null) as programa_codigo,
        bool_or(unidad_codigo_estado = 'dudosa') as es_unidad_dudosa,
        bool_or('dudosa' in (corte_numero_estado, anio_estado)) as es_corte_dudoso
    from formatos
    group by extracto_id, ente_codigo, unidad_codigo, corte
)

select
    reportes.ente_codigo,
    reportes.unidad_codigo,
    {{ clave(['reportes.ente_codigo', 'reportes.unidad_codigo', 'reportes.corte']) }} as corte_key,
    coalesce(versiones.unidad_key, sin_version.unidad_key) as unidad_key,
    coalesce(versiones.unidad_nombre, sin_version.unidad_nombre) as unidad_nombre,
    reportes.ejercicio,
    reportes.corte,
    reportes.corte_numero,
    reportes.plan,
    reportes.plan_desde,
    reportes.renglones,
    reportes.renglones_dudosos,
    paginas.programa_codigo,
    coalesce(paginas.paginas, 0) as paginas,
    paginas.formato,
    reportes.extracto_id,
    extractos.ruta,
    extractos.publicado_fecha,
    coalesce(paginas.linea, 1) as linea,
    coalesce(paginas.es_unidad_dudosa, true) as es_unidad_dudosa,
    coalesce(paginas.es_corte_dudoso, true) as es_corte_dudoso
from reportes
left join paginas
    on
        reportes.extracto_id = paginas.extracto_id
        and reportes.ente_codigo = paginas.ente_codigo
        and reportes.unidad_codigo = paginas.unidad_codigo
        and reportes.corte = paginas.corte
left join extractos
    on reportes.extracto_id = extractos.extracto_id
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
