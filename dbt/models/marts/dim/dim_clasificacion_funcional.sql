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
    {{ clave(['codigo']) }} as clasificacion_key,
    codigo as clasificacion_codigo,
    finalidad as finalidad_codigo,
    finalidad_nombre,
    funcion as funcion_codigo,
    funcion_nombre,
    subfuncion as subfuncion_codigo,
    subfuncion_nombre
from miembros
