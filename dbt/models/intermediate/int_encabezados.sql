-- What the headers of each vigente report's pages say, one row per report.
with campos as (
    select * from {{ ref('stg_tmm__campos') }}
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
        coalesce(campos.valor, campos.codigo_impreso) as codigo,
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
    min_by(codigo, orden) filter (where campo = 'finalidad') as finalidad,
    min_by(codigo, orden) filter (where campo = 'funcion') as funcion,
    min_by(codigo, orden) filter (where campo = 'subfuncion') as subfuncion,
    nullif(string_agg(distinct texto, ' / ' order by texto) filter (where campo = 'eje'), '') as eje
from valores
where ente_codigo is not null and unidad_codigo is not null and corte is not null
group by extracto_id, ente_codigo, unidad_codigo, corte
