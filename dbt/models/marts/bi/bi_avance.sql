with avances as (
    select * from {{ ref('fct_avance') }}
),

metas as (
    select * from {{ ref('fct_meta') }}
),

acciones as (
    select * from {{ ref('dim_accion') }}
),

unidades as (
    select * from {{ ref('dim_unidad') }}
),

reportes as (
    select * from {{ ref('dim_corte') }}
),

-- The líneas that the action had in the report that the figure comes from.
lineas as (
    select
        usos.meta_key,
        {{ une_textos('usos.linea_accion_codigo', ' | ', 'usos.orden') }} as linea_accion_codigos,
        {{ une_textos('lineas.linea_accion_nombre', ' | ', 'usos.orden') }} as linea_accion_nombres,
        {{ une_distintos('lineas.eje_nombre', ' | ') }} as eje_nombres
    from {{ ref('bridge_accion_linea') }} as usos
    inner join {{ ref('dim_linea_accion') }} as lineas
        on usos.linea_accion_key = lineas.linea_accion_key
    group by usos.meta_key
)

select
    avances.avance_key,
    avances.ente_codigo,
    unidades.ente_nombre,
    avances.ejercicio,
    avances.trimestre,
    trimestres.trimestre_etiqueta,
    avances.fin_fecha,
    unidades.ramo_codigo,
    unidades.ramo_nombre,
    programas.programa_codigo,
    programas.programa_nombre,
    avances.unidad_codigo,
    unidades.unidad_nombre,
    avances.accion_numero,
    acciones.accion_tipo,
    acciones.accion_descripcion,
    medidas.unidad_medida_nombre,
    medidas.unidad_medida_tipo,
    avances.plan,
    coalesce(planes.plan_nombre, '(plan desconocido)') as plan_nombre,
    lineas.eje_nombres,
    lineas.linea_accion_codigos,
    lineas.linea_accion_nombres,
    {%- for columna in [
        'clasificacion_codigo', 'finalidad_codigo', 'finalidad_nombre', 'funcion_codigo', 'funcion_nombre',
        'subfuncion_codigo', 'subfuncion_nombre',
    ] %}
    clasificacion.{{ columna }},
    {%- endfor %}
    {%- for columna in ['meta', 'meta_min', 'meta_max', 'estado_meta'] %}
    metas.{{ columna }},
    {%- endfor %}
    {%- for columna in [
        'programado', 'programado_min', 'programado_max', 'estado_programado', 'situacion_programado', 'avance',
        'avance_min', 'avance_max', 'estado_avance', 'situacion_avance', 'estado', 'cumplimiento_pct',
        'semaforo_trimestre', 'programado_acumulado', 'avance_acumulado', 'cumplimiento_acumulado_pct',
        'semaforo_plan', 'programado_acumulado_ejercicio', 'avance_acumulado_ejercicio',
        'cumplimiento_ejercicio_pct', 'semaforo_ejercicio', 'acumulado_plan_pct', 'acumulado_ejercicio_pct',
    ] %}
    avances.{{ columna }},
    {%- endfor %}
    dichas.observaciones,
    reportes.responsables,
    avances.corte,
    reportes.publicado_fecha,
    reportes.ruta,
    avances.linea
from avances
inner join metas
    on avances.meta_key = metas.meta_key
inner join acciones
    on avances.accion_key = acciones.accion_key
inner join unidades
    on avances.unidad_key = unidades.unidad_key
inner join reportes
    on avances.corte_key = reportes.corte_key
inner join {{ ref('dim_trimestre') }} as trimestres
    on avances.trimestre_key = trimestres.trimestre_key
inner join {{ ref('dim_programa') }} as programas
    on avances.programa_key = programas.programa_key
inner join {{ ref('dim_clasificacion_funcional') }} as clasificacion
    on avances.clasificacion_key = clasificacion.clasificacion_key
inner join {{ ref('dim_unidad_medida') }} as medidas
    on avances.unidad_medida_key = medidas.unidad_medida_key
inner join lineas
    on avances.meta_key = lineas.meta_key
left join {{ ref('int_planes') }} as planes
    on
        avances.ente_codigo = planes.ente_codigo
        and avances.plan = planes.plan
-- What the report of the quarter itself says; of a quarter whose report was not handed over, nothing.
left join metas as dichas
    on
        avances.accion_key = dichas.accion_key
        and avances.trimestre = dichas.corte
