-- Pages that do not count as they are: set aside, printed again, replaced, waiting, in dispute.
with paginas as (
    select * from {{ ref('int_paginas') }}
    where situacion != 'vigente'
),

otras as (
    select
        extracto_id,
        formato,
        linea_inicio,
        ruta
    from {{ ref('int_paginas') }}
)

select
    case paginas.situacion
        when 'apartada' then 'pagina_apartada'
        when 'copia' then 'pagina_repetida'
        when 'sustituida' then 'reporte_sustituido'
        when 'por_aprobar' then 'reporte_por_aprobar'
        else 'reporte_en_disputa'
    end as regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    'situacion' as campo,
    paginas.situacion as observado,
    otras.ruta || ':' || otras.linea_inicio as esperado,
    'Página ' || paginas.formato || ' de ' || paginas.ruta || ' (' || paginas.renglones
    || case when paginas.renglones = 1 then ' renglón): ' else ' renglones): ' end
    || case paginas.situacion
        when 'apartada'
            then 'no se sabe de qué municipio, unidad, año o trimestre es, y no cuenta. Lo decide una línea de '
                || 'seeds/paginas.csv con su huella, ' || paginas.pagina_huella
                || '; avance why --page ' || paginas.ruta || ':' || paginas.linea_inicio || ' la escribe'
        when 'copia' then 'repite la de ' || otras.ruta || ', línea ' || otras.linea_inicio || '; cuenta esa'
        when 'sustituida'
            then 'la de ' || otras.ruta || ', línea ' || otras.linea_inicio
                || ', se publicó después con otras cifras; esta no cuenta'
        when 'por_aprobar'
            then 'trae otras cifras que la de ' || otras.ruta || ', línea ' || otras.linea_inicio
                || '; espera y no cuenta (llegó por la bandeja de entrada, o su archivo reemplazó a otro sin traer '
                || 'todos sus reportes). Con su fecha de publicación en seeds/extractos.csv cuenta la más reciente'
        else 'la de ' || otras.ruta || ', línea ' || otras.linea_inicio
            || ', trae otras cifras y nada dice cuál vale: las que difieren quedan en duda con su rango. Decide la '
            || 'fecha de publicación en seeds/extractos.csv'
    end as mensaje,
    paginas.extracto_id,
    paginas.linea_inicio as linea
from paginas
left join otras
    on
        paginas.cede_extracto_id = otras.extracto_id
        and paginas.cede_formato = otras.formato
