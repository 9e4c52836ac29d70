-- What is uncertain of a form page or could not be read at all.
with formatos as (
    select formatos.*
    from {{ ref('stg_tmm__formatos') }} as formatos
    inner join {{ ref('stg_tmm__extractos') }} as extractos
        on formatos.extracto_id = extractos.extracto_id
    where extractos.es_vigente
),

rechazos as (
    select rechazos.*
    from {{ ref('stg_tmm__rechazos') }} as rechazos
    left join {{ ref('stg_tmm__extractos') }} as extractos
        on rechazos.extracto_id = extractos.extracto_id
    where coalesce(extractos.es_vigente, true)
),

unidades as (
    select * from {{ ref('int_unidades') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

hallazgos as (
    {%- for campo, nombre in [
        ('ente_codigo', 'ente'), ('unidad_codigo', 'unidad'), ('anio', 'ejercicio'),
        ('corte_numero', 'corte'), ('plan', 'plan'),
    ] %}
    select
        case
            when {{ campo }} is null or {{ campo }}_estado = 'dudosa' then '{{ nombre }}_incierto'
            else '{{ nombre }}_deducido'
        end as regla,
        ente_codigo, unidad_codigo, ejercicio, corte,
        '{{ campo }}' as campo,
        {{ campo }}_alternativas as observado,
        cast({{ campo }} as {{ dbt.type_string() }}) as esperado,
        case
            when {{ campo }} is null then 'Página ' || formato || ': no se pudo establecer: {{ nombre }}'
            else 'Página ' || formato || ': {{ nombre }} no se leyó tal cual, se estableció por: ' || {{ campo }}_regla
        end as mensaje,
        extracto_id,
        linea_inicio as linea
    from formatos
    where {{ campo }} is null or {{ campo }}_estado in ('reparada', 'dudosa')
    union all
    {%- endfor %}
    select
        'unidad_contra_programa' as regla,
        ente_codigo, unidad_codigo, ejercicio, corte,
        'programa_codigo' as campo,
        programa_codigo as observado,
        left(unidad_codigo, length(programa_codigo)) as esperado,
        'La unidad ' || unidad_codigo || ' se informa en el programa ' || programa_codigo
        || ', que no es el principio de su código' as mensaje,
        extracto_id,
        linea_inicio as linea
    from formatos
    where programa_codigo != left(unidad_codigo, length(programa_codigo))
    union all
    select
        'unidad_sin_catalogo' as regla,
        formatos.ente_codigo, formatos.unidad_codigo, formatos.ejercicio, formatos.corte,
        'unidad_codigo' as campo,
        formatos.unidad_codigo as observado,
        null as esperado,
        'La unidad ' || formatos.unidad_codigo || ' no está en el catálogo' as mensaje,
        formatos.extracto_id,
        formatos.linea_inicio as linea
    from formatos
    inner join unidades
        on
            formatos.ente_codigo = unidades.ente_codigo
            and formatos.unidad_codigo = unidades.unidad_codigo
    where unidades.origen = 'extracto'
    union all
    select
        'reporte_sustituido' as regla,
        formatos.ente_codigo, formatos.unidad_codigo, formatos.ejercicio, formatos.corte,
        null as campo,
        formatos.extracto_id as observado,
        reportes.extracto_id as esperado,
        'Hay otro reporte de la unidad y el corte, publicado después; este no cuenta' as mensaje,
        formatos.extracto_id,
        formatos.linea_inicio as linea
    from formatos
    inner join reportes
        on
            formatos.ente_codigo = reportes.ente_codigo
            and formatos.unidad_codigo = reportes.unidad_codigo
            and formatos.corte = reportes.corte
            and formatos.extracto_id != reportes.extracto_id
    union all
    select
        'pieza_rechazada' as regla,
        null as ente_codigo, null as unidad_codigo, null as ejercicio, null as corte,
        regla as campo,
        left(texto, 200) as observado,
        null as esperado,
        ruta || ': ' || razon as mensaje,
        extracto_id,
        linea
    from rechazos
)

select
    *,
    cast(null as {{ dbt.type_string() }}) as accion_key,
    cast(null as integer) as accion_numero
from hallazgos
