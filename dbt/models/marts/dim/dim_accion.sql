with renglones as (
    select * from {{ ref('int_renglones') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

acciones as (
    select
        renglones.accion_key,
        renglones.accion_id,
        max_by(reportes.unidad_key, renglones.corte) as unidad_key,
        renglones.ente_codigo,
        renglones.unidad_codigo,
        renglones.ejercicio,
        max_by(renglones.accion_numero, renglones.corte) filter (where renglones.accion_numero is not null)
            as accion_numero,
        {{ une_textos(
            "renglones.corte || ': ' || coalesce(cast(renglones.accion_numero as string), '?')", ', ', 'renglones.corte'
        ) }} as accion_numeros,
        max_by(renglones.descripcion, renglones.corte) filter (where {{ recorta('renglones.descripcion') }} != '')
            as accion_descripcion,
        max_by(renglones.unidad_medida_key, renglones.corte) as unidad_medida_key,
        max_by(renglones.unidad_medida_nombre, renglones.corte) as unidad_medida_nombre,
        max_by(renglones.es_razon, renglones.corte) as es_razon,
        min(renglones.corte) as primer_corte,
        max(renglones.corte) as ultimo_corte,
        count(*) as cortes,
        min(renglones.vinculo_puntaje) as vinculo_puntaje
    from renglones
    inner join reportes
        on
            renglones.ente_codigo = reportes.ente_codigo
            and renglones.unidad_codigo = reportes.unidad_codigo
            and renglones.corte = reportes.corte
    group by
        renglones.accion_key,
        renglones.accion_id,
        renglones.ente_codigo,
        renglones.unidad_codigo,
        renglones.ejercicio
),

miembros as (
    select * from acciones
    union all
    select
        {{ clave_desconocida() }} as accion_key,
        '(desconocida)' as accion_id,
        {{ clave_desconocida() }} as unidad_key,
        '(desconocido)' as ente_codigo,
        '(desconocida)' as unidad_codigo,
        null as ejercicio,
        null as accion_numero,
        null as accion_numeros,
        '(acción desconocida)' as accion_descripcion,
        {{ clave(["'(sin unidad de medida)'"]) }} as unidad_medida_key,
        '(sin unidad de medida)' as unidad_medida_nombre,
        false as es_razon,
        null as primer_corte,
        null as ultimo_corte,
        0 as cortes,
        null as vinculo_puntaje
)

select
    accion_key,
    accion_id,
    unidad_key,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    accion_numero,
    accion_numeros,
    coalesce(accion_descripcion, '(sin texto legible)') as accion_descripcion,
    case when accion_numero % 100 = 0 then 'meta' else 'accion' end as accion_tipo,
    unidad_medida_key,
    unidad_medida_nombre,
    es_razon,
    primer_corte,
    ultimo_corte,
    cast(cortes as integer) as cortes,
    {{ a_decimal('vinculo_puntaje', 5, 4) }} as vinculo_puntaje
from miembros
