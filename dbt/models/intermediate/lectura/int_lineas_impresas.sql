-- Names printed beside línea de acción codes in the headers, counted by (ente, plan, código).
{{ config(materialized='table') }}

with impresos as (
    select
        extracto_id,
        formato,
        ente_codigo,
        coalesce(plan, 'desconocido') as plan,
        trim(coalesce(valor, codigo_impreso)) as linea_accion_codigo,
        trim(texto_impreso, ' .,;:-*') as nombre,
        texto
    from {{ ref('int_campos') }}
    where campo = 'linea_accion' and texto != '' and {{ es_vigente() }}
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
where repetidos.texto is null and {{ es_codigo_linea("impresos.linea_accion_codigo") }}
group by impresos.ente_codigo, impresos.plan, impresos.linea_accion_codigo, impresos.texto
