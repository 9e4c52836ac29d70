-- Decisions of people that no line or page answers to any more, or more than the one they were made for.
with renglones as (
    select
        renglon_huella as huella,
        count(*) as veces,
        {{ une_textos("ruta || ':' || linea", ', ', 'ruta, linea') }} as lugares
    from {{ ref('int_renglones_impresos') }}
    where {{ es_vigente() }}
    group by renglon_huella
),

paginas as (
    select
        pagina_huella as huella,
        count(*) as veces,
        {{ une_textos("ruta || ':' || linea_inicio", ', ', 'ruta, linea_inicio') }} as lugares
    from {{ ref('int_paginas') }}
    group by pagina_huella
),

decisiones as (
    select
        renglon_huella as huella,
        'correcciones.csv' as origen,
        campo,
        valor,
        archivo,
        linea,
        autor
    from {{ ref('correcciones') }}
    union all
    select
        renglon_huella as huella,
        'vinculos.csv' as origen,
        'accion_id' as campo,
        con_huella as valor,
        archivo,
        linea,
        autor
    from {{ ref('vinculos') }}
    union all
    select
        con_huella as huella,
        'vinculos.csv' as origen,
        'accion_id' as campo,
        renglon_huella as valor,
        archivo,
        linea,
        autor
    from {{ ref('vinculos') }}
    where con_huella is not null
    union all
    select
        pagina_huella as huella,
        'paginas.csv' as origen,
        campo,
        valor,
        archivo,
        linea,
        autor
    from {{ ref('paginas') }}
),

contadas as (
    select
        decisiones.*,
        coalesce(renglones.veces, paginas.veces, 0) as veces,
        coalesce(renglones.lugares, paginas.lugares) as lugares
    from decisiones
    left join renglones
        on decisiones.huella = renglones.huella and decisiones.origen != 'paginas.csv'
    left join paginas
        on decisiones.huella = paginas.huella and decisiones.origen = 'paginas.csv'
)

select
    case when veces = 0 then 'decision_caduca' else 'decision_multiple' end as regla,
    null as ente_codigo,
    null as unidad_codigo,
    null as ejercicio,
    null as corte,
    null as accion_key,
    null as accion_numero,
    campo,
    huella as observado,
    valor as esperado,
    origen || ': ' || case
        when veces = 0 and origen = 'paginas.csv' then 'ningún extracto trae la página ' || huella
        when veces = 0 then 'ningún reporte vigente trae la línea ' || huella
        else 'lo decidido vale para ' || veces || ' lugares con el mismo texto, no solo para uno (' || lugares || ')'
    end || ', decidido para ' || coalesce(archivo, '?') || ', línea ' || coalesce(cast(linea as string), '?')
    || ' por ' || autor as mensaje,
    null as extracto_id,
    null as linea
from contadas
where veces != 1
