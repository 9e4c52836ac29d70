"""The suites on the rows of an ejercicio: each form's rows all there, their readings and links in order.

Belongs here: rules on ``raw.renglones``, ``raw.lecturas`` and ``raw.vinculos``. Does not belong
here: the chosen figures (``figure_suites``).
"""

from __future__ import annotations

from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.model import Consulta, Suite
from dagster_project.warehouse.years.current_reports import FORMS_SQL

_FORMS = FORMS_SQL.replace("$ejercicio", "null::integer")

RENGLONES = Suite(
    "raw_renglones",
    "raw.renglones",
    "De cada formato llegaron todos los renglones, y de cada reporte vigente todas las elecciones.",
    (
        Consulta(
            f"""
            with formas as ({_FORMS}),
            -- A run of some years leaves the others as they are, and no run loads a year beyond the calendar.
            cargados as (
                select f.ejercicio
                from formas f
                join raw.extractos e using (extracto_id)
                join raw.ejercicios j using (ejercicio)
                group by f.ejercicio
                having max(e.cargado_en) <= max(j.cargado_en)
            ),
            guardados as (
                select
                    r.extracto_id,
                    r.formato,
                    count(*) as renglones,
                    count(e.linea) as elegidas,
                    min(r.linea) as primera,
                    max(r.linea_fin) as ultima
                from raw.renglones r
                left join raw.elegidas e using (extracto_id, linea)
                group by all
            )
            select
                f.extracto_id,
                p.linea_inicio as linea,
                f.formato,
                p.renglones::double as renglones,
                if(c.ejercicio is null, p.renglones, coalesce(g.renglones, 0))::double as renglones_guardados,
                if(f.vigente, p.renglones, 0)::double as elegidas_esperadas,
                if(c.ejercicio is null, elegidas_esperadas, coalesce(g.elegidas, 0)::double) as elegidas,
                if(c.ejercicio is null, f.ejercicio, null) as ejercicio_sin_cargar,
                if(g.primera < p.linea_inicio or g.ultima > p.linea_fin, g.primera || '-' || g.ultima, null)
                    as fuera_de_pagina
            from formas f
            join raw.formatos p using (extracto_id, formato)
            left join guardados g using (extracto_id, formato)
            left join cargados c on f.ejercicio = c.ejercicio
            """,
            ("extracto_id", "linea", "formato"),
            (
                Regla(
                    "renglones_completos",
                    "Los renglones guardados de cada formato son los que se hallaron en él.",
                    "renglones guardados = renglones hallados",
                    "Un renglón perdido es una acción que falta sin que nadie lo diga.",
                ).iguales("renglones", "renglones_guardados"),
                Regla(
                    "elegidas_completas",
                    "Cada renglón de un reporte vigente tiene su elección, y ningún otro la tiene.",
                    "elegidas = renglones de reportes vigentes",
                    "Sin elección la acción no llega a los marts; con dos reportes contaría doble.",
                ).iguales("elegidas_esperadas", "elegidas"),
                Regla(
                    "renglones_en_pagina",
                    "Los renglones de un formato están entre sus líneas.",
                    "líneas dentro de la página",
                    "Un renglón de otra página cargaría cifras a otra unidad.",
                ).vacia("fuera_de_pagina"),
                aviso(
                    "ejercicios_cargados",
                    "Los formatos son de ejercicios que se cargaron después de llegar.",
                    "ejercicio cargado",
                    "Una corrida de otros ejercicios los deja como estaban; uno fuera del calendario no se carga.",
                ).vacia("ejercicio_sin_cargar"),
            ),
        ),
        Consulta(
            f"""
            with formas as ({_FORMS}),
            reportes as (
                select
                    ente_codigo, unidad_codigo, ejercicio, corte, min(extracto_id) as extracto_id,
                    sum(renglones)::integer as renglones
                from formas
                where vigente
                group by all
            ),
            comparados as (
                select
                    *,
                    lag(renglones) over (partition by ente_codigo, unidad_codigo, ejercicio order by corte) as antes,
                    max(corte) over (partition by ente_codigo) as ultimo
                from reportes
            )
            select
                ente_codigo,
                unidad_codigo,
                corte,
                extracto_id,
                if(abs(renglones - antes) > greatest(2, antes / 2), 'de ' || antes || ' a ' || renglones, null) as salto
            from comparados
            where corte = ultimo
            """,
            ("ente_codigo", "unidad_codigo", "corte", "extracto_id"),
            (
                aviso(
                    "renglones_como_antes",
                    "El último reporte de cada unidad tiene más o menos los renglones de su corte anterior.",
                    "diferencia ≤ la mitad (o 2 renglones)",
                    "Un plan puede cambiar a medio año; si no cambió, faltan o sobran renglones en la copia.",
                ).vacia("salto"),
            ),
            nombre="reportes",
        ),
    ),
)

