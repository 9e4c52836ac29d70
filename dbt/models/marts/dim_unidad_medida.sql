with impresas as (
    select * from {{ ref('int_unidades_medida') }}
),

catalogo as (
    select * from {{ ref('unidades_medida') }}
),

miembros as (
    select
        unidad_medida_nombre,
        bool_or(es_razon) as es_razon,
        min(origen) as origen,
        string_agg(escrituras, ' | ' order by escrituras) as escrituras,
        sum(veces) as veces_impresa
    from impresas
    where origen != 'desconocida'
    group by unidad_medida_nombre
    union all
    select
        catalogo.unidad_medida_nombre,
        catalogo.es_razon,
        'catalogo' as origen,
        null as escrituras,
        0 as veces_impresa
    from catalogo
    left join impresas
        on catalogo.unidad_medida_nombre = impresas.unidad_medida_nombre
    where impresas.unidad_medida_nombre is null
    union all
    select
        '(sin unidad de medida)' as unidad_medida_nombre,
        false as es_razon,
        'desconocida' as origen,
        null as escrituras,
        0 as veces_impresa
)

select
    cast({{ clave(['unidad_medida_nombre']) }} as varchar) as unidad_medida_key,
    cast(unidad_medida_nombre as varchar) as unidad_medida_nombre,
    cast(es_razon as boolean) as es_razon,
    cast(case when es_razon then 'razon' else 'aditiva' end as varchar) as unidad_medida_tipo,
    cast(origen as varchar) as origen,
    cast(escrituras as varchar) as escrituras,
    cast(veces_impresa as integer) as veces_impresa
from miembros
