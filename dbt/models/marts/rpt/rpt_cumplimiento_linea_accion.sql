{% set luces = ['trimestre', 'plan', 'ejercicio'] %}

with lineas as (
    select * from {{ ref('dim_linea_accion') }}
),

avances as (
    select * from {{ ref('fct_avance') }}
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

usos as (
    select * from {{ ref('bridge_accion_linea') }}
),

-- An action's líneas are those of the cut that its figure comes from.
luces as (
    {%- for luz in luces %}
    select
        avances.ente_codigo,
        avances.ejercicio,
        avances.trimestre,
        acciones.accion_tipo,
        usos.linea_accion_key,
        usos.ponderador,
        '{{ luz }}' as luz,
        avances.semaforo_{{ luz }} as semaforo
    from avances
    inner join acciones
        on avances.accion_key = acciones.accion_key
    inner join usos
        on
            avances.accion_key = usos.accion_key
            and avances.corte = usos.corte
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

contadas as (
    select
        ente_codigo,
        ejercicio,
        trimestre,
        accion_tipo,
        linea_accion_key,
        {%- for luz in luces %}
        count(*) filter (where luz = '{{ luz }}') as acciones_{{ luz }},
        coalesce(sum(ponderador) filter (where luz = '{{ luz }}'), 0) as ponderadas_{{ luz }},
        {%- endfor %}
        semaforo
    from luces
    group by ente_codigo, ejercicio, trimestre, accion_tipo, linea_accion_key, semaforo
)

select
    {{ clave([
        'contadas.ente_codigo', 'contadas.linea_accion_key', 'contadas.trimestre', 'contadas.accion_tipo',
        'contadas.semaforo',
    ]) }} as cumplimiento_linea_key,
    contadas.linea_accion_key,
    contadas.ente_codigo,
    lineas.plan,
    lineas.linea_accion_codigo,
    lineas.linea_accion_nombre,
    contadas.ejercicio,
    contadas.trimestre,
    contadas.accion_tipo,
    {%- for luz in luces %}
    cast(contadas.acciones_{{ luz }} as integer) as acciones_{{ luz }},
    cast(contadas.ponderadas_{{ luz }} as decimal(18, 8)) as ponderadas_{{ luz }},
    {%- endfor %}
    contadas.semaforo
from contadas
inner join lineas
    on contadas.linea_accion_key = lineas.linea_accion_key
