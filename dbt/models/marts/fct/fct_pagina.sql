with paginas as (
    select * from {{ ref('int_paginas') }}
)

select
    {{ clave(['paginas.extracto_id', 'paginas.formato']) }} as pagina_key,
    paginas.ruta,
    paginas.formato,
    paginas.linea_inicio as linea,
    paginas.linea_fin,
    paginas.renglones,
    paginas.pagina_huella,
    paginas.situacion,
    otras.ruta || ':' || otras.linea_inicio as cede_ante,
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
left join paginas as otras
    on
        paginas.cede_extracto_id = otras.extracto_id
        and paginas.cede_formato = otras.formato
