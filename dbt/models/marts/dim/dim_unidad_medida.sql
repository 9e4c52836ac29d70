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
        {{ une_textos('escrituras', ' | ', 'escrituras') }} as escrituras,
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
    {{ clave(['unidad_medida_nombre']) }} as unidad_medida_key,
    unidad_medida_nombre,
    es_razon,
    case when es_razon then 'razon' else 'aditiva' end as unidad_medida_tipo,
    origen,
    escrituras,
    cast(veces_impresa as integer) as veces_impresa
from miembros
