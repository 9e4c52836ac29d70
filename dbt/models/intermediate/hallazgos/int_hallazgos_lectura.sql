-- How rows were read: figures repaired, corrected or settled by another cut, rows left in doubt.
{% set campos = ['meta', 'p1', 'p2', 'p3', 'p4', 'a1', 'a2', 'a3', 'a4', 'absoluto', 'relativo_pct'] %}

with renglones as (
    select * from {{ ref('int_renglones') }}
),

cifras as (
    {%- for campo in campos %}
    select
        accion_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        accion_numero,
        corte,
        extracto_id,
        linea,
        '{{ campo }}' as campo,
        '{{ nombre_cifra(campo) }}' as nombre,
        coalesce({{ campo }}_impreso, '') as observado,
        {{ cifra_texto(campo) }} as esperado,
        {{ campo }}_estado as estado,
        {{ campo }}_corroborada as corroborada_por
    from renglones
    where {{ campo }}_estado in ('reparada', 'corregida') or {{ campo }}_corroborada is not null
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

dudosas as (
    select
        *,
        concat_ws(
            ', '
            {%- for campo in campos %},
            case when {{ es_cifra_abierta(campo) }} then {{ cifra_abierta(campo) }} end
            {%- endfor %}
        ) as rangos,
        concat_ws(
            ', '
            {%- for campo in campos %},
            case when {{ campo }}_impreso != '' then '{{ nombre_cifra(campo) }} ' || {{ campo }}_impreso end
            {%- endfor %}
        ) as impresos
    from renglones
    where estado = 'dudosa'
),

hallazgos as (
    select
        case
            when estado = 'corregida' then 'lectura_corregida'
            when corroborada_por is not null then 'lectura_corroborada'
            else 'lectura_reparada'
        end as regla,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        accion_key,
        accion_numero,
        campo,
        observado,
        esperado,
        nombre
        || case when observado = '' then ': sin imprimir' else ': impreso «' || observado || '»' end
        || ', leído ' || coalesce(esperado, 'en blanco')
        || coalesce(', con ayuda del corte ' || corroborada_por, '') as mensaje,
        extracto_id,
        linea
    from cifras
    union all
    select
        'lectura_dudosa' as regla,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        corte,
        accion_key,
        accion_numero,
        null as campo,
        impresos as observado,
        nullif(rangos, '') as esperado,
        case
            when es_cerrada then 'Hay más de una lectura posible del renglón'
            else 'Ninguna lectura del renglón cierra sus sumas'
        end || case when rangos = '' then '' else '; sin asentar: ' || rangos end as mensaje,
        extracto_id,
        linea
    from dudosas
)

select * from hallazgos
