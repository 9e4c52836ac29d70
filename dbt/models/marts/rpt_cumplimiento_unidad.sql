{{ config(materialized='incremental') }}

with avances as (
    select * from {{ ref('fct_avance') }}
    {{ solo_por_rehacer() }}
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
    cast({{ clave(['unidad_key', 'trimestre', 'accion_tipo', 'luz', 'semaforo']) }} as varchar)
        as cumplimiento_unidad_key,
    cast(unidad_key as varchar) as unidad_key,
    cast(ente_codigo as varchar) as ente_codigo,
    cast(unidad_codigo as varchar) as unidad_codigo,
    cast(ejercicio as integer) as ejercicio,
    cast(trimestre as varchar) as trimestre,
    cast(accion_tipo as varchar) as accion_tipo,
    cast(luz as varchar) as luz,
    cast(semaforo as varchar) as semaforo,
    cast(acciones as integer) as acciones,
    cast(acciones_unidad as integer) as acciones_unidad,
    cast({{ porcentaje('acciones', 'acciones_unidad') }} as bigint) as acciones_pct
from totales
