"""The suite on what is kept of workbooks, PDF and scans: every cell of a derived line leads to a place that is there.

Belongs here: rules on ``raw.celdas`` against ``raw.lineas`` and ``raw.hojas``. Does not belong here: that no line
is lost (``extracts``), and what a form says (``forms``).
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks

CELDAS = Suite(
    "raw.celdas",
    "Toda celda de un documento está en una línea y lleva a un lugar de una de sus páginas u hojas.",
    (
        Query(
            """
            select
                c.extracto_id,
                c.linea,
                c.celda,
                if(l.linea is null or c.celda > length(l.texto) - length(replace(l.texto, chr(9), '')) + 1,
                    c.celda, null) as sin_linea,
                -- A box may stand out by the half of a letter: engines round.
                if(h.hoja is null or (c.referencia is null and c.x0 is null)
                    or c.x0 < -9 or c.y0 < -9 or c.x1 > h.ancho + 9 or c.y1 > h.alto + 9, c.hoja, null) as sin_lugar
            from raw.celdas c
            join raw.extractos e on c.extracto_id = e.extracto_id and e.retirado_en is null
            left join raw.lineas l on c.extracto_id = l.extracto_id and c.linea = l.linea
            left join raw.hojas h on c.extracto_id = h.extracto_id and c.hoja = h.hoja
            """,
            ("extracto_id", "linea", "celda"),
            {
                "celda_de_una_linea": blocks(
                    expect.column_values_to_be_null("sin_linea"),
                    "Toda celda con lugar es de una línea guardada, que tiene tantas celdas.",
                    "celda ≤ celdas de su línea",
                    "Un lugar que no es de ninguna cifra llevaría al renglón de otra.",
                ),
                "lugar_en_la_hoja": blocks(
                    expect.column_values_to_be_null("sin_lugar"),
                    "Todo lugar está dentro de una página que se leyó, o nombra una celda de una hoja.",
                    "0 ≤ x ≤ ancho, 0 ≤ y ≤ alto, o una referencia",
                    "De un lugar que no existe no se puede mostrar qué se imprimió.",
                ),
            },
        ),
    ),
)
