with lineas as (
    select * from {{ ref('dim_linea_accion') }}
),

avances as (
    select * from {{ ref('fct_avance') }}
),

usos as (
    select * from {{ ref('bridge_accion_linea') }}
),

-- An action's líneas are those of the cut that its figure comes from.
luces as (
    {%- for luz in ['trimestre', 'acumulado'] %}
    select
        avances.ente_codigo,
        avances.ejercicio,
        avances.trimestre,
        usos.linea_accion_key,
        usos.ponderador,
        '{{ luz }}' as luz,
        avances.semaforo_{{ luz }} as semaforo
    from avances
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
        linea_accion_key,
        luz,
        semaforo,
        count(*) as acciones,
        sum(ponderador) as acciones_ponderadas
    from luces
    group by ente_codigo, ejercicio, trimestre, linea_accion_key, luz, semaforo
)

select
    {{ clave([
        'contadas.ente_codigo', 'contadas.linea_accion_key', 'contadas.trimestre', 'contadas.luz',
        'contadas.semaforo',
    ]) }} as cumplimiento_linea_key,
    contadas.linea_accion_key,
    contadas.ente_codigo,
    lineas.plan,
    lineas.linea_accion_codigo,
    lineas.linea_accion_nombre,
    contadas.ejercicio,
    contadas.trimestre,
    contadas.luz,
    contadas.semaforo,
    cast(contadas.acciones as integer) as acciones,
    cast(contadas.acciones_ponderadas as decimal(18, 8)) as acciones_ponderadas
from contadas
inner join lineas
    on contadas.linea_accion_key = lineas.linea_accion_key
