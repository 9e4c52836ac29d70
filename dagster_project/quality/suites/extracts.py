"""The suites on what files fill before anything is read: every byte, line and form accounted for.

Belongs here: rules on ``raw.extractos``, ``raw.lineas``, ``raw.rechazos`` and that pages came of them: what came in is
kept, read or refused with a reason. Does not belong here: what a form says (``forms``).
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns

EXTRACTOS = Suite(
    "raw.extractos",
    "Cada extracto vigente está entero, y de él salió algo: formatos o rechazos.",
    (
        Query(
            """
            with guardado as (
                select
                    l.extracto_id,
                    count(*) as lineas,
                    sum(case
                        when e.codificacion in ('utf-8', 'utf-8-sig') then strlen(l.texto) + strlen(l.fin)
                        else length(l.texto) + length(l.fin)
                    end) as bytes
                from raw.lineas l
                join raw.extractos e using (extracto_id)
                where e.retirado_en is null
                group by all
            ),
            formas as (select extracto_id, count(*) as n from raw.paginas group by all),
            rechazos as (select extracto_id, count(*) as n from raw.rechazos group by all)
            select
                e.extracto_id,
                e.ruta,
                left(e.sha256, 16) as huella,
                e.lineas,
                coalesce(g.lineas, 0) as lineas_guardadas,
                -- A document's lines are made of its words: they are checked as cells (raw.celdas).
                if(e.tipo = 'texto', e.bytes, null) as bytes,
                if(e.tipo = 'texto', coalesce(g.bytes, 0) + if(e.codificacion = 'utf-8-sig', 3, 0), null)
                    as bytes_guardados,
                coalesce(f.n, 0) + coalesce(r.n, 0) as piezas,
                coalesce(f.n, 0) as formatos
            from raw.extractos e
            left join guardado g using (extracto_id)
            left join formas f using (extracto_id)
            left join rechazos r using (extracto_id)
            where e.retirado_en is null
            """,
            ("extracto_id", "ruta"),
            {
                "identificador": blocks(
                    expect.column_pair_values_to_be_equal("extracto_id", "huella"),
                    "El identificador del extracto son los primeros 16 dígitos hexadecimales del hash de su archivo.",
                    "identificador = inicio del SHA-256",
                    "De él cuelga la procedencia de cada cifra.",
                ),
                "lineas_completas": blocks(
                    expect.column_pair_values_to_be_equal("lineas", "lineas_guardadas"),
                    "Las líneas guardadas son las que el archivo tenía.",
                    "líneas guardadas = líneas del archivo",
                    "Una línea perdida es una pérdida callada de datos.",
                ),
                "bytes_completos": blocks(
                    expect.column_pair_values_to_be_equal("bytes", "bytes_guardados"),
                    "Las líneas guardadas suman los bytes del archivo.",
                    "bytes guardados = bytes del archivo",
                    "Un texto recortado ya no se puede comprobar contra su fuente.",
                ),
                "nada_en_silencio": blocks(
                    expect.column_values_to_be_between("piezas", minimum=1),
                    "De cada extracto salió al menos un formato o un rechazo que dice por qué no.",
                    "formatos + rechazos ≥ 1",
                    "Un extracto del que no sale nada, ni un motivo, es un defecto del lector.",
                ),
                "con_formatos": warns(
                    expect.column_values_to_be_between("formatos", minimum=1),
                    "Cada extracto contiene al menos un formato TMM-F004.",
                    "formatos ≥ 1",
                    "Un texto ajeno se anota y se rechaza; no debe detener lo demás.",
                ),
            },
        ),
    ),
)

# Text is a letter or a digit; a gap is what lies between two pages, before the first or after the last.
_GAPS = """
    with vivos as (
        -- A hash of everything ever loaded would make a load dearer every year; kept lines are never rewritten.
        select extracto_id, ruta, if(tipo = 'texto', sha256, null) as sha256, codificacion, tipo,
            cargado_en >= max(cargado_en) over () - interval 1 day as es_reciente
        from raw.extractos
        where retirado_en is null
    ),
    limites as (
        select extracto_id, 0 as linea_inicio, 0 as linea_fin from vivos
        union all
        select extracto_id, linea_inicio, linea_fin from raw.paginas
    ),
    entre_paginas as (
        select
            extracto_id,
            linea_fin as antes,
            lead(linea_inicio, 1, 2147483647) over (partition by extracto_id order by linea_inicio, linea_fin) as hasta
        from limites
    ),
    huecos as (
        select l.extracto_id, e.antes, min(l.linea) as linea
        from raw.lineas l
        join entre_paginas e on l.extracto_id = e.extracto_id and l.linea > e.antes and l.linea < e.hasta
        where regexp_matches(l.texto, '[\\p{L}\\p{N}]')
        group by all
    ),
    callados as (
        select h.extracto_id, min(h.linea) as linea
        from huecos h
        where not exists (
            select 1 from raw.rechazos r
            where r.extracto_id = h.extracto_id and (r.linea = 0 or r.linea between h.antes + 1 and h.linea)
        )
        group by all
    ),
    contenido as (
        select
            l.extracto_id,
            sha256(if(any_value(v.codificacion) = 'utf-8-sig', chr(65279), '')
                || string_agg(l.texto || l.fin, '' order by l.linea)) as sha256
        from raw.lineas l
        join vivos v using (extracto_id)
        where v.codificacion in ('utf-8', 'utf-8-sig') and v.es_reciente and v.tipo = 'texto'
        group by all
    ),
    danos as (
        select extracto_id, avg(contains(texto, '\ufffd')::integer) as proporcion from raw.lineas group by all
    )
