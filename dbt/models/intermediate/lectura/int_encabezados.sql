-- What the headers of each report's pages say, one row per report whose headers say any of it.
with campos as (
    select * from {{ ref('int_campos') }}
    where campo in ('subfuncion', 'eje') and {{ es_vigente() }}
)

select
    ente_codigo,
    unidad_codigo,
    corte,
    -- The reader settles the three CONAC levels together, as one code; what it leaves open stays unknown.
    min_by(valor, (pagina_huella, orden)) filter (where campo = 'subfuncion' and valor is not null)
        as clasificacion_codigo,
    nullif(
        string_agg(distinct trim(texto_impreso), ' / ' order by trim(texto_impreso)) filter (where campo = 'eje'), ''
    ) as eje
from campos
group by ente_codigo, unidad_codigo, corte
