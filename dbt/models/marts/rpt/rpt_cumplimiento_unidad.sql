{% set luces = ['trimestre', 'plan', 'ejercicio'] %}

with avances as (
    select * from {{ ref('fct_avance') }}
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

-- Figures of one quarter may come from reports of a unit before and after it was renamed: it is counted once.
unidades as (
    select
        ente_codigo,
        unidad_codigo,
        trimestre,
        max_by(unidad_key, corte) as unidad_key
    from avances
    group by ente_codigo, unidad_codigo, trimestre
),

luces as (
    {%- for luz in luces %}
    select
        unidades.unidad_key,
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
    inner join unidades
        on
            avances.ente_codigo = unidades.ente_codigo
            and avances.unidad_codigo = unidades.unidad_codigo
            and avances.trimestre = unidades.trimestre
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
        {%- for luz in luces %}
        count(*) filter (where luz = '{{ luz }}') as acciones_{{ luz }},
        {%- endfor %}
        semaforo
    from luces
    group by unidad_key, ente_codigo, unidad_codigo, ejercicio, trimestre, accion_tipo, semaforo
),

totales as (
    select
        *,
        sum(acciones_trimestre) over (partition by unidad_key, trimestre, accion_tipo) as acciones_unidad
    from contadas
)

select
    {{ clave(['unidad_key', 'trimestre', 'accion_tipo', 'semaforo']) }} as cumplimiento_unidad_key,
    unidad_key,
    {{ clave(['trimestre']) }} as trimestre_key,
    {{ fin_trimestre('trimestre') }} as fin_fecha,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    trimestre,
    accion_tipo,
    cast(acciones_unidad as integer) as acciones_unidad,
    {%- for luz in luces %}
    cast(acciones_{{ luz }} as integer) as acciones_{{ luz }},
    {{ porcentaje('acciones_' ~ luz, 'acciones_unidad') }} as acciones_{{ luz }}_pct,
    {%- endfor %}
    semaforo
from totales
