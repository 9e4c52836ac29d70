with hallazgos as (
    select * from {{ ref('int_hallazgos') }}
),

reglas as (
    select * from {{ ref('reglas') }}
),

unidades as (
    select * from {{ ref('int_unidades') }}
    qualify
        row_number() over (partition by ente_codigo, unidad_codigo order by vigente_desde desc nulls last) = 1
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

trimestres as (
    select * from {{ ref('int_trimestres') }}
),

lineas as (
    select * from {{ ref('int_lineas_texto') }}
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

-- Two findings of one rule on one cell are told apart by their number.
numerados as (
    select
        *,
        row_number() over (
            partition by regla, ente_codigo, unidad_codigo, corte, accion_key, campo, extracto_id, linea
            order by observado nulls last, esperado nulls last, mensaje nulls last
        ) as numero
    from hallazgos
)

select
    {{ clave([
        'numerados.regla', 'numerados.ente_codigo', 'numerados.unidad_codigo', 'numerados.corte',
        'numerados.accion_key', 'numerados.campo', 'numerados.extracto_id', 'numerados.linea', 'numerados.numero',
    ]) }} as hallazgo_key,
    numerados.regla,
    reglas.severidad,
    reglas.que_dice,
    coalesce(numerados.accion_key, {{ clave_desconocida() }}) as accion_key,
    coalesce(reportes.unidad_key, unidades.unidad_key, {{ clave_desconocida() }}) as unidad_key,
    coalesce(reportes.corte_key, {{ clave_desconocida() }}) as corte_key,
    case
        when trimestres.trimestre is null then {{ clave_desconocida() }}
        else {{ clave(['trimestres.trimestre']) }}
    end as trimestre_key,
    {{ fin_trimestre('trimestres.trimestre') }} as fin_fecha,
    numerados.ente_codigo,
    numerados.unidad_codigo,
    numerados.ejercicio,
    numerados.corte,
    coalesce(acciones.accion_numero, numerados.accion_numero) as accion_numero,
    numerados.accion_numero as accion_numero_impreso,
    numerados.campo,
    numerados.observado,
    numerados.esperado,
    numerados.mensaje,
    lineas.texto as texto_impreso,
    numerados.extracto_id,
    numerados.linea
from numerados
left join reglas
    on numerados.regla = reglas.regla
left join reportes
    on
        numerados.ente_codigo = reportes.ente_codigo
        and numerados.unidad_codigo = reportes.unidad_codigo
        and numerados.corte = reportes.corte
left join trimestres
    on numerados.corte = trimestres.trimestre
left join acciones
    on numerados.accion_key = acciones.accion_key
left join unidades
    on
        numerados.ente_codigo = unidades.ente_codigo
        and numerados.unidad_codigo = unidades.unidad_codigo
left join lineas
    on
        numerados.extracto_id = lineas.extracto_id
        and numerados.linea = lineas.linea
