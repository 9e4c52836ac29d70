-- What an action row says of itself: number, link, measure, codes, deviations left unexplained.
with renglones as (
    select * from {{ ref('int_renglones') }}
),

medidas as (
    select * from {{ ref('int_unidades_medida') }}
),

declaraciones as (
    select * from {{ ref('int_avance_corte') }}
),

lineas as (
    select * from {{ ref('int_lineas_usadas') }}
),

elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
),

semaforo as (
    select * from {{ ref('semaforo') }}
    where banda = 'verde'
),

desviaciones as (
    select
        renglones.*,
        declaraciones.programado,
        declaraciones.avance,
        semaforo.desde_pct,
        semaforo.hasta_pct
    from renglones
    inner join declaraciones
        on
            renglones.accion_key = declaraciones.accion_key
            and renglones.corte = declaraciones.corte
            and renglones.corte = declaraciones.trimestre
    inner join semaforo
        on
            {{ inicio_trimestre('renglones.corte') }} >= semaforo.vigente_desde
            and {{ inicio_trimestre('renglones.corte') }} <= coalesce(semaforo.vigente_hasta, date '9999-12-31')
    where
        renglones.observaciones = ''
        and declaraciones.situacion_programado in ('informado', 'en_blanco')
        and declaraciones.situacion_avance in ('informado', 'en_blanco')
        and (
            100 * declaraciones.avance < semaforo.desde_pct * declaraciones.programado
            or 100 * declaraciones.avance > semaforo.hasta_pct * declaraciones.programado
        )
),

repetidos as (
    select elegidas.*
    from elegidas
    left join renglones
        on
            elegidas.extracto_id = renglones.extracto_id
            and elegidas.linea = renglones.linea
    where renglones.linea is null
),

hallazgos as (
    select
        'accion_numero_inferido' as regla, ente_codigo, unidad_codigo, ejercicio, corte, accion_key, accion_numero,
        'accion_numero' as campo,
        null as observado,
        cast(accion_numero as {{ dbt.type_string() }}) as esperado,
        'El número de la acción no se lee en el renglón; se dedujo por: ' || accion_regla as mensaje,
        extracto_id, linea
    from renglones
    where es_accion_inferida
    union all
    select
        'vinculo_incierto' as regla, ente_codigo, unidad_codigo, ejercicio, corte, accion_key, accion_numero,
        'accion_id' as campo,
        cast(round(vinculo_puntaje, 2) as {{ dbt.type_string() }}) as observado,
        '{{ var("vinculo_puntaje_minimo") }}' as esperado,
        'No es seguro que este renglón sea la misma acción de otros cortes (' || vinculo_regla || ')' as mensaje,
        extracto_id, linea
    from renglones
    where vinculo_puntaje < {{ var("vinculo_puntaje_minimo") }}
    union all
    select
        'desviacion_sin_observaciones' as regla, ente_codigo, unidad_codigo, ejercicio, corte, accion_key,
        accion_numero,
        'observaciones' as campo,
        {{ cifra_texto('avance') }} as observado,
        {{ cifra_texto('programado') }} as esperado,
        'El trimestre alcanzó ' || {{ cifra_texto('avance') }} || ' de ' || {{ cifra_texto('programado') }}
        || ' programados y la columna de observaciones está vacía' as mensaje,
        extracto_id, linea
    from desviaciones
    union all
    select
        'renglon_repetido' as regla, ente_codigo, unidad_codigo, ejercicio, corte,
        {{ clave(['accion_id', 'ejercicio']) }} as accion_key,
        accion_numero,
        null as campo,
        null as observado,
        null as esperado,
        'La acción aparece más de una vez en el mismo corte; cuenta la primera' as mensaje,
        extracto_id, linea
    from repetidos
    union all
    select
        'linea_accion_ilegible' as regla, ente_codigo, unidad_codigo, ejercicio, corte, accion_key, accion_numero,
        'lineas_accion' as campo,
        codigos_impresos as observado,
        null as esperado,
        'El renglón no trae un código de línea de acción legible' as mensaje,
        extracto_id, linea
    from lineas
    where linea_accion_codigo = '(desconocida)'
    union all
    select
        'unidad_medida_sin_catalogo' as regla,
        renglones.ente_codigo, renglones.unidad_codigo, renglones.ejercicio, renglones.corte,
        renglones.accion_key, renglones.accion_numero,
        'unidad_medida' as campo,
        medidas.impresa as observado,
        null as esperado,
        'La unidad de medida «' || medidas.impresa || '» no está en el catálogo; se toma como aditiva' as mensaje,
        renglones.extracto_id, renglones.linea
    from renglones
    inner join medidas
        on renglones.unidad_medida_nombre = medidas.unidad_medida_nombre
    where medidas.origen != 'catalogo'
    qualify row_number() over (
        partition by renglones.unidad_medida_nombre order by renglones.corte, renglones.extracto_id, renglones.linea
    ) = 1
)

select * from hallazgos
