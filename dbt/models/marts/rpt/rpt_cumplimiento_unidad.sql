with avances as (
    select * from {{ ref('fct_avance') }}
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

luces as (
    {%- for luz in ['trimestre', 'acumulado'] %}
    select
        avances.unidad_key,
        avances.ente_codigo,
        avances.unidad_codigo,
        avances.ejercicio,
        avances.trimestre,
        acciones.accion_tipo,
        '{{ luz }}' as luz,
        avances.semaforo_{{ luz }} as semaforo
    from avances
    inner join acciones
        on avances.accion_key = acciones.accion_key
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

contadas as (
    select
        unidad_key,
        ente_codigo,
        unidad_codigo,
        ejercicio,
        trimestre,
        accion_tipo,
        luz,
        semaforo,
        count(*) as acciones
    from luces
    group by unidad_key, ente_codigo, unidad_codigo, ejercicio, trimestre, accion_tipo, luz, semaforo
),

totales as (
    select
        *,
        sum(acciones) over (partition by unidad_key, trimestre, accion_tipo, luz) as acciones_unidad
    from contadas
)

select
    {{ clave(['unidad_key', 'trimestre', 'accion_tipo', 'luz', 'semaforo']) }} as cumplimiento_unidad_key,
    unidad_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    trimestre,
    accion_tipo,
    luz,
    semaforo,
    cast(acciones as integer) as acciones,
    cast(acciones_unidad as integer) as acciones_unidad,
    {{ porcentaje('acciones', 'acciones_unidad') }} as acciones_pct
from totales
