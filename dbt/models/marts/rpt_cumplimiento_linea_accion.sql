{{ config(materialized='incremental') }}

with lineas as (
    select * from {{ ref('dim_linea_accion') }}
),

{%- if es_parcial() %}

-- Printings of one year may change the name that all years show.
renombrados as (
    select distinct contados.ejercicio
    from {{ this }} as contados
    left join lineas
        on
            contados.linea_accion_key = lineas.linea_accion_key
            and contados.linea_accion_nombre = lineas.linea_accion_nombre
    where lineas.linea_accion_key is null
),
{%- endif %}

avances as (
    select * from {{ ref('fct_avance') }}
    {{ solo_por_rehacer(o='ejercicio in (select ejercicio from renombrados)') }}
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
    cast(
        {{ clave([
            'contadas.ente_codigo', 'contadas.linea_accion_key', 'contadas.trimestre', 'contadas.luz',
            'contadas.semaforo',
        ]) }} as varchar
    ) as cumplimiento_linea_key,
    cast(contadas.linea_accion_key as varchar) as linea_accion_key,
    cast(contadas.ente_codigo as varchar) as ente_codigo,
    cast(lineas.plan as varchar) as plan,
    cast(lineas.linea_accion_codigo as varchar) as linea_accion_codigo,
    cast(lineas.linea_accion_nombre as varchar) as linea_accion_nombre,
    cast(contadas.ejercicio as integer) as ejercicio,
    cast(contadas.trimestre as varchar) as trimestre,
    cast(contadas.luz as varchar) as luz,
    cast(contadas.semaforo as varchar) as semaforo,
    cast(contadas.acciones as integer) as acciones,
    cast(contadas.acciones_ponderadas as decimal(18, 8)) as acciones_ponderadas
from contadas
inner join lineas
    on contadas.linea_accion_key = lineas.linea_accion_key
