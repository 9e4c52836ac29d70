-- What an action row says of itself: number, link, codes, a second printing.
with renglones as (
    select * from {{ ref('int_renglones') }}
),

lineas as (
    select * from {{ ref('int_lineas_usadas') }}
),

elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
),

vinculos as (
    select * from {{ ref('stg_tmm__vinculos') }}
),

impresos as (
    select
        extracto_id,
        linea,
        accion_numero_descartado
    from {{ ref('stg_tmm__renglones') }}
    where accion_numero_descartado is not null
),

hallazgos as (
    select
        renglones.extracto_id,
        renglones.linea,
        'accion_numero_inferido' as regla,
        'accion_numero' as campo,
        cast(impresos.accion_numero_descartado as string) as observado,
        cast(renglones.accion_numero as string) as esperado,
        case
            when impresos.accion_numero_descartado is null then 'El número de la acción no se lee en el renglón'
            else 'El número impreso, ' || impresos.accion_numero_descartado || ', no cabe entre sus vecinos'
        end
        || '; por el orden de sus vecinos es ' || renglones.accion_numero as mensaje
    from renglones
    left join impresos
        on
            renglones.extracto_id = impresos.extracto_id
            and renglones.linea = impresos.linea
    where renglones.es_accion_inferida
    union all
    select
        extracto_id,
        linea,
        'accion_numero_dudoso' as regla,
        'accion_numero' as campo,
        cast(accion_numero as string) as observado,
        null as esperado,
        case
            when accion_regla = 'numero_repetido'
                then 'Otro renglón de la página, con otra acción, trae el mismo número: ' || accion_numero
            else 'El número ' || accion_numero || ' no sigue el orden de los demás de su página'
        end as mensaje
    from renglones
    where accion_regla in ('fuera_de_secuencia', 'numero_repetido')
    union all
    select
        extracto_id,
        linea,
        'vinculo_incierto' as regla,
        'accion_id' as campo,
        {{ numero_texto(redondea('vinculo_puntaje', 2)) }} as observado,
        '{{ var("vinculo_puntaje_minimo") }}' as esperado,
        'No es seguro que sea la misma acción de otros cortes'
        || coalesce(' (puntaje ' || {{ cifra_texto(redondea('vinculo_puntaje', 2)) }} || ')', '') as mensaje
    from renglones
    where vinculo_regla = 'incierto' or vinculo_puntaje < {{ var("vinculo_puntaje_minimo") }}
    union all
    select
        extracto_id,
        linea,
        case when regla = 'repetido' then 'renglon_repetido' else 'reporte_en_disputa' end as regla,
        null as campo,
        null as observado,
        null as esperado,
        case
            when regla = 'repetido' then 'La acción está otra vez en el mismo corte con las mismas cifras; cuenta una'
            else
                'Otra página del mismo reporte trae otras cifras de la acción; las que difieren quedan con su rango'
        end as mensaje
    from vinculos
    where regla in ('repetido', 'en_disputa')
    union all
    select
        extracto_id,
        linea,
        'linea_accion_ilegible' as regla,
        'lineas_accion' as campo,
        codigos_impresos as observado,
        null as esperado,
        'El renglón no trae un código de línea de acción legible' as mensaje
    from lineas
    where linea_accion_codigo = '(desconocida)'
)

select
    hallazgos.regla,
    elegidas.ente_codigo,
    elegidas.unidad_codigo,
    elegidas.ejercicio,
    elegidas.corte,
    {{ clave(['elegidas.accion_id', 'elegidas.ejercicio']) }} as accion_key,
    elegidas.accion_numero,
    hallazgos.campo,
    hallazgos.observado,
    hallazgos.esperado,
    hallazgos.mensaje,
    hallazgos.extracto_id,
    hallazgos.linea
from hallazgos
inner join elegidas
    on
        hallazgos.extracto_id = elegidas.extracto_id
        and hallazgos.linea = elegidas.linea
