-- Every línea de acción that is used, declared, named in print or in the catalogue.
with codigos as (
    select
        ente_codigo,
        plan,
        linea_accion_codigo,
        1 as usos
    from {{ ref('int_lineas_usadas') }}
    union all
    select
        ente_codigo,
        plan,
        linea_accion_codigo,
        0 as usos
    from {{ ref('int_lineas_declaradas') }}
    union all
    select
        ente_codigo,
        plan,
        linea_accion_codigo,
        0 as usos
    from {{ ref('int_lineas_impresas') }}
    union all
    select
        ente_codigo,
        plan,
        codigo as linea_accion_codigo,
        0 as usos
    from {{ ref('lineas_accion') }}
)

select
    ente_codigo,
    plan,
    linea_accion_codigo,
    sum(usos) as veces_usado
from codigos
group by ente_codigo, plan, linea_accion_codigo
