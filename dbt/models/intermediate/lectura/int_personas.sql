-- A table: dim_corte and its own test stand on it, and a view would be worked out again for each.
{{ config(materialized='table') }}

-- Who signed each vigente report. Spellings of one person are told together within an ente: the commonest
-- spelling with the same first name that is four letters in five alike gives the name.
with campos as (
    select * from {{ ref('int_campos') }}
    where campo = 'firma' and texto != '' and {{ es_vigente() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

firmas as (
    select
        reportes.corte_key,
        reportes.ente_codigo,
        trim(campos.texto_impreso) as nombre_impreso,
        -- C. and Lic. are no part of a name.
        regexp_replace(campos.texto, '^(C|LIC|ING|PROF|PROFRA|DR|DRA|ARQ|MTRO|MTRA|CP) ', '') as texto,
        coalesce(nullif(trim(campos.valor), ''), 'firma') as cargo,
        campos.extracto_id,
        campos.linea
    from campos
    inner join reportes
        on
            campos.ente_codigo = reportes.ente_codigo
            and campos.unidad_codigo = reportes.unidad_codigo
            and campos.corte = reportes.corte
),

escrituras as (
    select
        ente_codigo,
        texto,
        split_part(texto, ' ', 1) as primer_nombre,
        max(nombre_impreso) as nombre,
        count(*) as veces
    from firmas
    group by ente_codigo, texto
),

canonicas as (
    select
        una.ente_codigo,
        una.texto,
        otra.nombre as persona_nombre,
        1 - levenshtein(una.texto, otra.texto) / greatest(length(una.texto), length(otra.texto)) as puntaje
    from escrituras as una
    inner join escrituras as otra
        on
            una.ente_codigo = otra.ente_codigo
            and una.primer_nombre = otra.primer_nombre
            and 5 * levenshtein(una.texto, otra.texto) <= greatest(length(una.texto), length(otra.texto))
    qualify
        row_number() over (
            partition by una.ente_codigo, una.texto
            order by (otra.veces > 1 or otra.texto = una.texto) desc, otra.veces desc, otra.texto asc
        ) = 1
)

select
    firmas.corte_key,
    firmas.cargo,
    firmas.nombre_impreso,
    canonicas.persona_nombre,
    canonicas.puntaje,
    firmas.extracto_id,
    firmas.linea
from firmas
inner join canonicas
    on
        firmas.ente_codigo = canonicas.ente_codigo
        and firmas.texto = canonicas.texto
