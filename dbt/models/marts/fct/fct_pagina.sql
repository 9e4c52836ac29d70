{% set datos = [
    ('ente_codigo', 'ente_codigo', 'ente'), ('unidad_codigo', 'unidad_codigo', 'unidad'),
    ('anio', 'ejercicio', 'ejercicio'), ('corte_numero', 'trimestre_numero', 'trimestre'), ('plan', 'plan', 'plan'),
] %}

with paginas as (
    select * from {{ ref('int_paginas') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    {{ clave(['paginas.extracto_id', 'paginas.formato']) }} as pagina_key,
    {%- for llave in ['unidad_key', 'corte_key', 'trimestre_key'] %}
    coalesce(reportes.{{ llave }}, {{ clave_desconocida() }}) as {{ llave }},
    {%- endfor %}
    reportes.fin_fecha,
    paginas.ruta,
    paginas.publicado_fecha,
    paginas.formato,
    paginas.linea_inicio as linea,
    paginas.linea_fin,
    paginas.renglones,
    paginas.pagina_huella,
    paginas.situacion,
    otras.ruta || ':' || otras.linea_inicio as cede_ante,
    {%- for crudo, nombre, dato in datos %}
    case when paginas.{{ crudo }}_estado != 'dudosa' then paginas.{{ crudo }} end as {{ nombre }},
    {%- endfor %}
    {%- for crudo, nombre, dato in datos %}
    paginas.{{ crudo }}_estado as estado_{{ dato }},
    paginas.{{ crudo }}_regla as regla_{{ dato }},
    paginas.{{ crudo }}_puntaje as puntaje_{{ dato }},
    -- What is in doubt has no value: the likeliest is the first of its alternatives.
    case
        when paginas.{{ crudo }}_estado = 'dudosa' and paginas.{{ crudo }} is not null
            then '[["' || paginas.{{ crudo }} || '", ' || {{ numero_texto('paginas.' ~ crudo ~ '_puntaje') }} || ']'
                || case
                    when paginas.{{ crudo }}_alternativas = '[]' then ']'
                    else ', ' || substr(paginas.{{ crudo }}_alternativas, 2)
                end
        else paginas.{{ crudo }}_alternativas
    end as alternativas_{{ dato }},
    {%- endfor %}
    paginas.extracto_id
from paginas
left join paginas as otras
    on
        paginas.cede_extracto_id = otras.extracto_id
        and paginas.cede_formato = otras.formato
-- Of a page that does not count too, the report in force of its unit and quarter; of one set aside, none.
left join reportes
    on
        paginas.ente_codigo = reportes.ente_codigo
        and paginas.unidad_codigo = reportes.unidad_codigo
        and paginas.corte = reportes.corte
        and paginas.situacion != 'apartada'
