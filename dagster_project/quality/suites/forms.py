"""The suites on what a form says of itself: shapes of codes, cut and ejercicio, fields that lie in their page.

Belongs here: rules on ``raw.formatos`` and ``raw.campos``. Does not belong here: its action
rows (``action_rows``) and keys or relations (dbt tests).
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns

FORMATOS = Suite(
    "raw.formatos",
    "Las claves y el corte de cada formato tienen la forma debida, y sus páginas no se enciman.",
    (
        Query(
            """
            select
                f.extracto_id,
                f.formato,
                f.linea_inicio as linea,
                f.ente_codigo,
                -- The catalogue's codes are as their municipality writes them; a code it lacks must look like one.
                if(
                    f.unidad_codigo_estado = 'dudosa' or not contains(f.unidad_codigo_regla, 'codigo_nuevo'),
                    null, f.unidad_codigo
                ) as unidad_nueva,
                f.unidad_codigo,
                f.corte,
                f.ejercicio,
                try_cast(left(f.corte, 4) as integer) as corte_anio,
                f.renglones,
                if(f.corte > year(e.cargado_en) || '-T' || quarter(e.cargado_en), f.corte, null) as corte_futuro,
                case
                    when lead(f.linea_inicio) over paginas <= f.linea_fin or f.linea_fin < f.linea_inicio
                        then f.linea_inicio || '-' || f.linea_fin
                end as lineas_compartidas
            from raw.formatos f
            join raw.extractos e using (extracto_id)
            where e.retirado_en is null
            window paginas as (partition by f.extracto_id order by f.formato)
            """,
            ("extracto_id", "linea", "formato"),
            {
                "ente_forma": blocks(
                    expect.column_values_to_match_regex("ente_codigo", "^[0-9]{5}$"),
                    "La clave del municipio tiene la forma del INEGI: entidad (2) y municipio (3).",
                    "5 dígitos",
                    "Es parte de toda llave; otra forma mezclaría municipios.",
                ),
                "unidad_forma": blocks(
                    expect.column_values_to_match_regex("unidad_nueva", "^[0-9]{3,6}$"),
                    "La clave de una unidad asentada que no está en el catálogo tiene de tres a seis dígitos.",
                    "3 a 6 dígitos",
                    "Una clave mal leída dada por cierta crearía una unidad que no existe.",
                ),
                "corte_forma": blocks(
                    expect.column_values_to_match_regex("corte", "^20[0-9]{2}-T[1-4]$"),
                    "El corte es un trimestre: año y T1 a T4.",
                    "AAAA-T1 … AAAA-T4",
                    "Por el corte se ordena lo que cada reporte sabía.",
                ),
                "corte_en_ejercicio": blocks(
                    expect.column_pair_values_to_be_equal("corte_anio", "ejercicio"),
                    "El corte cae dentro del ejercicio del programa.",
                    "año del corte = ejercicio",
                    "Un corte de otro año cargaría cifras al programa equivocado.",
                ),
                "paginas_disjuntas": blocks(
                    expect.column_values_to_be_null("lineas_compartidas"),
                    "Las páginas de un extracto no comparten líneas.",
                    "cada línea en una página a lo más",
                    "Una línea en dos páginas contaría dos veces.",
                ),
                "corte_no_futuro": warns(
                    expect.column_values_to_be_null("corte_futuro"),
                    "El corte no es posterior al trimestre en que se cargó el archivo.",
                    "corte ≤ trimestre de la carga",
                    "Suele ser un año mal leído; se publica porque el resto de la página puede estar bien.",
                ),
                "unidad_asentada": warns(
                    expect.column_values_to_not_be_null("unidad_codigo"),
                    "Se sabe de qué unidad es cada formato.",
                    "unidad no vacía",
                    "El formato queda en raw y como hallazgo; los demás se publican.",
                ),
                "corte_asentado": warns(
                    expect.column_values_to_not_be_null("corte"),
                    "Se sabe de qué trimestre es cada formato.",
                    "corte no vacío",
                    "El formato queda en raw y como hallazgo; los demás se publican.",
                ),
                "con_renglones": warns(
                    expect.column_values_to_be_between("renglones", minimum=1),
                    "Cada formato tiene al menos un renglón de acción.",
                    "renglones ≥ 1",
                    "Una tabla perdida es daño de la fuente o del OCR: se muestra y se sigue.",
                ),
            },
        ),
    ),
)

CAMPOS_DE_PAGINA = Suite(
    "raw.campos",
    "Cada campo del encabezado y cada firma está en su página, y lo que asienta tiene la forma debida.",
    (
        Query(
            """
            select
                c.extracto_id,
                c.linea,
                c.formato,
                c.campo,
                if(f.formato is null or c.linea not between f.linea_inicio and f.linea_fin, c.linea, null)
                    as linea_ajena,
                c.puntaje,
                if(c.campo = 'fecha', c.valor, null) as fecha,
                if(c.campo in ('finalidad', 'funcion', 'subfuncion'), c.valor, null) as conac,
                if(c.campo = 'linea_accion', c.valor, null) as linea_accion
            from raw.campos c
            left join raw.formatos f using (extracto_id, formato)
            """,
            ("extracto_id", "linea", "formato", "campo"),
            {
                "linea_en_pagina": blocks(
                    expect.column_values_to_be_null("linea_ajena"),
                    "La línea de cada campo está dentro de su página.",
                    "línea entre la primera y la última de la página",
                    "Un campo de otra página asentaría la unidad o el corte equivocados.",
                ),
                "puntaje_en_rango": blocks(
                    expect.column_values_to_be_between("puntaje", minimum=0, maximum=1),
                    "El puntaje con que se asentó cada campo está entre 0 y 1.",
                    "0 a 1",
                    "Por el puntaje se decide qué es dudoso.",
                ),
                "fecha_forma": blocks(
                    expect.column_values_to_match_regex("fecha", "^20[0-9]{2}-T[1-4]$"),
                    "El periodo leído en la fecha es un trimestre.",
                    "AAAA-T1 … AAAA-T4",
                    "De él sale el corte.",
                ),
                "conac_forma": blocks(
                    expect.column_values_to_match_regex("conac", "^[1-4](?:\\.[1-9][0-9]?){0,2}$"),
                    "Finalidad, función y subfunción asentadas son un código CONAC.",
                    "F, F.f o F.f.s, con la finalidad de 1 a 4",
                    "Con otro código la clasificación del gasto sería falsa.",
                ),
                "linea_accion_forma": blocks(
                    expect.column_values_to_match_regex("linea_accion", "^[0-9]+(?:\\.[0-9]+)*$"),
                    "Una línea de acción asentada es un código de números y puntos.",
                    "números separados por puntos",
                    "Un código mal leído dado por cierto crearía una línea que no existe.",
                ),
            },
        ),
        Query(
            """
            with paginas as (
                select
                    f.extracto_id,
                    f.formato,
                    count(distinct c.campo) filter (
                        c.campo in ('programa', 'unidad_ejecutora', 'fecha', 'finalidad') and c.valor is not null
                    ) as asentados
                from raw.formatos f
                left join raw.campos c using (extracto_id, formato)
                group by all
            )
            select
                p.extracto_id,
                e.ruta,
                count(*) as paginas,
                round(1 - sum(p.asentados) / (4 * count(*)), 4) as proporcion_sin_asentar
            from paginas p
            join raw.extractos e using (extracto_id)
            group by all
            """,
            ("extracto_id", "ruta", "paginas"),
            {
                "encabezados_legibles": warns(
                    expect.column_values_to_be_between("proporcion_sin_asentar", maximum=0.5),
                    "De programa, unidad, fecha y finalidad se asienta al menos la mitad en cada extracto.",
                    "proporción sin asentar ≤ 0.5",
                    "Habla de la copia, no de la carga: las páginas se asientan con otra evidencia o quedan en duda.",
                ),
            },
        ),
    ),
)
