-- What the headers of each report's pages say, one row per report whose headers say any of it.
with campos as (
    select * from {{ ref('int_campos') }}
    where campo in ('finalidad', 'funcion', 'subfuncion', 'eje') and {{ es_vigente() }}
),

encabezados as (
    select
        ente_codigo,
        unidad_codigo,
        corte,
        -- The reader settles the three CONAC levels together, as one code; what it leaves open stays unknown.
        min_by(valor, (pagina_huella, orden)) filter (where campo = 'subfuncion' and valor is not null)
            as clasificacion_codigo,
        -- As printed, each level by itself: what the catalogue lacks can be looked up by it.
        {%- for campo in ['finalidad', 'funcion', 'subfuncion'] %}
        min_by(codigo_impreso, (pagina_huella, orden)) filter (where campo = '{{ campo }}' and codigo_impreso != '')
            as {{ campo }}_impresa,
        {%- endfor %}
        nullif(
            {{ une_distintos(recorta('texto_impreso'), ' / ', "campo = 'eje'") }},
            ''
        ) as eje
    from campos
    group by ente_codigo, unidad_codigo, corte
)

select
    ente_codigo,
    unidad_codigo,
    corte,
    clasificacion_codigo,
    case
        when coalesce(finalidad_impresa, funcion_impresa, subfuncion_impresa) is not null
            then
                coalesce(finalidad_impresa, '?') || '.' || coalesce(funcion_impresa, '?') || '.'
                || coalesce(subfuncion_impresa, '?')
    end as clasificacion_impresa,
    eje
from encabezados
