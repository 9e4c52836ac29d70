-- Actions of a report that gave way to another one, or of a file that was replaced, beside the report that counts.
with impresos as (
    select * from {{ ref('stg_tmm__renglones') }}
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
    where situacion = 'sustituida'
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
),

superadas as (
    select
        formatos.ente_codigo,
        formatos.unidad_codigo,
        formatos.ejercicio,
        formatos.corte,
        impresos.accion_numero,
        impresos.descripcion,
        impresos.extracto_id,
        impresos.linea
    from impresos
    inner join formatos
        on
            impresos.extracto_id = formatos.extracto_id
            and impresos.formato = formatos.formato
),

desplegadas as (
    select
        extracto_id,
        {{ despliega('acciones_retiradas') }} as accion
    from extractos
    where not es_vigente
),

retiradas as (
    select
        desplegadas.accion.ente_codigo,
        desplegadas.accion.unidad_codigo,
        desplegadas.accion.ejercicio,
        desplegadas.accion.corte,
        desplegadas.accion.accion_numero,
        desplegadas.accion.descripcion,
        desplegadas.extracto_id,
        desplegadas.accion.linea
    from desplegadas
),

anteriores as (
    select * from superadas
    union all
    select * from retiradas
)

select
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    accion_numero,
    {{ normaliza("coalesce(descripcion, '')") }} as texto,
    extracto_id,
    linea
from anteriores
