-- What the headers of each vigente report's pages say, one row per report whose headers say any of it.
with campos as (
    select * from {{ ref('stg_tmm__campos') }}
    where campo in ('subfuncion', 'eje')
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

valores as (
    select
        formatos.extracto_id,
        formatos.ente_codigo,
        formatos.unidad_codigo,
        formatos.corte,
        campos.campo,
        campos.valor,
        trim(campos.texto_impreso) as texto,
        formatos.formato * 1000 + campos.orden as orden
    from campos
    inner join formatos
        on
            campos.extracto_id = formatos.extracto_id
            and campos.formato = formatos.formato
)

select
    extracto_id,
    ente_codigo,
    unidad_codigo,
    corte,
    -- The reader settles the three CONAC levels together, as one code; what it leaves open stays unknown.
    min_by(valor, orden) filter (where campo = 'subfuncion' and valor is not null) as clasificacion_codigo,
    nullif(string_agg(distinct texto, ' / ' order by texto) filter (where campo = 'eje'), '') as eje
from valores
where ente_codigo is not null and unidad_codigo is not null and corte is not null
group by extracto_id, ente_codigo, unidad_codigo, corte
