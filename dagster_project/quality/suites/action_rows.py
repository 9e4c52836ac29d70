"""The suites on the rows of an ejercicio: each form's rows all there, their readings and links in order.

Belongs here: rules on ``raw.renglones``, ``raw.lecturas`` and ``raw.vinculos``. Does not belong
here: the chosen figures (``figures``).
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE

OTHERS = "('repetido', 'en_disputa')"
"""The links of rows whose action another page of the report states too."""

_COUNTS = f"situacion in ({', '.join(map(repr, map(str, IN_FORCE)))})"

RENGLONES = Suite(
    "raw.renglones",
    "De cada formato llegaron todos los renglones, y de cada reporte vigente todas las elecciones.",
    (
        Query(
            f"""
            with guardados as (
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
                p.extracto_id,
                p.linea_inicio as linea,
                p.formato,
                p.renglones,
                -- A run of some years leaves the others as they are, and no run loads a year beyond the calendar.
                if(f.formato is null, p.renglones, coalesce(g.renglones, 0)) as renglones_guardados,
                if(f.{_COUNTS}, f.renglones, 0) as elegidas_esperadas,
                coalesce(g.elegidas, 0) as elegidas,
                if(f.formato is null, coalesce(p.ejercicio, 0), null) as ejercicio_sin_cargar,
                if(g.primera < p.linea_inicio or g.ultima > p.linea_fin, g.primera || '-' || g.ultima, null)
                    as fuera_de_pagina
            from raw.paginas p
            join raw.extractos e using (extracto_id)
            left join raw.formatos f using (extracto_id, formato)
            left join guardados g using (extracto_id, formato)
            where e.retirado_en is null
            """,
            ("extracto_id", "linea", "formato"),
            {
                "renglones_completos": blocks(
                    expect.column_pair_values_to_be_equal("renglones", "renglones_guardados"),
                    "Los renglones guardados de cada formato son los que se hallaron en él.",
                    "renglones guardados = renglones hallados",
                    "Un renglón perdido es una acción que falta sin que nadie lo diga.",
                ),
                "elegidas_completas": blocks(
                    expect.column_pair_values_to_be_equal("elegidas_esperadas", "elegidas"),
                    "Cada renglón de un reporte vigente tiene su elección, y ningún otro la tiene.",
                    "elegidas = renglones de reportes vigentes",
                    "Sin elección la acción no llega a los marts; con dos reportes contaría doble.",
                ),
                "renglones_en_pagina": blocks(
                    expect.column_values_to_be_null("fuera_de_pagina"),
                    "Los renglones de un formato están entre sus líneas.",
                    "líneas dentro de la página",
                    "Un renglón de otra página cargaría cifras a otra unidad.",
                ),
                "ejercicios_cargados": warns(
                    expect.column_values_to_be_null("ejercicio_sin_cargar"),
                    "Los formatos son de ejercicios que se cargaron después de llegar.",
                    "ejercicio cargado",
                    "Una corrida de otros ejercicios los deja como estaban; uno fuera del calendario no se carga.",
                ),
            },
        ),
        Query(
            f"""
            with reportes as (
                select
                    ente_codigo, unidad_codigo, ejercicio, corte, min(extracto_id) as extracto_id,
                    sum(renglones)::integer as renglones
                from raw.formatos
                where {_COUNTS}
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
            {
                "renglones_como_antes": warns(
                    expect.column_values_to_be_null("salto"),
                    "El último reporte de cada unidad tiene más o menos los renglones de su corte anterior.",
                    "diferencia ≤ la mitad (o 2 renglones)",
                    "Un plan puede cambiar a medio año; si no cambió, faltan o sobran renglones en la copia.",
                ),
            },
        ),
    ),
)

