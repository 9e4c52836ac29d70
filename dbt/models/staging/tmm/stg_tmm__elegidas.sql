{% set campos = ['meta', 'p1', 'p2', 'p3', 'p4', 'a1', 'a2', 'a3', 'a4', 'absoluto', 'relativo_pct'] %}

with fuente as (
    select * from {{ source('raw', 'elegidas') }}
),

tipado as (
    select
        extracto_id,
        linea,
        ejercicio,
        ente_codigo,
        unidad_codigo,
        corte,
        accion_id,
        accion_numero,
        plan,
        es_razon,
        candidato,
        costo,
        margen,
        estado,
        {%- for campo in campos %}
        {{ campo }},
        {{ campo }}_min,
        {{ campo }}_max,
        {{ campo }}_estado,
        {{ dato_json('impresos', campo) }} as {{ campo }}_impreso,
        {{ dato_json('corroborada_por', campo) }} as {{ campo }}_corroborada
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from fuente
)

select * from tipado