"""

LINEAS = Suite(
    "raw.lineas",
    "Lo que entró está: el archivo se rehace igual, y toda línea con texto está en una página o en un rechazo.",
    (
        Query(
            f"""
            {_GAPS}
            select
                v.extracto_id,
                v.ruta,
                k.linea,
                if(k.linea is null, null, 'desde la línea ' || k.linea) as sin_destino,
                v.sha256,
                c.sha256 as sha256_guardado,
                d.proporcion as ilegible
            from vivos v
            left join callados k using (extracto_id)
            left join contenido c using (extracto_id)
            left join danos d using (extracto_id)
            """,
            ("extracto_id", "ruta", "linea"),
            {
                "toda_linea_con_destino": blocks(
                    expect.column_values_to_be_null("sin_destino"),
                    "Toda línea con texto está en una página de formato o en un rechazo: formatos que entraron = "
                    "formatos cargados + rechazados.",
                    "ningún texto sin página ni rechazo",
                    "Un formato que desaparece sin motivo es la pérdida que nadie nota.",
                ),
                "contenido_integro": blocks(
                    expect.column_pair_values_to_be_equal("sha256_guardado", "sha256"),
                    "Las líneas guardadas, una tras otra, dan el hash del archivo (de los archivos en UTF-8 "
                    "del último día de cargas).",
                    "SHA-256 de lo guardado = SHA-256 del archivo",
                    "Una letra cambiada en lo guardado haría que la fuente pareciera decir otra cosa.",
                ),
                "texto_legible": warns(
                    expect.column_values_to_be_between("ilegible", maximum=0.05),
                    "A lo más una línea de cada veinte trae caracteres perdidos al digitalizar.",
                    "proporción de líneas con � ≤ 0.05",
                    "El daño viene en el archivo: conviene pedir otra copia, lo demás se puede leer.",
                ),
            },
        ),
    ),
)

RECHAZOS = Suite(
    "raw.rechazos",
    "Todo lo que no se pudo leer dice qué regla lo rechazó, por qué y dónde está.",
    (
        Query(
            """
            select
                r.extracto_id,
                r.ruta,
                r.linea,
                r.regla,
                if(trim(r.razon) = '', null, r.razon) as razon,
                if(e.extracto_id is not null and r.linea not between 0 and e.lineas, r.linea, null)
                    as linea_ajena,
                if(e.extracto_id is null, r.regla, null) as archivo_sin_leer
            from raw.rechazos r
            left join raw.extractos e using (extracto_id)
            """,
            ("extracto_id", "ruta", "linea"),
            {
                "con_regla": blocks(
                    expect.column_values_to_match_regex("regla", "^[a-z][a-z0-9_]*$"),
                    "Cada rechazo nombra la regla que lo decidió.",
                    "regla en minúsculas, sin espacios",
                    "La regla es el hallazgo bajo el que se publica.",
                ),
                "con_razon": blocks(
                    expect.column_values_to_not_be_null("razon"),
                    "Cada rechazo dice por qué.",
                    "razón no vacía",
                    "Sin motivo, lo rechazado se habría ido en silencio.",
                ),
                "linea_del_archivo": blocks(
                    expect.column_values_to_be_null("linea_ajena"),
                    "La línea de cada rechazo existe en su archivo (0: todo el archivo).",
                    "0 ≤ línea ≤ líneas del archivo",
                    "Un rechazo que no lleva a su texto no se puede revisar.",
                ),
                "archivo_leido": warns(
                    expect.column_values_to_be_null("archivo_sin_leer"),
                    "Ningún archivo quedó entero sin leer.",
                    "ningún archivo rechazado",
                    "El archivo queda anotado con su motivo; los demás se publican.",
                ),
            },
        ),
    ),
)
