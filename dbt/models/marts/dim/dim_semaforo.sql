-- What stands where a cell has no band (macros/semaforo.sql says when): colours without a hue, apart in lightness.
{% set palabras = [
    ('sin programación', 'Nada se programó y nada se alcanzó', '#D5D8DC'),
    ('no programado', 'Se alcanzó algo que no estaba programado; no hay por ciento que decir', '#7F8C8D'),
    ('dudoso', 'Falta asentar una cifra de la que depende; puede tener mejor y peor caso', '#B2BABB'),
    ('sin reporte', 'El trimestre es posterior al último reporte', '#EAEDED'),
    ('fuera de plan', 'El trimestre es anterior al plan del reporte, o un plan posterior ya no trae la acción', '#F4F6F6'),
    ('no aplica', 'La medida es una razón: sus trimestres no se suman y no tiene luz acumulada', '#FBFCFC'),
] %}

-- The bounds are the latest; what a light meant before is said with it, for whoever looks at an earlier year.
with versiones as (
    select
        banda,
        {{ une_textos(
            "significado || coalesce(' (hasta ' || " ~ fecha_impresa('vigente_hasta') ~ " || ')', '')", '; ',
            'vigente_desde desc'
        ) }} as significado
    from {{ ref('semaforo') }}
    group by banda
),

bandas as (
    select * from {{ ref('semaforo') }}
    qualify row_number() over (partition by banda order by vigente_desde desc) = 1
),

miembros as (
    select
        bandas.banda as semaforo,
        bandas.orden,
        true as es_banda,
        versiones.significado,
        bandas.color,
        bandas.desde_pct,
        bandas.incluye_desde,
        bandas.hasta_pct,
        bandas.incluye_hasta,
        bandas.vigente_desde
    from bandas
    inner join versiones
        on bandas.banda = versiones.banda
    {%- for palabra, significado, color in palabras %}
    union all
    select
        '{{ palabra }}' as semaforo,
        (select max(orden) from bandas) + {{ loop.index }} as orden,
        false as es_banda,
        '{{ significado }}' as significado,
        '{{ color }}' as color,
        null as desde_pct,
        null as incluye_desde,
        null as hasta_pct,
        null as incluye_hasta,
        null as vigente_desde
    {%- endfor %}
)

select
    {{ clave(['semaforo']) }} as semaforo_key,
    semaforo,
    cast(orden as integer) as orden,
    es_banda,
    significado,
    color,
    desde_pct,
    incluye_desde,
    hasta_pct,
    incluye_hasta,
    vigente_desde
from miembros
