"""The suites on what a form says of itself: shapes of codes, cut and ejercicio, fields that lie in their page.

Belongs here: rules on ``raw.formatos`` and ``raw.campos``. Does not belong here: its action
rows (``year_suites``) and keys or relations (dbt tests).
"""

from __future__ import annotations

from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.model import Consulta, Suite

FORMATOS = Suite(
    "raw_formatos",
    "raw.formatos",
    "Las claves y el corte de cada formato tienen la forma debida, y sus páginas no se enciman.",
    (
        Consulta(
            """
            select
                f.extracto_id,
                f.formato,
                f.linea_inicio as linea,
                f.ente_codigo,
                if(f.unidad_codigo_estado = 'dudosa', null, f.unidad_codigo) as unidad_firme,
                f.unidad_codigo,
                f.corte,
                f.ejercicio::double as ejercicio,
                try_cast(left(f.corte, 4) as double) as corte_anio,
                f.renglones::double as renglones,
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
            (
                Regla(
                    "ente_forma",
                    "La clave del municipio tiene la forma del INEGI: entidad (2) y municipio (3).",
                    "5 dígitos",
                    "Es parte de toda llave; otra forma mezclaría municipios.",
                ).forma("ente_codigo", "^[0-9]{5}$"),
                Regla(
                    "unidad_forma",
                    "La clave de una unidad asentada sin duda tiene cinco dígitos.",
                    "5 dígitos",
                    "Una clave mal leída dada por cierta crearía una unidad que no existe.",
                ).forma("unidad_firme", "^[0-9]{5}$"),
                Regla(
                    "corte_forma",
                    "El corte es un trimestre: año y T1 a T4.",
                    "AAAA-T1 … AAAA-T4",
                    "Por el corte se ordena lo que cada reporte sabía.",
                ).forma("corte", "^20[0-9]{2}-T[1-4]$"),
                Regla(
                    "corte_en_ejercicio",
                    "El corte cae dentro del ejercicio del programa.",
                    "año del corte = ejercicio",
                    "Un corte de otro año cargaría cifras al programa equivocado.",
                ).iguales("corte_anio", "ejercicio"),
                Regla(
                    "paginas_disjuntas",
                    "Las páginas de un extracto no comparten líneas.",
                    "cada línea en una página a lo más",
                    "Una línea en dos páginas contaría dos veces.",
                ).vacia("lineas_compartidas"),
                aviso(
                    "corte_no_futuro",
                    "El corte no es posterior al trimestre en que se cargó el archivo.",
                    "corte ≤ trimestre de la carga",
                    "Suele ser un año mal leído; se publica porque el resto de la página puede estar bien.",
                ).vacia("corte_futuro"),
                aviso(
                    "unidad_asentada",
                    "Se sabe de qué unidad es cada formato.",
                    "unidad no vacía",
                    "El formato queda en raw y como hallazgo; los demás se publican.",
                ).presente("unidad_codigo"),
                aviso(
                    "corte_asentado",
                    "Se sabe de qué trimestre es cada formato.",
                    "corte no vacío",
                    "El formato queda en raw y como hallazgo; los demás se publican.",
                ).presente("corte"),
                aviso(
                    "con_renglones",
                    "Cada formato tiene al menos un renglón de acción.",
                    "renglones ≥ 1",
                    "Una tabla perdida es daño de la fuente o del OCR: se muestra y se sigue.",
                ).entre("renglones", minimo=1),
            ),
        ),
    ),
)

CAMPOS_DE_PAGINA = Suite(
    "raw_campos",
    "raw.campos",
    "Cada campo del encabezado y cada firma está en su página, y lo que asienta tiene la forma debida.",
    (
        Consulta(
            """
            select
                c.extracto_id,
                c.linea,
                c.formato,
                c.campo,
                if(f.formato is null or c.linea not between f.linea_inicio and f.linea_fin, c.linea, null)::double
                    as linea_ajena,
                c.puntaje,
                if(c.campo = 'fecha', c.valor, null) as fecha,
                if(c.campo in ('finalidad', 'funcion', 'subfuncion'), c.valor, null) as conac,
                if(c.campo = 'linea_accion', c.valor, null) as linea_accion
            from raw.campos c
            left join raw.formatos f using (extracto_id, formato)
            """,
            ("extracto_id", "linea", "formato", "campo"),
            (
                Regla(
                    "linea_en_pagina",
                    "La línea de cada campo está dentro de su página.",
                    "línea entre la primera y la última de la página",
                    "Un campo de otra página asentaría la unidad o el corte equivocados.",
                ).vacia("linea_ajena"),
                Regla(
                    "puntaje_en_rango",
                    "El puntaje con que se asentó cada campo está entre 0 y 1.",
                    "0 a 1",
                    "Por el puntaje se decide qué es dudoso.",
                ).entre("puntaje", minimo=0, maximo=1),
                Regla(
                    "fecha_forma",
                    "El periodo leído en la fecha es un trimestre.",
                    "AAAA-T1 … AAAA-T4",
                    "De él sale el corte.",
                ).forma("fecha", "^20[0-9]{2}-T[1-4]$"),
                Regla(
                    "conac_forma",
                    "Finalidad, función y subfunción asentadas son un código CONAC.",
                    "F, F.f o F.f.s, con la finalidad de 1 a 4",
                    "Con otro código la clasificación del gasto sería falsa.",
                ).forma("conac", "^[1-4](\\.[1-9][0-9]?){0,2}$"),
                Regla(
                    "linea_accion_forma",
                    "Una línea de acción asentada es un código de números y puntos.",
                    "números separados por puntos",
                    "Un código mal leído dado por cierto crearía una línea que no existe.",
                ).forma("linea_accion", "^[0-9]+(\\.[0-9]+)*$"),
            ),
        ),
        Consulta(
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
                round(1 - sum(p.asentados) / (4 * count(*)), 4)::double as proporcion_sin_asentar
            from paginas p
            join raw.extractos e using (extracto_id)
            group by all
            """,
            ("extracto_id", "ruta", "paginas"),
            (
                aviso(
                    "encabezados_legibles",
                    "De programa, unidad, fecha y finalidad se asienta al menos la mitad en cada extracto.",
                    "proporción sin asentar ≤ 0.5",
                    "Habla de la copia, no de la carga: las páginas se asientan con otra evidencia o quedan en duda.",
                ).entre("proporcion_sin_asentar", maximo=0.5),
            ),
            nombre="extractos",
        ),
    ),
)
