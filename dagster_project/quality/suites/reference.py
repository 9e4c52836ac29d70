"""The suites on the reports and on the dimensions that come from calendars and catalogues.

Belongs here: rules on ``dim_corte``, ``dim_trimestre``, ``dim_unidad_medida`` and
``dim_clasificacion_funcional``. Does not belong here: units, actions and líneas
(``dimensions``); keys, relations and accepted values (dbt tests and contracts).
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns

DIM_CORTE = Suite(
    "marts.dim_corte",
    "Cada reporte lleva a la línea de un archivo que se conserva.",
    (
        Query(
            """
            select
                c.extracto_id,
                c.linea,
                c.unidad_codigo,
                c.corte,
                if(l.linea is null, c.linea, null) as linea_perdida,
                if(c.renglones >= 4, c.renglones_dudosos / c.renglones, null) as proporcion_dudosa
            from marts.dim_corte c
            left join raw.lineas l on c.extracto_id = l.extracto_id and c.linea = l.linea
            """,
            ("extracto_id", "linea", "unidad_codigo", "corte"),
            {
                "lleva_a_su_linea": blocks(
                    expect.column_values_to_be_null("linea_perdida"),
                    "El archivo y la línea de cada reporte están en raw.",
                    "línea existente",
                    "Un reporte que no lleva a su texto no se puede comprobar.",
                ),
                "reporte_legible": warns(
                    expect.column_values_to_be_between("proporcion_dudosa", maximum=0.5),
                    "De cada reporte de cuatro renglones o más, la mitad al menos queda sin duda.",
                    "proporción de dudosos ≤ 0.5",
                    "Conviene otra copia de ese reporte; sus cifras dudosas salen con su rango.",
                ),
            },
        ),
    ),
)

DIM_TRIMESTRE = Suite(
    "marts.dim_trimestre",
    "El calendario es el de los trimestres que nombra, entero y sin años saltados.",
    (
        Query(
            """
            with trimestres as (
                select
                    *,
                    make_date(ejercicio, 3 * trimestre_numero - 2, 1) as inicio,
                    count(*) over (partition by ejercicio) as del_ejercicio,
                    ejercicio - lag(ejercicio) over (order by orden) as salto
                from marts.dim_trimestre
                where ejercicio is not null
            )
            select
                trimestre,
                if(inicio_fecha <> inicio or fin_fecha <> (inicio + interval 3 months - interval 1 day)::date
                    or trimestre <> ejercicio || '-T' || trimestre_numero, inicio_fecha || ' a ' || fin_fecha, null)
                    as fechas_ajenas,
                del_ejercicio,
                if(salto > 1, 'faltan ' || (salto - 1) || ' años antes', null) as anios_saltados
            from trimestres
            """,
            ("trimestre",),
            {
                "fechas_del_trimestre": blocks(
                    expect.column_values_to_be_null("fechas_ajenas"),
                    "Las fechas de cada trimestre son las del calendario.",
                    "de su primer a su último día",
                    "Toda gráfica por fecha pondría las cifras en otro trimestre.",
                ),
                "ejercicio_entero": blocks(
                    expect.column_values_to_be_between("del_ejercicio", minimum=4, maximum=4),
                    "De cada ejercicio están los cuatro trimestres.",
                    "4 trimestres",
                    "Un trimestre sin fila deja un hueco en toda serie, aunque haya cifras.",
                ),
                "ejercicios_seguidos": warns(
                    expect.column_values_to_be_null("anios_saltados"),
                    "No falta un ejercicio entre dos que hay.",
                    "ejercicios seguidos",
                    "Puede no haberse entregado; también puede ser un año mal leído.",
                ),
            },
        ),
    ),
)

DIM_UNIDAD_MEDIDA = Suite(
    "marts.dim_unidad_medida",
    "Cada medida está una vez, se escriba como se escriba, y casi todas están en el catálogo.",
    (
        Query(
            """
            select
                unidad_medida_nombre,
                -- As dbt/macros/texto.sql tells them apart: % is a word. Nobody prints the unknown member.
                (count(*) over (
                    partition by trim(regexp_replace(
                        lower(strip_accents(replace(unidad_medida_nombre, '%', ' porcentaje '))), '[^a-z0-9]+', ' ', 'g'
                    ))
                )) as veces
            from marts.dim_unidad_medida
            where origen <> 'desconocida'
            """,
            ("unidad_medida_nombre",),
            {
                "una_medida_una_escritura": blocks(
                    expect.column_values_to_be_between("veces", maximum=1),
                    "Dos medidas no se distinguen sólo por mayúsculas, acentos o signos.",
                    "una fila por medida",
                    "La misma medida en dos filas parte en dos todo conteo por medida.",
                ),
            },
        ),
        Query(
            """
            select
                count(*) as medidas,
                round(coalesce(avg((origen <> 'catalogo')::integer) filter (veces_impresa > 0), 0), 4)
                    as proporcion_fuera
            from marts.dim_unidad_medida
            """,
            ("medidas",),
            {
                "medidas_conocidas": warns(
                    expect.column_values_to_be_between("proporcion_fuera", maximum=0.5),
                    "De las medidas impresas, la mitad al menos está en el catálogo.",
                    "proporción fuera del catálogo ≤ 0.5",
                    "Cada una es además un hallazgo; muchas juntas dicen que el catálogo es de otro municipio.",
                ),
            },
        ),
    ),
)

DIM_CLASIFICACION = Suite(
    "marts.dim_clasificacion_funcional",
    "La clasificación funcional es la del CONAC, completa, y los reportes la usan.",
    (
        Query(
            """
            select
                'CONAC' as clasificacion,
                count(distinct finalidad_codigo) as finalidades,
                count(distinct (finalidad_codigo, funcion_codigo)) as funciones,
                count(distinct clasificacion_codigo) as subfunciones
            from marts.dim_clasificacion_funcional
            where not starts_with(clasificacion_codigo, '(')
            """,
            ("clasificacion",),
            {
                "finalidades_completas": blocks(
                    expect.column_values_to_be_between("finalidades", minimum=4, maximum=4),
                    "Están las cuatro finalidades.",
                    "4",
                    "El catálogo lo fija el CONAC (acuerdo de 2010): si no son 4, no es el catálogo.",
                ),
                "funciones_completas": blocks(
                    expect.column_values_to_be_between("funciones", minimum=28, maximum=28),
                    "Están las 28 funciones.",
                    "28",
                    "El catálogo lo fija el CONAC (acuerdo de 2010): si no son 28, no es el catálogo.",
                ),
                "subfunciones_completas": blocks(
                    expect.column_values_to_be_between("subfunciones", minimum=111, maximum=111),
                    "Están las 111 subfunciones.",
                    "111",
                    "El catálogo lo fija el CONAC (acuerdo de 2010): si no son 111, no es el catálogo.",
                ),
            },
        ),
        Query(
            """
            select
                ente_codigo,
                ejercicio,
                count(*) as reportes,
                round(avg(starts_with(clasificacion_codigo, '(')::integer), 4) as proporcion_sin_clasificar
            from marts.dim_corte
            where ejercicio is not null
            group by all
            """,
            ("ente_codigo", "ejercicio", "reportes"),
            {
                "reportes_clasificados": warns(
                    expect.column_values_to_be_between("proporcion_sin_clasificar", maximum=0.5),
                    "De la mitad al menos de los reportes se sabe la clasificación funcional.",
                    "proporción sin clasificar ≤ 0.5",
                    "Habla de encabezados ilegibles; las cifras no dependen de ella.",
                ),
            },
        ),
    ),
)
