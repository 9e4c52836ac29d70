{% set meses = [
    'enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre',
    'diciembre',
] %}
{% set dias = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'] %}

-- Without gaps, also where a year between two was not handed over: BI tools ask for that of a table of dates.
with limites as (
    select
        make_date(min(ejercicio), 1, 1) as desde,
        make_date(max(ejercicio), 12, 31) as hasta
    from {{ ref('int_trimestres') }}
),

fechas as (
    select {{ dias_entre('desde', 'hasta') }} as fecha
    from limites
),

partes as (
    select
        fecha,
        extract(year from fecha) as anio,
        extract(month from fecha) as mes,
        extract(day from fecha) as dia,
        {{ dia_de_semana('fecha') }} as dia_semana
    from fechas
)

select
    cast(10000 * anio + 100 * mes + dia as integer) as fecha_key,
    fecha,
    cast(anio as integer) as ejercicio,
    anio || '-T' || cast(ceil(mes / 3.0) as integer) as trimestre,
    cast(ceil(mes / 3.0) as integer) as trimestre_numero,
    cast(mes as integer) as mes_numero,
    case mes
        {%- for nombre in meses %}
        when {{ loop.index }} then '{{ nombre }}'
        {%- endfor %}
    end as mes_nombre,
    cast(dia as integer) as dia_numero,
    cast(dia_semana as integer) as dia_semana_numero,
    case dia_semana
        {%- for nombre in dias %}
        when {{ loop.index }} then '{{ nombre }}'
        {%- endfor %}
    end as dia_semana_nombre,
    fecha = last_day(fecha) and mes % 3 = 0 as es_fin_trimestre
from partes
