-- What of a page's header is uncertain, or follows from other evidence than its own print.
with paginas as (
    select * from {{ ref('int_paginas') }}
),

datos as (
    {%- for campo, dato, incierto, deducido, antes in [
        ('ente_codigo', 'ente', 'ente_incierto', 'ente_deducido', ''),
        ('unidad_codigo', 'unidad', 'unidad_incierta', 'unidad_deducida', ''),
        ('anio', 'ejercicio', 'ejercicio_incierto', 'ejercicio_deducido', ''),
        ('corte_numero', 'corte', 'corte_incierto', 'corte_deducido', 'trimestre '),
        ('plan', 'plan', 'plan_incierto', 'plan_deducido', ''),
    ] %}
    select
        extracto_id,
        formato,
        '{{ campo }}' as campo,
        '{{ dato }}' as dato,
        case
            when {{ campo }}_regla = 'plan_sin_catalogo' then 'plan_sin_catalogo'
            when {{ campo }} is null or {{ campo }}_estado = 'dudosa' then '{{ incierto }}' else '{{ deducido }}'
        end as regla,
        cast({{ campo }} as string) as valor,
        '{{ antes }}' || {{ campo }} as valor_dicho,
        {{ campo }}_puntaje as puntaje,
        {{ campo }}_alternativas as alternativas
    from paginas
    where {{ campo }} is null or {{ campo }}_estado in ('reparada', 'dudosa')
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    datos.regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    datos.campo,
    -- Pairs of value and score, [["con_eje", 0.03]], in words: con_eje (puntaje 0.03).
    nullif(
        {{ alternativas_dichas('datos.alternativas') }}, '[]'
    ) as observado,
    datos.valor as esperado,
    case
        when datos.regla = 'plan_sin_catalogo'
            then 'Página ' || datos.formato || ': ningún plan de su municipio en seeds/planes.csv rige en '
                || coalesce(paginas.corte, 'su trimestre') || ' con lo que imprime su encabezado'
        when datos.valor is null then 'Página ' || datos.formato || ': no se pudo establecer: ' || datos.dato
        else
            'Página ' || datos.formato || ': ' || replace(datos.regla, '_', ' ') || ': ' || datos.valor_dicho
            || coalesce(' (puntaje ' || {{ cifra_texto(redondea('datos.puntaje', 2)) }} || ')', '')
    end as mensaje,
    paginas.extracto_id,
    paginas.linea_inicio as linea
from datos
inner join paginas
    on
        datos.extracto_id = paginas.extracto_id
        and datos.formato = paginas.formato
