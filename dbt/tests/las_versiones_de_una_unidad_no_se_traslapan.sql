-- Two versions of a unit on one day would double its facts.
select
    una.ente_codigo,
    una.unidad_codigo,
    una.vigente_desde,
    otra.vigente_desde as otra_desde
from {{ ref('unidades') }} as una
inner join {{ ref('unidades') }} as otra
    on
        una.ente_codigo = otra.ente_codigo
        and una.unidad_codigo = otra.unidad_codigo
        and coalesce(una.vigente_desde, date '1900-01-01') < coalesce(otra.vigente_desde, date '1900-01-01')
        and coalesce(una.vigente_hasta, date '9999-12-31') >= coalesce(otra.vigente_desde, date '1900-01-01')
