with catalogo as (
    select * from {{ ref('conac_clasificacion_funcional') }}
),

miembros as (
    select
        codigo,
        finalidad,
        finalidad_nombre,
        funcion,
        funcion_nombre,
        subfuncion,
        subfuncion_nombre
    from catalogo
    union all
    select
        '(desconocida)' as codigo,
        null as finalidad,
        '(desconocida)' as finalidad_nombre,
        null as funcion,
        '(desconocida)' as funcion_nombre,
        null as subfuncion,
        '(desconocida)' as subfuncion_nombre
)

select
    cast({{ clave(['codigo']) }} as varchar) as clasificacion_key,
    cast(codigo as varchar) as clasificacion_codigo,
    cast(finalidad as varchar) as finalidad_codigo,
    cast(finalidad_nombre as varchar) as finalidad_nombre,
    cast(funcion as varchar) as funcion_codigo,
    cast(funcion_nombre as varchar) as funcion_nombre,
    cast(subfuncion as varchar) as subfuncion_codigo,
    cast(subfuncion_nombre as varchar) as subfuncion_nombre
from miembros
