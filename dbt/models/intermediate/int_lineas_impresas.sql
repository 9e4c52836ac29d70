-- Names printed beside línea de acción codes in the headers, counted by (ente, plan, código).
{{ config(materialized='table') }}

with campos as (
    select * from {{ ref('stg_tmm__campos') }}
    where campo = 'linea_accion'
),

-- Normalised once a text, not once a printing.
textos as (
    select
        texto_impreso,
        {{ normaliza('texto_impreso') }} as texto
    from (select distinct texto_impreso from campos) as distintos
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
),

impresos as (
    select
        campos.extracto_id,
        campos.formato,
        formatos.ente_codigo,
        coalesce(formatos.plan, 'desconocido') as plan,
        trim(coalesce(campos.valor, campos.codigo_impreso)) as linea_accion_codigo,
        trim(campos.texto_impreso, ' .,;:-*') as nombre,
        textos.texto
    from campos
    inner join textos
        on campos.texto_impreso = textos.texto_impreso
    inner join formatos
        on
            campos.extracto_id = formatos.extracto_id
            and campos.formato = formatos.formato
    inner join extractos
        on campos.extracto_id = extractos.extracto_id
    where extractos.es_vigente and formatos.ente_codigo is not null
),

-- A text that stands beside several codes of one page names none of them.
repetidos as (
    select
        extracto_id,
        formato,
        texto
    from impresos
    group by extracto_id, formato, texto
    having count(distinct linea_accion_codigo) > 1
)

select
    impresos.ente_codigo,
    impresos.plan,
    impresos.linea_accion_codigo,
    impresos.texto,
    -- Of spellings that differ in accents and points alone, the accented one.
    max(impresos.nombre) as nombre,
    count(*) as veces
from impresos
left join repetidos
    on
        impresos.extracto_id = repetidos.extracto_id
        and impresos.formato = repetidos.formato
        and impresos.texto = repetidos.texto
where
    repetidos.texto is null
    and impresos.texto != ''
    and {{ es_codigo_linea("impresos.linea_accion_codigo") }}
group by impresos.ente_codigo, impresos.plan, impresos.linea_accion_codigo, impresos.texto
