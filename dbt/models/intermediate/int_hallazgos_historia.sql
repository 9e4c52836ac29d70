-- What shows only when cuts are set side by side: goals that do not carry over, quarters without a report.
with metas as (
    select * from {{ ref('int_metas') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

trimestres as (
    select * from {{ ref('int_trimestres') }}
),

renglones as (
    select * from {{ ref('int_renglones') }}
),

impresos as (
    select * from {{ ref('stg_tmm__renglones') }}
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

-- A unit owes every quarter of an ejercicio up to the last that anyone of its ente reported.
debidos as (
    select
        unidades.ente_codigo,
        unidades.unidad_codigo,
        trimestres.ejercicio,
        trimestres.trimestre
    from (select distinct ente_codigo, unidad_codigo, ejercicio from reportes) as unidades
    inner join (
        select ente_codigo, ejercicio, max(corte) as ultimo_corte from reportes group by ente_codigo, ejercicio
    ) as entes
        on
            unidades.ente_codigo = entes.ente_codigo
            and unidades.ejercicio = entes.ejercicio
    inner join trimestres
        on
            unidades.ejercicio = trimestres.ejercicio
            and entes.ultimo_corte >= trimestres.trimestre
),

-- Action numbers of a report that gave way to another one, and that the other does not list.
perdidas as (
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
    left join renglones
        on
            reportes.ente_codigo = renglones.ente_codigo
            and reportes.unidad_codigo = renglones.unidad_codigo
            and reportes.corte = renglones.corte
            and impresos.accion_numero = renglones.accion_numero
    where impresos.accion_numero is not null and renglones.linea is null
),

hallazgos as (
    select
        'rebase' as regla, ente_codigo, unidad_codigo, ejercicio, corte, accion_key, accion_numero,
        'meta' as campo,
        {{ cifra_texto('meta') }} as observado,
        {{ cifra_texto('meta_esperada') }} as esperado,
        'La meta es ' || {{ cifra_texto('meta') }} || '; la del corte ' || corte_anterior || ' era '
        || {{ cifra_texto('meta_anterior') }} || ' y de ella quedaban ' || {{ cifra_texto('meta_esperada') }} as mensaje,
        extracto_id, linea
    from metas
    where rebase_diferencia != 0
    union all
    select
        'trimestre_faltante' as regla, debidos.ente_codigo, debidos.unidad_codigo, debidos.ejercicio,
        debidos.trimestre as corte,
        null as accion_key, null as accion_numero, null as campo, null as observado,
        debidos.trimestre as esperado,
        'No hay reporte de la unidad ' || debidos.unidad_codigo || ' en ' || debidos.trimestre as mensaje,
        null as extracto_id, null as linea
    from debidos
    left join reportes
        on
            debidos.ente_codigo = reportes.ente_codigo
            and debidos.unidad_codigo = reportes.unidad_codigo
            and debidos.trimestre = reportes.corte
    where reportes.corte is null
    union all
    select
        'accion_perdida' as regla, ente_codigo, unidad_codigo, ejercicio, corte,
        null as accion_key, accion_numero,
        'accion_numero' as campo,
        null as observado,
        cast(accion_numero as {{ dbt.type_string() }}) as esperado,
        'La acción ' || accion_numero || ' estaba en un reporte sustituido y no en el que cuenta' as mensaje,
        extracto_id, linea
    from perdidas
)

select * from hallazgos
