-- Tables whose rows disagree on their layout: several of them depart from it alike.
with paginas as (
    select * from {{ ref('int_paginas') }}
),

renglones as (
    select * from {{ ref('stg_tmm__renglones') }}
    where tabla_numero is not null
),

tablas as (
    select
        extracto_id,
        formato,
        tabla_numero,
        min(linea) as linea,
        min({{ une('disposicion', ' ') }}) as disposicion,
        count(*) as renglones,
        count(discordancia) as discordes
    from renglones
    group by extracto_id, formato, tabla_numero
),

-- One mention of each way to depart, with its lines.
maneras as (
    select
        extracto_id,
        formato,
        tabla_numero,
        discordancia,
        {{ une_textos('cast(linea as string)', ', ', 'linea') }} as lineas
    from renglones
    where discordancia is not null
    group by extracto_id, formato, tabla_numero, discordancia
),

discordancias as (
    select
        extracto_id,
        formato,
        tabla_numero,
        {{ une_textos("discordancia || ' (líneas ' || lineas || ')'", '; ', 'lineas, discordancia') }} as texto
    from maneras
    group by extracto_id, formato, tabla_numero
)

select
    'tabla_discorde' as regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    null as campo,
    discordancias.texto as observado,
    tablas.disposicion as esperado,
    'Página ' || tablas.formato || ': ' || tablas.discordes || ' de los ' || tablas.renglones
    || ' renglones de la tabla están impresos con otra disposición que los demás' as mensaje,
    tablas.extracto_id,
    tablas.linea
from tablas
inner join discordancias
    on
        tablas.extracto_id = discordancias.extracto_id
        and tablas.formato = discordancias.formato
        and tablas.tabla_numero = discordancias.tabla_numero
inner join paginas
    on
        tablas.extracto_id = paginas.extracto_id
        and tablas.formato = paginas.formato
