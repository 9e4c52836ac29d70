-- Decisions of people that no row of a vigente reporte answers to any more.
with renglones as (
    select distinct renglon_huella from {{ ref('int_renglones_impresos') }}
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
    cast(null as {{ tipo_texto() }}) as ente_codigo,
    cast(null as {{ tipo_texto() }}) as unidad_codigo,
    cast(null as integer) as ejercicio,
    cast(null as {{ tipo_texto() }}) as corte,
    cast(null as {{ tipo_texto() }}) as accion_key,
    cast(null as integer) as accion_numero,
    decisiones.campo,
    decisiones.renglon_huella as observado,
    decisiones.valor as esperado,
    decisiones.origen || ': ningún reporte vigente trae la línea ' || decisiones.renglon_huella || ' ('
    || coalesce(decisiones.archivo, '?') || ', línea ' || coalesce(cast(decisiones.linea as {{ tipo_texto() }}), '?')
    || '), que decidió ' || decisiones.autor as mensaje,
    cast(null as {{ tipo_texto() }}) as extracto_id,
    cast(null as integer) as linea
from decisiones
left join renglones
    on decisiones.renglon_huella = renglones.renglon_huella
where renglones.renglon_huella is null
