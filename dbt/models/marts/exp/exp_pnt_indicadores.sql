{% set declarados = {
    'objetivo_institucional': 'objetivo institucional', 'dimension': 'dimensión', 'definicion': 'definición',
    'linea_base': 'línea base', 'sentido': 'sentido del indicador',
} %}

with indicadores as (
    select * from {{ ref('int_indicadores') }}
),

reportes as (
    select * from {{ ref('dim_corte') }}
),

unidades as (
    select * from {{ ref('dim_unidad') }}
),

trimestres as (
    select * from {{ ref('dim_trimestre') }}
),

programas as (
    select * from {{ ref('dim_programa') }}
),

completos as (
    select
        indicadores.*,
        reportes.ruta,
        reportes.publicado_fecha,
        unidades.unidad_nombre,
        trimestres.inicio_fecha,
        trimestres.fin_fecha,
        case
            when programas.es_de_catalogo then programas.programa_nombre
            else nullif(programas.programa_codigo, '(desconocido)')
        end as programa_nombre
    from indicadores
    inner join reportes
        on
            indicadores.ente_codigo = reportes.ente_codigo
            and indicadores.unidad_codigo = reportes.unidad_codigo
            and indicadores.corte = reportes.corte
    inner join unidades
        on reportes.unidad_key = unidades.unidad_key
    inner join trimestres
        on indicadores.corte = trimestres.trimestre
    inner join programas
        on reportes.programa_key = programas.programa_key
)

select
    ejercicio,
    {{ fecha_impresa('inicio_fecha') }} as periodo_inicio_fecha,
    {{ fecha_impresa('fin_fecha') }} as periodo_fin_fecha,
    programa_nombre,
    objetivo_institucional,
    coalesce(indicador_nombre, '(acción sin texto)') as indicador_nombre,
    dimension,
    definicion as indicador_definicion,
    'Avance entre meta, por cien' as metodo_calculo,
    unidad_medida_nombre as unidad_medida,
    'Trimestral' as frecuencia_medicion,
    linea_base,
    meta_original as metas_programadas,
    cast(meta_ajustada as decimal(18, 4)) as metas_ajustadas,
    avance as avance_metas,
    sentido as sentido_indicador,
    'Formato TMM-F004, ' || ruta || ', línea ' || linea as fuente_informacion,
    unidad_nombre as area_responsable,
    {{ fecha_impresa('publicado_fecha') }} as actualizacion_fecha,
    concat_ws(
        '. ',
        'Las metas son ' || coalesce(
            'del plan que rige desde ' || meta_desde || ' (la unidad no tiene reporte de antes)', 'del ejercicio'
        ) || ' y el avance es del trimestre',
        'Avance acumulado del ejercicio: ' || {{ cifra_texto('avance_acumulado_ejercicio') }},
        case
            when meta_original is null
                then 'Metas programadas en revisión' || {{ rango_texto('meta_original') }}
        end,
        case
            when es_ajuste_dudoso then 'Metas ajustadas en revisión: no es seguro si la meta cambió'
            when meta_ajustada is null then 'La meta no se ha ajustado'
        end,
        case when avance is null then 'Avance de metas en revisión' || {{ rango_texto('avance') }} end,
        'Sin declarar: ' || nullif(
            concat_ws(
                ', '
                {%- for dato, nombre in declarados.items() %},
                case when {{ dato }} is null then '{{ nombre }}' end
                {%- endfor %}
            ), ''
        ),
        case when programa_nombre is null then 'El reporte no dice su programa' end,
        case when publicado_fecha is null then 'No se conoce la fecha de publicación del reporte' end
    ) as nota,
    {{ clave(['accion_key', 'corte']) }} as indicador_key,
    ente_codigo,
    unidad_codigo,
    accion_numero_actual as accion_numero,
    accion_numero as accion_numero_impreso,
    corte,
    accion_key,
    cast(avance_acumulado_ejercicio as decimal(28, 4)) as avance_acumulado_ejercicio,
    extracto_id,
    linea
from completos
