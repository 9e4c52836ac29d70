-- The figures of each vigente action row as printed, as numbers, with their sums up to the cut.
with renglones as (
    select * from {{ ref('int_renglones') }}
),

impresas as (
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        corte,
        es_razon,
        relativo_de,
        extracto_id,
        linea,
        {{ cifra_impresa('meta_impreso') }} as meta,
        {{ cifra_impresa('absoluto_impreso') }} as absoluto,
        {%- for numero in [1, 2, 3, 4] %}
        {{ cifra_impresa('p' ~ numero ~ '_impreso') }} as p{{ numero }},
        -- What is printed after the cut is no statement of the cut (docs/form.md, fact 2).
        case when corte_numero >= {{ numero }} then {{ cifra_impresa('a' ~ numero ~ '_impreso') }} end as a{{ numero }},
        {%- endfor %}
        {{ cifra_impresa('relativo_pct_impreso') }} as relativo_pct
    from renglones
)

select
    *,
    coalesce(p1, 0) + coalesce(p2, 0) + coalesce(p3, 0) + coalesce(p4, 0) as programado_suma,
    coalesce(a1, 0) + coalesce(a2, 0) + coalesce(a3, 0) + coalesce(a4, 0) as avance_suma,
    coalesce(p1, p2, p3, p4) is not null as es_programado_impreso,
    coalesce(a1, a2, a3, a4) is not null as es_avance_impreso,
    {{ porcentaje('absoluto', 'meta') }} as relativo_calculado_pct
from impresas
