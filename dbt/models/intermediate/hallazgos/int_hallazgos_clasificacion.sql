-- Reports whose printed functional classification is no code of the CONAC catalogue, or was not settled.
with reportes as (
    select * from {{ ref('int_reportes') }}
)

select
    'clasificacion_sin_catalogo' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    null as accion_key,
    null as accion_numero,
    'clasificacion_codigo' as campo,
    clasificacion_impresa as observado,
    null as esperado,
    'La clasificación funcional impresa, ' || clasificacion_impresa
    || ', no está en el catálogo del CONAC o no se pudo asentar' as mensaje,
    extracto_id,
    linea
from reportes
where clasificacion_codigo = '(desconocida)' and clasificacion_impresa is not null
