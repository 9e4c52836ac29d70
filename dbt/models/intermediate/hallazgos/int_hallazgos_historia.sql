-- What shows when cuts are set side by side: goals that do not carry over, quarters without a report.
with metas as (
    select * from {{ ref('int_metas') }}
    where rebase_diferencia != 0
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

trimestres as (
    select * from {{ ref('int_trimestres') }}
),

entes as (
    select
        ente_codigo,
        ejercicio,
        max(corte) as ultimo_corte
    from reportes
    group by ente_codigo, ejercicio
),

-- Quarters in which the catalogue has a unit in force.
vigentes as (
    select distinct
        unidades.ente_codigo,
        unidades.unidad_codigo,
        trimestres.ejercicio,
        trimestres.trimestre
    from {{ ref('unidades') }} as unidades
    inner join trimestres
        on
            {{ inicio_trimestre('trimestres.trimestre') }}
            between coalesce(unidades.vigente_desde, date '1900-01-01')
            and coalesce(unidades.vigente_hasta, date '9999-12-31')
),

-- A unit owes the quarters of an ejercicio in which it is in force; where the catalogue says nothing of the ejercicio,
-- every one if it reported in any. Up to the last that anyone of its ente reported.
debidos as (
    select * from vigentes
    union
    select
        reportes.ente_codigo,
        reportes.unidad_codigo,
        trimestres.ejercicio,
        trimestres.trimestre
    from reportes
    inner join trimestres
        on reportes.ejercicio = trimestres.ejercicio
    left join vigentes
        on
            reportes.ente_codigo = vigentes.ente_codigo
            and reportes.unidad_codigo = vigentes.unidad_codigo
            and reportes.ejercicio = vigentes.ejercicio
    where vigentes.ejercicio is null
),

faltantes as (
    select debidos.*
    from debidos
    inner join entes
        on
            debidos.ente_codigo = entes.ente_codigo
            and debidos.ejercicio = entes.ejercicio
            and debidos.trimestre <= entes.ultimo_corte
    left join reportes
        on
            debidos.ente_codigo = reportes.ente_codigo
            and debidos.unidad_codigo = reportes.unidad_codigo
            and debidos.trimestre = reportes.corte
    where reportes.corte is null
)

select
    'rebase' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    accion_key,
    accion_numero,
    'meta' as campo,
    {{ cifra_texto('meta') }} as observado,
    {{ cifra_texto('meta_esperada') }} as esperado,
    'La meta es ' || {{ cifra_texto('meta') }} || '; la del corte ' || corte_anterior || ' era '
    || {{ cifra_texto('meta_anterior') }} || ' y de ella quedaban ' || {{ cifra_texto('meta_esperada') }} as mensaje,
    extracto_id,
    linea
from metas
union all
select
    'trimestre_faltante' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    trimestre as corte,
    null as accion_key,
    null as accion_numero,
    null as campo,
    null as observado,
    trimestre as esperado,
    'No hay reporte de la unidad ' || unidad_codigo || ' en ' || trimestre as mensaje,
    null as extracto_id,
    null as linea
from faltantes
