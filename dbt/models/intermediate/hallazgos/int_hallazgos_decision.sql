-- Decisions of people that no row of a vigente reporte answers to any more.
with renglones as (
    select distinct renglon_huella from {{ ref('int_renglones_impresos') }}
    where {{ es_vigente() }}
),

decisiones as (
    select
        renglon_huella,
        'correcciones.csv' as origen,
        campo,
        valor,
        archivo,
        linea,
        autor
    from {{ ref('correcciones') }}
    union all
    select
        renglon_huella,
        'vinculos.csv' as origen,
        'accion_id' as campo,
        con_huella as valor,
        archivo,
        linea,
        autor
    from {{ ref('vinculos') }}
    union all
    select
        con_huella as renglon_huella,
        'vinculos.csv' as origen,
        'accion_id' as campo,
        renglon_huella as valor,
        archivo,
        linea,
        autor
    from {{ ref('vinculos') }}
    where con_huella is not null
)

select
    'decision_caduca' as regla,
    null as ente_codigo,
    null as unidad_codigo,
    null as ejercicio,
    null as corte,
    null as accion_key,
    null as accion_numero,
    decisiones.campo,
    decisiones.renglon_huella as observado,
    decisiones.valor as esperado,
    decisiones.origen || ': ningún reporte vigente trae la línea ' || decisiones.renglon_huella || ' ('
    || coalesce(decisiones.archivo, '?') || ', línea ' || coalesce(cast(decisiones.linea as varchar), '?')
    || '), que decidió ' || decisiones.autor as mensaje,
    null as extracto_id,
    null as linea
from decisiones
left join renglones
    on decisiones.renglon_huella = renglones.renglon_huella
where renglones.renglon_huella is null
