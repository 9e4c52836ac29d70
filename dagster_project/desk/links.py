"""Rows of which it is not sure which action they continue. Not here: their figures (``rows``)."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from dagster_project.desk.items import Item, Option, Place
from dagster_project.desk.pages import FIGURES_A_ROW
from dagster_project.site.streams import rows

UNSURE = """
select r.*, a.accion_descripcion, o.accion_descripcion as otra_descripcion, o.accion_numeros as otra_numeros,
    p.renglon_huella as con_huella, p.accion_numero_impreso as con_numero, p.corte as con_corte,
    p.texto_impreso as con_texto
from marts.fct_renglon r
join marts.dim_accion a on r.accion_key = a.accion_key
left join marts.dim_accion o on r.vinculo_propuesta = o.accion_id
left join (
    select * from marts.fct_renglon where situacion in ('vigente', 'en_disputa')
    qualify row_number() over (partition by accion_key order by corte desc, ruta, linea) = 1
) p on o.accion_key = p.accion_key
where r.vinculo_propuesta is not null and r.renglon_huella is not null and r.situacion in ('vigente', 'en_disputa')
order by r.ruta, r.linea
"""


def unsure_links(con: duckdb.DuckDBPyConnection) -> Iterator[Item]:
    """An item a row whose action is not sure."""
    for row in rows(con, UNSURE):
        number = "" if row["accion_numero_impreso"] is None else str(row["accion_numero_impreso"])
        alone = {
            "renglon_huella": row["renglon_huella"], "impreso": number, "con_huella": "", "con_impreso": "",
            "archivo": row["ruta"], "linea": str(row["linea"]),
        }  # fmt: skip
        options = []
        if row["con_huella"]:
            its = "" if row["con_numero"] is None else str(row["con_numero"])
            options.append(
                Option(
                    f"Es la misma acción que {row['otra_numeros']} de {row['con_corte']}: {row['otra_descripcion']}",
                    (("vinculos.csv", alone | {"con_huella": row["con_huella"], "con_impreso": its}),),
                    ("Sus trimestres se suman a los de esa acción, y sus acumulados cambian con ellos.",),
                )
            )
        options.append(
            Option(
                "Es una acción propia, que no continúa ninguna",
                (("vinculos.csv", alone),),
                ("Sus sumas y semáforos quedan como están.",),
            )
        )
        yield Item(
            "vinculo",
            (row["renglon_huella"],),
            f"{row['unidad_codigo']} acción {number or 'sin número'}, {row['corte']}: {row['accion_descripcion']}",
            FIGURES_A_ROW,
            f"{row['ruta']}, línea {row['linea']}",
            " ".join((row["texto_impreso"] or row["celdas_impresas"]).split()),
            tuple(options),
            Place(row["extracto_id"]),
            notes=tuple(filter(None, (
                f"El otro renglón: {' '.join(row['con_texto'].split())}" if row["con_texto"] else "",
                f"Puntaje del vínculo: {row['vinculo_puntaje'] or 0:.2f}.",
            ))),
        )  # fmt: skip
