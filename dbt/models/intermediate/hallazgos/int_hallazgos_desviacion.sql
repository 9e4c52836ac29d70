-- Quarters outside the green band whose row leaves the observations empty.
with renglones as (
    select * from {{ ref('int_renglones') }}
    where observaciones = ''
),

declaraciones as (
    select * from {{ ref('int_avance_corte') }}
    where
        trimestre = corte
        and situacion_programado in ('informado', 'en_blanco')
        and situacion_avance in ('informado', 'en_blanco')
),

verdes as (
    select * from {{ ref('semaforo') }}
    where banda = 'verde'
)

select
    'desviacion_sin_observaciones' as regla,
    renglones.ente_codigo,
    renglones.unidad_codigo,
    renglones.ejercicio,
    renglones.corte,
    renglones.accion_key,
    renglones.accion_numero,
    'observaciones' as campo,
    {{ cifra_texto('declaraciones.avance') }} as observado,
    {{ cifra_texto('declaraciones.programado') }} as esperado,
    'El trimestre alcanzó ' || {{ cifra_texto('declaraciones.avance') }} || ' de '
    || {{ cifra_texto('declaraciones.programado') }}
    || ' programados y la columna de observaciones está vacía' as mensaje,
    renglones.extracto_id,
    renglones.linea
from renglones
inner join declaraciones
    on
        renglones.accion_key = declaraciones.accion_key
        and renglones.corte = declaraciones.corte
inner join verdes
    on
        {{ inicio_trimestre('renglones.corte') }} >= verdes.vigente_desde
        and {{ inicio_trimestre('renglones.corte') }} <= coalesce(verdes.vigente_hasta, date '9999-12-31')
where
    not ({{ en_banda(
        'declaraciones.avance', 'declaraciones.programado', inicio_trimestre('renglones.corte'), 'verdes'
    ) }})
    and (declaraciones.programado != 0 or declaraciones.avance != 0)
