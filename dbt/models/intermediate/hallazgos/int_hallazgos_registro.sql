-- What seeds/extractos.csv says of files that are not there, the files that it takes out of the marts, and the extracts
-- that count without a file: overwritten by bytes that hold not all of their reports (raw goes by FILE@extracto_id).
with registro as (
    select * from {{ ref('extractos') }}
),

rutas as (
    select * from {{ ref('stg_tmm__rutas') }}
),

unidas as (
    select
        registro.ruta,
        registro.publicado_en,
        registro.fuente,
        rutas.extracto_id,
        (
            select count(*) from rutas as otras
            where registro.ruta like '%/' and left({{ compuesto('otras.ruta') }}, length(registro.ruta)) = registro.ruta
        ) as en_carpeta
    from registro
    left join rutas on {{ compuesto('registro.ruta') }} = {{ compuesto('rutas.ruta') }}
),

sobrescritos as (
    select
        extracto_id,
        ruta,
        substr(ruta, 1, length(ruta) - length(extracto_id) - 1) as ruta_sobrescrita
    from {{ ref('stg_tmm__extractos') }}
    where es_vigente and not es_rechazado and ruta like '%@' || extracto_id
)

select
    case when extracto_id is null then 'registro_sin_archivo' else 'extracto_rechazado' end as regla,
    null as ente_codigo,
    null as unidad_codigo,
    null as ejercicio,
    null as corte,
    null as accion_key,
    null as accion_numero,
    'ruta' as campo,
    ruta as observado,
    publicado_en as esperado,
    case
        when extracto_id is null
            then 'seeds/extractos.csv nombra ' || ruta || ', y ningún archivo leído tiene esa ruta: no vale '
                || 'para nada'
        else ruta || ' está fuera de los marts por seeds/extractos.csv (' || coalesce(fuente, 'sin motivo')
            || '); lo leído queda en raw'
    end as mensaje,
    extracto_id,
    null as linea
from unidas
where (extracto_id is null and en_carpeta = 0) or publicado_en = 'rechazado'
union all
select
    'archivo_sobrescrito' as regla,
    null as ente_codigo,
    null as unidad_codigo,
    null as ejercicio,
    null as corte,
    null as accion_key,
    null as accion_numero,
    'ruta' as campo,
    ruta as observado,
    ruta_sobrescrita as esperado,
    ruta_sobrescrita || ' se reemplazó por otro archivo que no trae todos sus reportes: lo anterior sigue contando '
    || 'como ' || ruta || ', y lo que el nuevo dice distinto espera' as mensaje,
    extracto_id,
    null as linea
from sobrescritos
