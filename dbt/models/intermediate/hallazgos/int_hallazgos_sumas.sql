-- Printed rows that do not close: additive measures by their sums, all by their percentage.
with impresas as (
    select * from {{ ref('int_cifras_impresas') }}
),

hallazgos as (
    {%- for medida, total, lo_sumado, lo_impreso in [
        ('programado', 'meta', 'Lo programado impreso suma', 'la meta impresa es'),
        ('avance', 'absoluto', 'Lo alcanzado impreso suma', 'el avance absoluto impreso es'),
    ] %}
    select
        *,
        'suma_{{ medida }}' as regla,
        '{{ total }}' as campo,
        {{ cifra_texto(medida ~ '_suma') }} as observado,
        {{ cifra_texto(total) }} as esperado,
        '{{ lo_sumado }} ' || {{ cifra_texto(medida ~ '_suma') }}
        || ' y {{ lo_impreso }} ' || {{ cifra_texto(total) }} as mensaje
    from impresas
    where not es_razon and es_{{ medida }}_impreso and {{ medida }}_suma != {{ total }}
    union all
    {%- endfor %}
    select
        *,
        'porcentaje' as regla,
        'relativo_pct' as campo,
        {{ cifra_texto('relativo_pct') }} as observado,
        {{ cifra_texto('relativo_calculado_pct') }} as esperado,
        'El porcentaje impreso es ' || {{ cifra_texto('relativo_pct') }} || ' y ' || {{ cifra_texto('absoluto') }}
        || ' entre ' || {{ cifra_texto('meta') }} || ' es ' || {{ cifra_texto('relativo_calculado_pct') }} as mensaje
    from impresas
    -- A table that prints another percentage throughout has no misprints in it (int_hallazgos_impreso).
    where relativo_pct != relativo_calculado_pct and coalesce(relativo_de, 'de_la_meta') = 'de_la_meta'
)

select
    {{ columnas_hallazgo() }}
from hallazgos
