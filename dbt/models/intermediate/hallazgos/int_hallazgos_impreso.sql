-- What is printed otherwise than the form prints it: another table, another percentage, figures nobody can believe.
with paginas as (
    select * from {{ ref('int_paginas') }}
),

renglones as (
    select * from {{ ref('stg_tmm__renglones') }}
),

tablas as (
    select
        extracto_id,
        formato,
        tabla_numero,
        min(linea) as linea,
        min(tabla_clase) as tabla_clase,
        min(relativo_de) as relativo_de,
        count(*) as renglones
    from renglones
    where tabla_numero is not null
    group by extracto_id, formato, tabla_numero
),

hallazgos as (
    select
        extracto_id,
        formato,
        linea,
        'tabla_de_otro_formato' as regla,
        null as campo,
        tabla_clase as observado,
        'de_la_forma' as esperado,
        'la tabla no es la del formato; sus ' || renglones || ' renglones quedan en duda' as mensaje
    from tablas
    where tabla_clase = 'tabla_de_otro_formato'
    union all
    select
        extracto_id,
        formato,
        linea,
        'porcentaje_de_otra_base' as regla,
        'relativo_pct' as campo,
        relativo_de as observado,
        'de_la_meta' as esperado,
        'el porcentaje de la tabla no es el avance absoluto entre la meta, redondeado, sino '
        || replace(relativo_de, '_', ' ') as mensaje
    from tablas
    where relativo_de != 'de_la_meta'
    union all
    select
        extracto_id,
        formato,
        linea,
        'renglon_con_reparo' as regla,
        null as campo,
        reparo as observado,
        null as esperado,
        case reparo
            when 'figura_negativa' then 'el renglón imprime una cifra negativa y el formato no las tiene'
            when 'sin_totales'
                then 'la tabla está cortada a la derecha: sin absoluto ni porcentaje nada cierra sus cifras'
            when 'sin_valores' then 'las celdas del renglón no traen valores: el archivo se guardó sin calcularlos'
            when 'cifras_incompletas' then 'el renglón trae menos de tres cifras y nada las comprueba'
            else 'lo impreso impide creer las cifras del renglón: ' || replace(reparo, '_', ' ')
        end || '; quedan en duda' as mensaje
    from renglones
    where reparo is not null
)

select
    hallazgos.regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    hallazgos.campo,
    hallazgos.observado,
    hallazgos.esperado,
    'Página ' || hallazgos.formato || ': ' || hallazgos.mensaje
    || case
        when hallazgos.regla != 'renglon_con_reparo'
            then coalesce('. La cabeza de la tabla dice: ' || paginas.cabeza, '')
        else ''
    end as mensaje,
    hallazgos.extracto_id,
    hallazgos.linea
from hallazgos
inner join paginas
    on
        hallazgos.extracto_id = paginas.extracto_id
        and hallazgos.formato = paginas.formato
