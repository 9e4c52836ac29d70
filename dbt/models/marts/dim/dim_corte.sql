with reportes as (
    select * from {{ ref('int_reportes') }}
),

personas as (
    select
        corte_key,
        {{ une_distintos('persona_nombre', ' · ') }} as responsables
    from {{ ref('int_personas') }}
    group by corte_key
),

miembros as (
    select
        reportes.corte_key,
        reportes.unidad_key,
        reportes.trimestre_key,
        reportes.fin_fecha,
        reportes.programa_key,
        reportes.clasificacion_key,
        reportes.ente_codigo,
        reportes.unidad_codigo,
        reportes.ejercicio,
        reportes.corte,
        coalesce(reportes.plan, 'desconocido') as plan,
        reportes.eje,
        reportes.programa_codigo,
        reportes.clasificacion_codigo,
        reportes.clasificacion_impresa,
        personas.responsables,
        reportes.renglones,
        reportes.renglones_dudosos,
        reportes.paginas,
        reportes.corte = max(reportes.corte) over (
            partition by reportes.ente_codigo, reportes.unidad_codigo, reportes.ejercicio
        ) as es_ultimo_corte,
        reportes.publicado_fecha,
        reportes.ruta,
        reportes.extracto_id,
        reportes.linea
    from reportes
    left join personas
        on reportes.corte_key = personas.corte_key
    union all
    -- What rows that are of no report in force belong to.
    select
        {{ clave_desconocida() }} as corte_key,
        {{ clave_desconocida() }} as unidad_key,
        {{ clave_desconocida() }} as trimestre_key,
        null as fin_fecha,
        {{ clave_desconocida() }} as programa_key,
        {{ clave(["'(desconocida)'"]) }} as clasificacion_key,
        '(desconocido)' as ente_codigo,
        '(desconocida)' as unidad_codigo,
        null as ejercicio,
        '(desconocido)' as corte,
        'desconocido' as plan,
        null as eje,
        null as programa_codigo,
        '(desconocida)' as clasificacion_codigo,
        null as clasificacion_impresa,
        null as responsables,
        0 as renglones,
        0 as renglones_dudosos,
        0 as paginas,
        false as es_ultimo_corte,
        null as publicado_fecha,
        null as ruta,
        null as extracto_id,
        null as linea
)

select
    corte_key,
    unidad_key,
    trimestre_key,
    fin_fecha,
    programa_key,
    clasificacion_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    plan,
    eje,
    programa_codigo,
    clasificacion_codigo,
    clasificacion_impresa,
    responsables,
    cast(renglones as integer) as renglones,
    cast(renglones_dudosos as integer) as renglones_dudosos,
    cast(paginas as integer) as paginas,
    es_ultimo_corte,
    publicado_fecha,
    ruta,
    extracto_id,
    linea
from miembros
