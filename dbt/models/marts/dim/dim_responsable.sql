with personas as (
    select * from {{ ref('int_personas') }}
),

miembros as (
    select
        {{ clave(['ente_codigo', 'persona_nombre']) }} as responsable_key,
        ente_codigo,
        persona_nombre as responsable_nombre,
        {{ une_distintos('nombre_impreso', ' | ') }} as escrituras,
        count(*) as veces_impreso,
        min(puntaje) as puntaje
    from personas
    group by ente_codigo, persona_nombre
    union all
    select
        {{ clave_desconocida() }} as responsable_key,
        '(desconocido)' as ente_codigo,
        '(sin firma legible)' as responsable_nombre,
        null as escrituras,
        0 as veces_impreso,
        null as puntaje
)

select
    responsable_key,
    ente_codigo,
    responsable_nombre,
    escrituras,
    cast(veces_impreso as integer) as veces_impreso,
    {{ a_decimal('puntaje', 5, 4) }} as puntaje
from miembros
