-- A table: several marts and its own test stand on it, and a view would be worked out again for each.
{{ config(materialized='table') }}

-- Who signed each vigente report. Spellings of one person are told together within an ente: the commonest spelling
-- that is four letters in five alike, and either has the same first name or signs as the same office in the same
-- quarter, gives the name. An office has one holder at a time (YOANDA and OLGANDA sign for the ramo that YOLANDA
-- LOZANO PAEZ signs for); two of one surname are not one person for that.
with campos as (
    select * from {{ ref('int_campos') }}
    where campo = 'firma' and texto != '' and {{ es_vigente() }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

unidades as (
    select * from {{ ref('int_unidades') }}
),

-- Signatures stand side by side: one line may hold a person twice, for two offices or for none that is legible.
firmas as (
    select distinct
        reportes.corte_key,
        reportes.ente_codigo,
        {{ recorta('campos.texto_impreso') }} as nombre_impreso,
        -- C. and Lic. are no part of a name.
        regexp_replace(campos.texto, '^(C|LIC|ING|PROF|PROFRA|DR|DRA|ARQ|MTRO|MTRA|CP) ', '') as texto,
        coalesce(nullif({{ recorta('campos.valor') }}, ''), 'firma') as cargo,
        -- Whose office it is: the ramo's, the programa's or the unit's; of 'firma' nobody knows.
        case {{ recorta('campos.valor') }}
            when 'ramo' then unidades.ramo_codigo
            when 'programa' then coalesce(reportes.programa_codigo, unidades.programa_codigo)
            when 'unidad_ejecutora' then reportes.unidad_codigo
        end as oficina,
        reportes.corte,
        campos.extracto_id,
        campos.linea
    from campos
    inner join reportes
        on
            campos.ente_codigo = reportes.ente_codigo
            and campos.unidad_codigo = reportes.unidad_codigo
            and campos.corte = reportes.corte
    left join unidades
        on reportes.unidad_key = unidades.unidad_key
),

escrituras as (
    select
        ente_codigo,
        texto,
        split_part(texto, ' ', 1) as primer_nombre,
        max(nombre_impreso) as nombre,
        -- By reports: one misread page signs twice (YOANDA, for the ramo and for the unit).
        count(distinct corte_key) as veces
    from firmas
    group by ente_codigo, texto
),

-- Pairs that one person may have signed as.
parejas as (
    select
        una.ente_codigo,
        una.texto,
        otra.texto as otro_texto
    from escrituras as una
    inner join escrituras as otra
        on
            una.ente_codigo = otra.ente_codigo
            and una.primer_nombre = otra.primer_nombre
    union
    select
        una.ente_codigo,
        una.texto,
        otra.texto as otro_texto
    from firmas as una
    inner join firmas as otra
        on
            una.ente_codigo = otra.ente_codigo
            and una.cargo = otra.cargo
            and una.oficina = otra.oficina
            and una.corte = otra.corte
),

canonicas as (
    select
        una.ente_codigo,
        una.texto,
        otra.nombre as persona_nombre,
        1 - levenshtein(una.texto, otra.texto) / greatest(length(una.texto), length(otra.texto)) as puntaje
    from parejas as una
    inner join escrituras as otra
        on
            una.ente_codigo = otra.ente_codigo
            and una.otro_texto = otra.texto
            and 5 * levenshtein(una.texto, otra.texto) <= greatest(length(una.texto), length(otra.texto))
    qualify
        row_number() over (
            partition by una.ente_codigo, una.texto
            order by (otra.veces > 1 or otra.texto = una.texto) desc, otra.veces desc, otra.texto asc
        ) = 1
)

select
    firmas.corte_key,
    firmas.ente_codigo,
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
