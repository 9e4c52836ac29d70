with reportes as (
    select * from {{ ref('int_reportes') }}
),

encabezados as (
    select * from {{ ref('int_encabezados') }}
),

clasificacion as (
    select * from {{ ref('conac_clasificacion_funcional') }}
),

personas as (
    select
        corte_key,
        string_agg(distinct persona_nombre, ' · ' order by persona_nombre) as responsables
    from {{ ref('int_personas') }}
    group by corte_key
)

select
    cast(reportes.corte_key as varchar) as corte_key,
    cast(reportes.unidad_key as varchar) as unidad_key,
    cast(reportes.ente_codigo as varchar) as ente_codigo,
    cast(reportes.unidad_codigo as varchar) as unidad_codigo,
    cast(reportes.ejercicio as integer) as ejercicio,
    cast(reportes.corte as varchar) as corte,
    cast(coalesce(reportes.plan, 'desconocido') as varchar) as plan,
    cast(encabezados.eje as varchar) as eje,
    cast(reportes.programa_codigo as varchar) as programa_codigo,
    cast(coalesce(clasificacion.codigo, '(desconocida)') as varchar) as clasificacion_codigo,
    cast(personas.responsables as varchar) as responsables,
    cast(reportes.renglones as integer) as renglones,
    cast(reportes.renglones_dudosos as integer) as renglones_dudosos,
    cast(reportes.paginas as integer) as paginas,
    cast(reportes.es_unidad_dudosa as boolean) as es_unidad_dudosa,
    cast(reportes.es_corte_dudoso as boolean) as es_corte_dudoso,
    cast(
        reportes.corte = max(reportes.corte) over (
            partition by reportes.ente_codigo, reportes.unidad_codigo, reportes.ejercicio
        ) as boolean
    ) as es_ultimo_corte,
    cast(reportes.publicado_fecha as date) as publicado_fecha,
    cast(reportes.ruta as varchar) as ruta,
    cast(reportes.extracto_id as varchar) as extracto_id,
    cast(reportes.linea as integer) as linea
from reportes
left join encabezados
    on
        reportes.extracto_id = encabezados.extracto_id
        and reportes.ente_codigo = encabezados.ente_codigo
        and reportes.unidad_codigo = encabezados.unidad_codigo
        and reportes.corte = encabezados.corte
left join clasificacion
    on encabezados.clasificacion_codigo = clasificacion.codigo
left join personas
    on reportes.corte_key = personas.corte_key
