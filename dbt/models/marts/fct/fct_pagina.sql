with paginas as (
    select * from {{ ref('int_paginas') }}
),

extractos as (
    select * from {{ ref('stg_tmm__extractos') }}
)

select
    {{ clave(['paginas.extracto_id', 'paginas.formato']) }} as pagina_key,
    extractos.ruta,
    paginas.formato,
    paginas.linea_inicio as linea,
    paginas.linea_fin,
    paginas.renglones,
    paginas.pagina_huella,
    paginas.situacion,
    otros.ruta || ':' || otras.linea_inicio as cede_ante,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.anio as ejercicio,
    paginas.corte_numero as trimestre_numero,
    paginas.plan,
    {%- for crudo, dato in [
        ('ente_codigo', 'ente'), ('unidad_codigo', 'unidad'), ('anio', 'ejercicio'), ('corte_numero', 'trimestre'),
        ('plan', 'plan'),
    ] %}
    paginas.{{ crudo }}_estado as estado_{{ dato }},
    paginas.{{ crudo }}_regla as regla_{{ dato }},
    paginas.{{ crudo }}_puntaje as puntaje_{{ dato }},
    paginas.{{ crudo }}_alternativas as alternativas_{{ dato }},
    {%- endfor %}
    paginas.extracto_id
from paginas
inner join extractos
    on paginas.extracto_id = extractos.extracto_id
left join {{ ref('int_paginas') }} as otras
    on
        paginas.cede_extracto_id = otras.extracto_id
        and paginas.cede_formato = otras.formato
left join extractos as otros
    on otras.extracto_id = otros.extracto_id
