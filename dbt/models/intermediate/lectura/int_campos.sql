-- What the headers and signatures of pages print, with what their page was settled as.
with campos as (
    select * from {{ ref('stg_tmm__campos') }}
),

paginas as (
    select * from {{ ref('int_paginas') }}
),

-- Normalised once a text, not once a printing.
textos as (
    select
        texto_impreso,
        {{ normaliza('texto_impreso') }} as texto
    from (select distinct texto_impreso from campos) as distintos
)

select
    campos.extracto_id,
    campos.formato,
    campos.orden,
    campos.linea,
    campos.campo,
    campos.codigo_impreso,
    campos.texto_impreso,
    coalesce(textos.texto, '') as texto,
    campos.valor,
    campos.regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.corte,
    -- A plan in doubt is none, as in the rows (raw.elegidas).
    case when paginas.plan_estado != 'dudosa' then paginas.plan end as plan,
    paginas.situacion,
    paginas.pagina_huella
from campos
inner join paginas
    on
        campos.extracto_id = paginas.extracto_id
        and campos.formato = paginas.formato
left join textos
    on campos.texto_impreso = textos.texto_impreso
