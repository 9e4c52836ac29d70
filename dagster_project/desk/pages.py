"""Pages that are set aside and reports that wait: whose they are, which of two counts. Not here: rows (``rows``)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Set
from datetime import date
from typing import Any

import duckdb

from dagster_project.desk.items import Item, Option
from dagster_project.reference.registry import REJECTED
from dagster_project.site.streams import Row, rows

FACTS = {"ente": "ente_codigo", "unidad": "unidad_codigo", "ejercicio": "ejercicio", "trimestre": "trimestre_numero"}
"""What must be settled of a page for it to count: its name in ``paginas.csv``, its column in ``fct_pagina``."""

FIGURES_A_ROW = 8
"""Programado and avance of four quarters."""

SHOWN_ROWS = 6

ASIDE = "from marts.fct_pagina where situacion = 'apartada' order by ruta, linea"

WAITING = """
select ruta, situacion, publicado_fecha, min(cede_ante) as cede_ante, count(*) as paginas,
    sum(renglones)::integer as renglones,
    string_agg(distinct unidad_codigo || ' ' || ejercicio || '-T' || trimestre_numero, ', '
        order by unidad_codigo || ' ' || ejercicio || '-T' || trimestre_numero) as reportes
from marts.fct_pagina where situacion in ('en_disputa', 'por_aprobar')
group by ruta, situacion, publicado_fecha order by ruta
"""

PRINTED = """
select texto_impreso from marts.fct_renglon
where extracto_id = $extracto and linea between $linea and $fin order by linea limit $cuantos
"""


def pages_aside(con: duckdb.DuckDBPyConnection) -> Iterator[Item]:
    """An item each open fact of a page that is set aside."""
    for page in rows(con, ASIDE):
        for fact, column in FACTS.items():
            if page[column] is None or page[f"estado_{fact}"] == "dudosa":
                yield _page(con, page, fact)


def waiting_reports(con: duckdb.DuckDBPyConnection, today: date, done: Set[tuple[str, ...]]) -> Iterator[Item]:
    """An item each file whose pages are in dispute, or wait to be approved.

    ``done`` holds (extractos.csv, path, date) of each date that the register has by now.
    """
    for file in rows(con, WAITING):
        path = unicodedata.normalize("NFC", file["ruta"])  # as the register is read, whatever the disk has
        waits = file["situacion"] == "por_aprobar"
        said = "Esperan, y cuentan otras" if waits else "Cuentan, con cifras en duda, junto a otras"
        yield Item(
            "reporte",
            (path,),
            f"{file['ruta']}: {file['reportes'] or 'reporte sin asentar'}",
            FIGURES_A_ROW * file["renglones"],
            file["ruta"],
            f"{file['paginas']} páginas, {file['renglones']} renglones. {said}: {file['cede_ante'] or 'otra página'}.",
            (
                Option(
                    "Cuenta: se publicó en la fecha que se indica",
                    (("extractos.csv", {"ruta": path, "publicado_en": f"{file['publicado_fecha'] or today}"}),),
                    ("Donde dos reportes difieren cuenta el de fecha más reciente.",),
                    asks="publicado_en",
                ),
                Option(
                    "Se retira: sus páginas no cuentan",
                    (("extractos.csv", {"ruta": path, "publicado_en": REJECTED}),),
                    ("Lo leído de este archivo queda guardado y no se publica.",),
                ),
            ),
            # Two files of one date: the date is known, and decides nothing. Another one since waits for the run.
            applied=("extractos.csv", path, str(file["publicado_fecha"])) in done,
        )


def _page(con: duckdb.DuckDBPyConnection, page: Row, fact: str) -> Item:
    rivals = json.loads(page[f"alternativas_{fact}"] or "[]")
    values = dict.fromkeys([*(str(value) for value, _ in rivals), *_own(page[FACTS[fact]])])
    scores = {str(value): score for value, score in rivals}
    line = {
        "pagina_huella": page["pagina_huella"], "campo": fact, "impreso": "", "valor": "",
        "archivo": page["ruta"], "linea": str(page["linea"]),
    }  # fmt: skip
    others = [name for name, column in FACTS.items() if name != fact and page[column] is None]
    effect = f"{page['renglones']} renglones entran a las tablas"
    effect += f" en cuanto se decida también: {', '.join(others)}." if others else "."
    printed = [text for (text,) in con.execute(PRINTED, {
        "extracto": page["extracto_id"], "linea": page["linea"], "fin": page["linea_fin"], "cuantos": SHOWN_ROWS,
    }).fetchall()]  # fmt: skip
    return Item(
        "pagina",
        (page["pagina_huella"], fact),
        f"¿De qué {fact} es la página de {page['ruta']}, líneas {page['linea']} a {page['linea_fin']}?",
        FIGURES_A_ROW * page["renglones"],
        f"{page['ruta']}, líneas {page['linea']} a {page['linea_fin']}",
        "\n".join(" ".join((text or "").split()) for text in printed),
        tuple(
            Option(f"{fact}: {value}", (("paginas.csv", line | {"valor": value}),),
                   (effect, *([f"Puntaje de la lectura: {scores[value]:.2f}."] if value in scores else [])))
            for value in values
        ),
        cells=tuple((name, "—" if page[column] is None else str(page[column])) for name, column in FACTS.items()),
        notes=(f"{page['renglones']} renglones. Se asentó por: {page[f'regla_{fact}'] or 'nada'}.",),
        typed={fact: ""},
        base=("paginas.csv", line),
    )  # fmt: skip


def _own(value: Any) -> list[str]:
    return [] if value is None else [str(value)]
