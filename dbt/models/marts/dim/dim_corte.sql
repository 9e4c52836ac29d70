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
    reportes.corte_key,
    reportes.unidad_key,
    reportes.ente_codigo,
    reportes.unidad_codigo,
    reportes.ejercicio,
    reportes.corte,
    coalesce(reportes.plan, 'desconocido') as plan,
    encabezados.eje,
    reportes.programa_codigo,
    coalesce(clasificacion.codigo, '(desconocida)') as clasificacion_codigo,
    personas.responsables,
    cast(reportes.renglones as integer) as renglones,
    cast(reportes.renglones_dudosos as integer) as renglones_dudosos,
    cast(reportes.paginas as integer) as paginas,
    reportes.corte = max(reportes.corte) over (
        partition by reportes.ente_codigo, reportes.unidad_codigo, reportes.ejercicio
    ) as es_ultimo_corte,
    reportes.publicado_fecha,
    reportes.ruta,
    reportes.extracto_id,
    reportes.linea
from reportes
left join encabezados
    on
        reportes.ente_codigo = encabezados.ente_codigo
        and reportes.unidad_codigo = encabezados.unidad_codigo
        and reportes.corte = encabezados.corte
left join clasificacion
    on encabezados.clasificacion_codigo = clasificacion.codigo
left join personas
    on reportes.corte_key = personas.corte_key
