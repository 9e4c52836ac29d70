-- Measures that the catalogue lacks, each said of the first action of all years that has it, whatever file it is in.
with renglones as (
    select * from {{ ref('int_renglones') }}
),

medidas as (
    select * from {{ ref('int_unidades_medida') }}
    where origen != 'catalogo'
)

select
    case when medidas.es_razon then 'medida_parece_razon' else 'unidad_medida_sin_catalogo' end as regla,
    renglones.ente_codigo,
    renglones.unidad_codigo,
    renglones.ejercicio,
    renglones.corte,
    renglones.accion_key,
    renglones.accion_numero,
    'unidad_medida' as campo,
    nullif(medidas.impresa, '') as observado,
    null as esperado,
    case
        when medidas.impresa = '' then 'El renglón no trae unidad de medida'
        else 'La unidad de medida «' || medidas.impresa || '» no está en el catálogo'
    end || '; se toma como '
    || case when medidas.es_razon then 'razón por su nombre y no se suma' else 'aditiva' end as mensaje,
    renglones.extracto_id,
    renglones.linea
from renglones
inner join medidas
    on renglones.unidad_medida_nombre = medidas.unidad_medida_nombre
qualify
    row_number() over (
        partition by renglones.unidad_medida_nombre
        order by renglones.corte, renglones.accion_id, renglones.extracto_id, renglones.linea
    ) = 1
