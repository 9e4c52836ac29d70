-- Printed rows that do not close: additive measures by their sums, all by their percentage.
with impresas as (
    select * from {{ ref('int_cifras_impresas') }}
),

hallazgos as (
    select
        *,
        'suma_programado' as regla,
        'meta' as campo,
        {{ cifra_texto('programado_suma') }} as observado,
        {{ cifra_texto('meta') }} as esperado,
        'Lo programado impreso suma ' || {{ cifra_texto('programado_suma') }}
        || ' y la meta impresa es ' || {{ cifra_texto('meta') }} as mensaje
    from impresas
    where not es_razon and es_programado_impreso and programado_suma != meta
    union all
    select
        *,
        'suma_avance' as regla,
        'absoluto' as campo,
        {{ cifra_texto('avance_suma') }} as observado,
        {{ cifra_texto('absoluto') }} as esperado,
        'Lo alcanzado impreso suma ' || {{ cifra_texto('avance_suma') }}
        || ' y el avance absoluto impreso es ' || {{ cifra_texto('absoluto') }} as mensaje
    from impresas
    where not es_razon and es_avance_impreso and avance_suma != absoluto
    union all
    select
        *,
        'porcentaje' as regla,
        'relativo_pct' as campo,
        {{ cifra_texto('relativo_pct') }} as observado,
        {{ cifra_texto('relativo_calculado_pct') }} as esperado,
        'El porcentaje impreso es ' || {{ cifra_texto('relativo_pct') }} || ' y ' || {{ cifra_texto('absoluto') }}
        || ' entre ' || {{ cifra_texto('meta') }} || ' es ' || {{ cifra_texto('relativo_calculado_pct') }} as mensaje
    from impresas
    where relativo_pct != relativo_calculado_pct
)

select
    {{ columnas_hallazgo() }}
from hallazgos
