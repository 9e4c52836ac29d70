-- Actions of a report that gave way to another one, or of a file that was replaced, and that no report lists now.
with impresos as (
    select * from {{ ref('stg_tmm__renglones') }}
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

renglones as (
    select * from {{ ref('int_renglones') }}
),

sustituidas as (
    select
        formatos.ente_codigo,
        formatos.unidad_codigo,
        formatos.ejercicio,
        formatos.corte,
        impresos.accion_numero,
        impresos.extracto_id,
        impresos.linea
    from impresos
    inner join formatos
        on
            impresos.extracto_id = formatos.extracto_id
            and impresos.formato = formatos.formato
    inner join reportes
        on
            formatos.ente_codigo = reportes.ente_codigo
            and formatos.unidad_codigo = reportes.unidad_codigo
            and formatos.corte = reportes.corte
            and formatos.extracto_id != reportes.extracto_id
),

desplegadas as (
    select
        extracto_id,
        {{ despliega('acciones_retiradas') }} as accion
    from extractos
    where not es_vigente
),

anteriores as (
    select * from sustituidas
    union all
    select
        accion.ente_codigo,
        accion.unidad_codigo,
        accion.ejercicio,
        accion.corte,
        accion.accion_numero,
        extracto_id,
        accion.linea
    from desplegadas
),

perdidas as (
    select anteriores.*
    from anteriores
    left join renglones
        on
            anteriores.ente_codigo = renglones.ente_codigo
            and anteriores.unidad_codigo = renglones.unidad_codigo
            and anteriores.corte = renglones.corte
            and anteriores.accion_numero = renglones.accion_numero
    where anteriores.accion_numero is not null and renglones.linea is null
    -- Said once, however many copies held it.
    qualify
        row_number() over (
            partition by
                anteriores.ente_codigo, anteriores.unidad_codigo, anteriores.corte, anteriores.accion_numero
            order by anteriores.extracto_id, anteriores.linea
        ) = 1
)

select
    'accion_perdida' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    cast(null as {{ tipo_texto() }}) as accion_key,
    accion_numero,
    'accion_numero' as campo,
    cast(null as {{ tipo_texto() }}) as observado,
    cast(accion_numero as {{ tipo_texto() }}) as esperado,
    'La acción ' || accion_numero || ' estaba en un reporte sustituido y no en el que cuenta' as mensaje,
    extracto_id,
    linea
from perdidas
