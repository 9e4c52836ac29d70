with personas as (
    select * from {{ ref('int_personas') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

firmas as (
    select
        corte_key,
        {{ clave(['ente_codigo', 'persona_nombre']) }} as responsable_key,
        cargo,
        min(nombre_impreso) as nombre_impreso,
        min(puntaje) as puntaje,
        min_by(extracto_id, (extracto_id, linea)) as extracto_id,
        min_by(linea, (extracto_id, linea)) as linea
    from personas
    group by corte_key, ente_codigo, persona_nombre, cargo
)

-- A report that nobody's legible name signs is the unknown one's: no report falls out of a count by person.
select
    {{ clave(['reportes.corte_key', 'firmas.responsable_key', 'firmas.cargo']) }} as corte_responsable_key,
    reportes.corte_key,
    coalesce(firmas.responsable_key, {{ clave_desconocida() }}) as responsable_key,
    coalesce(firmas.cargo, 'sin firma') as cargo,
    reportes.ente_codigo,
    reportes.unidad_codigo,
    reportes.ejercicio,
    reportes.corte,
    firmas.nombre_impreso,
    {{ a_decimal('firmas.puntaje', 5, 4) }} as puntaje,
    coalesce(firmas.extracto_id, reportes.extracto_id) as extracto_id,
    coalesce(firmas.linea, reportes.linea) as linea
from reportes
left join firmas
    on reportes.corte_key = firmas.corte_key
