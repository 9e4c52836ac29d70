-- What is uncertain of a form page: how each fact of its header was settled, and whether the page counts.
with extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
    where es_vigente
),

formatos as (
    select formatos.*
    from {{ ref('stg_tmm__formatos') }} as formatos
    inner join extractos
        on formatos.extracto_id = extractos.extracto_id
),

miembros as (
    select * from {{ ref('int_unidades') }}
),

unidades as (
    select * from miembros
    where origen = 'extracto'
),

-- The programme of a unit is the catalogue's, of the day or the latest; of a unit it lacks, only the
-- first digits of its code speak.
programas as (
    select
        formatos.extracto_id,
        formatos.formato,
        formatos.unidad_codigo,
        formatos.programa_codigo,
        miembros.unidad_codigo is not null as es_de_catalogo,
        case
            when miembros.unidad_codigo is null
                then left(formatos.unidad_codigo, length(formatos.programa_codigo))
            else miembros.programa_codigo
        end as programa_esperado
    from formatos
    left join miembros
        on
            formatos.ente_codigo = miembros.ente_codigo
            and formatos.unidad_codigo = miembros.unidad_codigo
            and miembros.origen = 'catalogo'
    qualify
        row_number() over (
            partition by formatos.extracto_id, formatos.formato
            order by
                coalesce({{ inicio_trimestre('formatos.corte') }} between vigente_desde and vigente_hasta, false) desc,
                miembros.vigente_desde desc nulls last
        ) = 1
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

hallazgos as (
    {%- for campo, nombre, letra in [
        ('ente_codigo', 'ente', 'o'), ('unidad_codigo', 'unidad', 'a'), ('anio', 'ejercicio', 'o'),
        ('corte_numero', 'corte', 'o'), ('plan', 'plan', 'o'),
    ] %}
    select
        extracto_id,
        formato,
        case
            when {{ campo }} is null or {{ campo }}_estado = 'dudosa' then '{{ nombre }}_inciert{{ letra }}'
            else '{{ nombre }}_deducid{{ letra }}'
        end as regla,
        '{{ campo }}' as campo,
        {{ alternativas_texto(campo ~ '_alternativas') }} as observado,
        cast({{ campo }} as {{ tipo_texto() }}) as esperado,
        case
            when {{ campo }} is null then 'Página ' || formato || ': no se pudo establecer: {{ nombre }}'
            else
                'Página ' || formato || ': {{ nombre }} '
                || case when {{ campo }}_estado = 'dudosa' then 'inciert{{ letra }}: ' else 'deducid{{ letra }}: ' end
                || {% if campo == 'corte_numero' %}'trimestre ' || {% endif %}{{ campo }}
                || coalesce(' (puntaje ' || {{ cifra_texto('round(' ~ campo ~ '_puntaje, 2)') }} || ')', '')
        end as mensaje
    from formatos
    where {{ campo }} is null or {{ campo }}_estado in ('reparada', 'dudosa')
    union all
    {%- endfor %}
    select
        extracto_id,
        formato,
        'unidad_contra_programa' as regla,
        'programa_codigo' as campo,
        programa_codigo as observado,
        programa_esperado as esperado,
        'La unidad ' || unidad_codigo || ' se informa en el programa ' || programa_codigo
        || case
            when es_de_catalogo then ' y en el catálogo está en el ' || programa_esperado
            else ', que no es el principio de su código'
        end as mensaje
    from programas
    where programa_codigo != programa_esperado
    union all
    select
        formatos.extracto_id,
        formatos.formato,
        'unidad_sin_catalogo' as regla,
        'unidad_codigo' as campo,
        formatos.unidad_codigo as observado,
        null as esperado,
        'La unidad ' || formatos.unidad_codigo || ' no está en el catálogo en esa fecha' as mensaje
    from formatos
    inner join unidades
        on
            formatos.ente_codigo = unidades.ente_codigo
            and formatos.unidad_codigo = unidades.unidad_codigo
    union all
    select
        formatos.extracto_id,
        formatos.formato,
        'reporte_sustituido' as regla,
        null as campo,
        formatos.extracto_id as observado,
        reportes.extracto_id as esperado,
        'Hay otro reporte de la unidad y el corte, publicado después; este no cuenta' as mensaje
    from formatos
    inner join reportes
        on
            formatos.ente_codigo = reportes.ente_codigo
            and formatos.unidad_codigo = reportes.unidad_codigo
            and formatos.corte = reportes.corte
            and formatos.extracto_id != reportes.extracto_id
)

select
    hallazgos.regla,
    formatos.ente_codigo,
    formatos.unidad_codigo,
    formatos.ejercicio,
    formatos.corte,
    cast(null as {{ tipo_texto() }}) as accion_key,
    cast(null as integer) as accion_numero,
    hallazgos.campo,
    hallazgos.observado,
    hallazgos.esperado,
    hallazgos.mensaje,
    formatos.extracto_id,
    formatos.linea_inicio as linea
from hallazgos
inner join formatos
    on
        hallazgos.extracto_id = formatos.extracto_id
        and hallazgos.formato = formatos.formato
