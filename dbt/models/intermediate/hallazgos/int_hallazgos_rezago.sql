-- A plan that starts again hides what was missed before it: under the green band in the year, not under it in the plan.
with acumulados as (
    select * from {{ ref('int_acumulados') }}
    where a_corte = trimestre and programado_acumulado > 0 and programado_acumulado_ejercicio > programado_acumulado
),

verdes as (
    select * from {{ ref('semaforo') }}
    where banda = 'verde'
)

select
    'rezago_borrado_por_replaneacion' as regla,
    acumulados.ente_codigo,
    acumulados.unidad_codigo,
    acumulados.ejercicio,
    acumulados.a_corte as corte,
    acumulados.accion_key,
    acumulados.accion_numero,
    'avance' as campo,
    {{ cifra_texto('acumulados.avance_acumulado_ejercicio') }} as observado,
    {{ cifra_texto('acumulados.programado_acumulado_ejercicio') }} as esperado,
    'Desde que el plan volvió a empezar lleva ' || {{ cifra_texto('acumulados.avance_acumulado') }} || ' de '
    || {{ cifra_texto('acumulados.programado_acumulado') }} || ' (' || acumulados.cumplimiento_acumulado_pct
    || ' %); en el año, ' || {{ cifra_texto('acumulados.avance_acumulado_ejercicio') }} || ' de '
    || {{ cifra_texto('acumulados.programado_acumulado_ejercicio') }} || ' ('
    || acumulados.cumplimiento_ejercicio_pct || ' %)' as mensaje,
    acumulados.extracto_id,
    acumulados.linea
from acumulados
inner join verdes
    on
        {{ inicio_trimestre('acumulados.trimestre') }} >= verdes.vigente_desde
        and {{ inicio_trimestre('acumulados.trimestre') }} <= coalesce(verdes.vigente_hasta, date '9999-12-31')
where
    100 * acumulados.avance_acumulado >= verdes.desde_pct * acumulados.programado_acumulado
    and 100 * acumulados.avance_acumulado_ejercicio < verdes.desde_pct * acumulados.programado_acumulado_ejercicio
