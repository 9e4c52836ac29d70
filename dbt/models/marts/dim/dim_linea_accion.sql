with lineas as (
    select * from {{ ref('int_lineas_accion') }}
),

planes as (
    select * from {{ ref('int_planes') }}
),

-- Every plan of an ente has its unknown member; so has a page whose plan is unknown, of an ente with plans or not.
desconocidas as (
    select
        ente_codigo,
        plan
    from planes
    union
    select distinct
        ente_codigo,
        'desconocido' as plan
    from planes
    union
    select distinct
        ente_codigo,
        plan
    from lineas
    where linea_accion_codigo = '(desconocida)'
),

ejes as (
    select * from {{ ref('dim_eje') }}
),

miembros as (
    select
        linea_accion_key,
        ente_codigo,
        plan,
        linea_accion_codigo,
        linea_accion_nombre,
        es_nombrada,
        nombre_origen,
        escrituras,
        veces_impreso,
        veces_usado,
        acuerdo
    from lineas
    where linea_accion_codigo != '(desconocida)'
    union all
    select
        {{ clave(['ente_codigo', 'plan', "'(desconocida)'"]) }} as linea_accion_key,
        ente_codigo,
        plan,
        '(desconocida)' as linea_accion_codigo,
        '(línea de acción desconocida)' as linea_accion_nombre,
        false as es_nombrada,
        'ninguno' as nombre_origen,
        0 as escrituras,
        0 as veces_impreso,
        0 as veces_usado,
        null as acuerdo
    from desconocidas
)

select
    miembros.linea_accion_key,
    miembros.ente_codigo,
    miembros.plan,
    coalesce(planes.plan_nombre, '(plan desconocido)') as plan_nombre,
    miembros.linea_accion_codigo,
    coalesce(miembros.linea_accion_nombre, '(código nunca nombrado)') as linea_accion_nombre,
    ejes.eje_key,
    {{ eje_de_linea('miembros.linea_accion_codigo') }} as eje_codigo,
    ejes.eje_nombre,
    miembros.es_nombrada,
    miembros.nombre_origen,
    cast(miembros.escrituras as integer) as escrituras,
    cast(miembros.veces_impreso as integer) as veces_impreso,
    cast(miembros.veces_usado as integer) as veces_usado,
    {{ a_decimal('miembros.acuerdo', 5, 4) }} as acuerdo
from miembros
left join ejes
    on
        {{ clave_eje('miembros.ente_codigo', 'miembros.plan', eje_de_linea('miembros.linea_accion_codigo')) }}
        = ejes.eje_key
left join planes
    on
        miembros.ente_codigo = planes.ente_codigo
        and miembros.plan = planes.plan
