-- Names printed beside línea de acción codes in the headers, counted by (ente, plan, código) and weighed by how damaged
-- the page is that prints them.
{{ config(materialized='table') }}

with impresos as (
    select
        extracto_id,
        formato,
        ente_codigo,
        coalesce(plan, 'desconocido') as plan,
        {{ recorta('coalesce(valor, codigo_impreso)') }} as linea_accion_codigo,
        trim(both ' .,;:-*' from texto_impreso) as nombre,
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
),

-- A page that has lost the number or the text of its rows has misread the names of its header too. One printing on a
-- page that lost all of them weighs a twentieth of one on a page that lost none.
danos as (
    select
        extracto_id,
        formato,
        avg(case when es_accion_inferida or {{ recorta('descripcion') }} = '' then 1 else 0 end) as dano
    from {{ ref('stg_tmm__renglones') }}
    group by extracto_id, formato
)

select
    impresos.ente_codigo,
    impresos.plan,
    impresos.linea_accion_codigo,
    impresos.texto,
    -- Of spellings that differ in accents and points alone, the accented one.
    max(impresos.nombre) as nombre,
    count(*) as veces,
    sum({{ a_decimal('(1 - 0.95 * coalesce(danos.dano, 0))', 18, 4) }}) as peso
from impresos
left join danos
    on
        impresos.extracto_id = danos.extracto_id
        and impresos.formato = danos.formato
left join repetidos
    on
        impresos.extracto_id = repetidos.extracto_id
        and impresos.formato = repetidos.formato
        and impresos.texto = repetidos.texto
where repetidos.texto is null and {{ es_codigo_linea("impresos.linea_accion_codigo") }}
group by impresos.ente_codigo, impresos.plan, impresos.linea_accion_codigo, impresos.texto