LECTURAS = Suite(
    "raw_lecturas",
    "raw.lecturas",
    "Las lecturas candidatas de cada renglón van de la más barata en adelante y son de un renglón que existe.",
    (
        Consulta(
            """
            with lecturas as (
                select
                    extracto_id,
                    linea,
                    count(*) as cuantas,
                    max(candidato) as ultima,
                    min(costo) as costo_menor,
                    min(costo) filter (candidato = 1) as costo_primera,
                    bool_or(cierra) as cierra
                from raw.lecturas
                group by all
            )
            select
                l.extracto_id,
                l.linea,
                l.cuantas::double as lecturas,
                l.ultima::double as ultima,
                l.costo_menor,
                coalesce(l.costo_primera, -1) as costo_primera,
                r.formato
            from lecturas l
            left join raw.renglones r using (extracto_id, linea)
            """,
            ("extracto_id", "linea"),
            (
                Regla(
                    "de_un_renglon",
                    "Toda lectura es de un renglón guardado.",
                    "renglón existente",
                    "Una lectura sin renglón no tiene texto contra el cual comprobarse.",
                ).presente("formato"),
                Regla(
                    "numeradas_seguidas",
                    "Los candidatos de un renglón se numeran desde 1, sin huecos.",
                    "último candidato = lecturas del renglón",
                    "Un hueco es una lectura perdida, quizá la verdadera.",
                ).iguales("lecturas", "ultima"),
                Regla(
                    "primera_la_mas_barata",
                    "El candidato 1 es el de menor costo.",
                    "costo del candidato 1 = menor costo",
                    "Se elige en ese orden: al revés se elegiría la reparación más cara.",
                ).iguales("costo_primera", "costo_menor"),
                Regla(
                    "costo_posible",
                    "Ningún costo es negativo.",
                    "costo ≥ 0",
                    "Un costo negativo haría preferir el daño al texto impreso.",
                ).entre("costo_menor", minimo=0),
            ),
        ),
        Consulta(
            """
            with renglones as (
                select
                    r.extracto_id,
                    r.linea,
                    coalesce(bool_or(l.cierra), false) as cierra
                from raw.renglones r
                left join raw.lecturas l using (extracto_id, linea)
                group by all
            )
            select
                extracto_id,
                count(*) as renglones,
                round(avg((not cierra)::integer), 4)::double as proporcion_sin_cerrar
            from renglones
            group by all
            """,
            ("extracto_id", "renglones"),
            (
                aviso(
                    "mayoria_cierra",
                    "De la mayoría de los renglones de un extracto hay una lectura cuyas sumas cierran.",
                    "proporción sin lectura que cierre ≤ 0.5",
                    "Habla del escaneo: los renglones quedan dudosos, con su texto a la vista.",
                ).entre("proporcion_sin_cerrar", maximo=0.5),
            ),
            nombre="extractos",
        ),
    ),
)

VINCULOS = Suite(
    "raw_vinculos",
    "raw.vinculos",
    "Cada vínculo une un renglón con una acción de su misma unidad y ejercicio, uno a uno en cada página.",
    (
        Consulta(
            """
            select
                v.extracto_id,
                v.linea,
                v.accion_id,
                v.puntaje,
                if(starts_with(v.accion_id, v.ente_codigo || '-' || v.unidad_codigo || '-' || v.ejercicio || '-T'),
                    null, v.accion_id) as accion_ajena,
                if(regexp_extract(v.accion_id, '([0-9]{4}-T[1-4])-[0-9]+$', 1) > v.corte, v.corte, null)
                    as corte_anterior,
                if(v.regla <> 'repetido' and count(*) filter (v.regla <> 'repetido') over (
                    partition by v.extracto_id, r.formato, v.accion_id
                ) > 1, v.accion_id, null) as dos_veces
            from raw.vinculos v
            left join raw.renglones r using (extracto_id, linea)
            """,
            ("extracto_id", "linea", "accion_id"),
            (
                Regla(
                    "de_su_unidad_y_ejercicio",
                    "La acción de cada vínculo es de la unidad y el ejercicio del renglón.",
                    "ente-unidad-ejercicio del renglón",
                    "Ninguna acción pasa de una unidad a otra ni de un año a otro.",
                ).vacia("accion_ajena"),
                Regla(
                    "desde_su_primer_corte",
                    "Ninguna acción se vincula con un corte anterior al primero en que aparece.",
                    "primer corte ≤ corte",
                    "Su llave ya no sería la del corte más antiguo y cambiaría de carga a carga.",
                ).vacia("corte_anterior"),
                Regla(
                    "uno_a_uno",
                    "Dos renglones de una página no son la misma acción, salvo que se diga que está repetida.",
                    "una acción, un renglón",
                    "Dos renglones en una acción sumarían o perderían cifras.",
                ).vacia("dos_veces"),
                Regla(
                    "puntaje_en_rango",
                    "El puntaje de cada vínculo está entre 0 y 1.",
                    "0 a 1",
                    "Por el puntaje se decide qué vínculo es incierto.",
                ).entre("puntaje", minimo=0, maximo=1),
            ),
        ),
        Consulta(
            """
            select
                ente_codigo,
                corte,
                count(*) as renglones,
                round(avg((regla = 'incierto')::integer), 4)::double as proporcion_incierta
            from raw.vinculos
            group by all
            """,
            ("ente_codigo", "corte", "renglones"),
            (
                aviso(
                    "vinculos_ciertos",
                    "A lo más una acción de cada cinco de un corte queda sin saber cuál es en los demás.",
                    "proporción de vínculos inciertos ≤ 0.2",
                    "Un vínculo incierto no se adivina: la acción queda aparte, a la vista, y lo demás vale.",
                ).entre("proporcion_incierta", maximo=0.2),
            ),
            nombre="cortes",
        ),
    ),
)
