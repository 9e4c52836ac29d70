{# Raw name and name here of what was settled of a page, each with how. #}
{% set datos = {
    'ente_codigo': 'ente_codigo', 'unidad_codigo': 'unidad_codigo', 'trimestre': 'corte_numero', 'anio': 'anio',
    'plan': 'plan', 'programa_codigo': 'programa_codigo',
} %}

with fuente as (
    select * from {{ source('raw', 'formatos') }}
),

tipado as (
    select
        extracto_id,
        formato,
        linea_inicio,
        linea_fin,
        renglones,
        huella as pagina_huella,
        situacion,
        split_part(cede_ante, ':', 1) as cede_extracto_id,
        cast(nullif(split_part(cede_ante, ':', 2), '') as integer) as cede_formato,
        cabeza,
        corte,
        ejercicio,
        {%- for crudo, dato in datos.items() %}
        {{ crudo }} as {{ dato }},
        {{ crudo }}_estado as {{ dato }}_estado,
        {{ crudo }}_regla as {{ dato }}_regla,
        {{ crudo }}_puntaje as {{ dato }}_puntaje,
        cast({{ crudo }}_alternativas as string) as {{ dato }}_alternativas{% if not loop.last %},{% endif %}
        {%- endfor %}
    from fuente
)

select * from tipado
