-- What pages in force print of each unit: its ramo, and the name of one that the catalogue lacks.
with formatos as (
    select * from {{ ref('int_paginas') }}
    where {{ es_vigente() }}
),

campos as (
    select * from {{ ref('stg_tmm__campos') }}
    where campo in ('unidad_ejecutora', 'ramo')
),

impresos as (
    select
        formatos.ente_codigo,
        formatos.unidad_codigo,
        campos.campo,
        {{ recorta("""case
                when campos.campo = 'ramo' then coalesce(nullif(campos.valor, ''), campos.codigo_impreso)
                when formatos.unidad_codigo_regla like '%codigo_nuevo%' then campos.texto_impreso
            end""") }} as impreso,
        count(*) as veces
    from formatos
    inner join campos
        on
            formatos.extracto_id = campos.extracto_id
            and formatos.formato = campos.formato
    group by all
),

-- What most pages print; of as many prints the longest, which lost least.
elegidos as (
    select
        ente_codigo,
        unidad_codigo,
        campo,
        impreso
    from impresos
    where impreso != ''
    qualify
        row_number() over (
            partition by ente_codigo, unidad_codigo, campo
            order by veces desc, length(impreso) desc, impreso asc
        ) = 1
)

select
    ente_codigo,
    unidad_codigo,
    max(impreso) filter (where campo = 'unidad_ejecutora') as unidad_nombre,
    max(impreso) filter (where campo = 'ramo') as ramo_codigo
from elegidos
group by ente_codigo, unidad_codigo