LECTURAS = Suite(
    "raw.lecturas",
    "Las lecturas candidatas de cada renglón van de la más barata en adelante y son de un renglón que existe.",
    (
        Query(
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
                l.cuantas as lecturas,
                l.ultima,
                l.costo_menor,
                coalesce(l.costo_primera, -1) as costo_primera,
                r.formato
            from lecturas l
            left join raw.renglones r using (extracto_id, linea)
            """,
            ("extracto_id", "linea"),
            {
                "de_un_renglon": blocks(
                    expect.column_values_to_not_be_null("formato"),
                    "Toda lectura es de un renglón guardado.",
                    "renglón existente",
                    "Una lectura sin renglón no tiene texto contra el cual comprobarse.",
                ),
                "numeradas_seguidas": blocks(
                    expect.column_pair_values_to_be_equal("lecturas", "ultima"),
                    "Los candidatos de un renglón se numeran desde 1, sin huecos.",
                    "último candidato = lecturas del renglón",
                    "Un hueco es una lectura perdida, quizá la verdadera.",
                ),
                "primera_la_mas_barata": blocks(
                    expect.column_pair_values_to_be_equal("costo_primera", "costo_menor"),
                    "El candidato 1 es el de menor costo.",
                    "costo del candidato 1 = menor costo",
                    "Se elige en ese orden: al revés se elegiría la reparación más cara.",
                ),
                "costo_posible": blocks(
                    expect.column_values_to_be_between("costo_menor", minimum=0),
                    "Ningún costo es negativo.",
                    "costo ≥ 0",
                    "Un costo negativo haría preferir el daño al texto impreso.",
                ),
            },
        ),
        Query(
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
                round(avg((not cierra)::integer), 4) as proporcion_sin_cerrar
            from renglones
            group by all
            """,
            ("extracto_id", "renglones"),
            {
                "mayoria_cierra": warns(
                    expect.column_values_to_be_between("proporcion_sin_cerrar", maximum=0.5),
                    "De la mayoría de los renglones de un extracto hay una lectura cuyas sumas cierran.",
                    "proporción sin lectura que cierre ≤ 0.5",
                    "Habla del escaneo: los renglones quedan dudosos, con su texto a la vista.",
                ),
            },
        ),
    ),
)

VINCULOS = Suite(
    "raw.vinculos",
    "Cada vínculo une un renglón con una acción de su misma unidad y ejercicio, uno a uno en cada página.",
    (
        Query(
            f"""
            select
                v.extracto_id,
                v.linea,
                v.accion_id,
                v.puntaje,
                if(starts_with(v.accion_id, v.ente_codigo || '-' || v.unidad_codigo || '-' || v.ejercicio || '-T'),
                    null, v.accion_id) as accion_ajena,
                if(regexp_extract(v.accion_id, '([0-9]{{4}}-T[1-4])-[0-9]+$', 1) > v.corte, v.corte, null)
                    as corte_anterior,
                if(v.regla not in {OTHERS} and count(*) filter (v.regla not in {OTHERS}) over (
                    partition by v.extracto_id, r.formato, v.accion_id
                ) > 1, v.accion_id, null) as dos_veces
            from raw.vinculos v
            left join raw.renglones r using (extracto_id, linea)
            """,
            ("extracto_id", "linea", "accion_id"),
            {
                "de_su_unidad_y_ejercicio": blocks(
                    expect.column_values_to_be_null("accion_ajena"),
                    "La acción de cada vínculo es de la unidad y el ejercicio del renglón.",
                    "ente-unidad-ejercicio del renglón",
                    "Ninguna acción pasa de una unidad a otra ni de un año a otro.",
                ),
                "desde_su_primer_corte": blocks(
                    expect.column_values_to_be_null("corte_anterior"),
                    "Ninguna acción se vincula con un corte anterior al primero en que aparece.",
                    "primer corte ≤ corte",
                    "Su llave ya no sería la del corte más antiguo y cambiaría de carga a carga.",
                ),
                "uno_a_uno": blocks(
                    expect.column_values_to_be_null("dos_veces"),
                    "Dos renglones de una página no son la misma acción, salvo que se diga que está repetida.",
                    "una acción, un renglón",
                    "Dos renglones en una acción sumarían o perderían cifras.",
                ),
                "puntaje_en_rango": blocks(
                    expect.column_values_to_be_between("puntaje", minimum=0, maximum=1),
                    "El puntaje de cada vínculo está entre 0 y 1.",
                    "0 a 1",
                    "Por el puntaje se decide qué vínculo es incierto.",
                ),
            },
        ),
        Query(
            """
            select
                ente_codigo,
                corte,
                count(*) as renglones,
                round(avg((regla = 'incierto')::integer), 4) as proporcion_incierta
            from raw.vinculos
            group by all
            """,
            ("ente_codigo", "corte", "renglones"),
            {
                "vinculos_ciertos": warns(
                    expect.column_values_to_be_between("proporcion_incierta", maximum=0.2),
                    "A lo más una acción de cada cinco de un corte queda sin saber cuál es en los demás.",
                    "proporción de vínculos inciertos ≤ 0.2",
                    "Un vínculo incierto no se adivina: la acción queda aparte, a la vista, y lo demás vale.",
                ),
            },
        ),
    ),
)
