"""A form page as lines of text: header, table, signatures; and the truth of its rows.

Belongs here: putting the parts together. Does not: drawing any of them.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from benchmarks.synthetic import damage, garble, header, kinds, words
from benchmarks.synthetic.draw import half_up_pct
from benchmarks.synthetic.plans import Fila, Pagina
from benchmarks.synthetic.rates import Rates
from benchmarks.synthetic.table import Tabla, draw_table, print_cells

Truth = dict[str, Any]


def build(rng: random.Random, rates: Rates, page: Pagina, formato: int) -> tuple[list[str], list[Truth]]:
    """The page's lines, and its rows' truth, whose ``linea`` counts from 0 at the page's first line."""
    head = header.build(rng, rates, page)
    table = draw_table(rng, rates.disposicion, page)
    numberless = rng.random() < rates.numeros_perdidos
    style = {
        "punto": rng.choice((".-", ".- ", ". ")),
        "lineas": rng.choice((" ", ", ")),
        "numberless": numberless,
    }
    lines = [*head.lineas, *kinds.head(rates.clases, table_header(rng, page, numberless))]
    truth = []
    undamaged = []
    for row in page.filas:
        row, published = publish_error(rng, rates, row)
        cells = kinds.printed(rates.clases, print_cells(rng, table, page, row))
        undamaged.append([replace(c) for c in cells])
        columns = [c.campo + "*" * c.copia for c in cells]
        hits = published + damage.strike(rng, rates, cells)
        printed, text_hits = row_lines(rng, rates, row, [c.texto for c in cells], table, style)
        truth.append(
            truth_row(page, row, formato, len(lines))
            | {"dano": hits + text_hits, "dano_encabezado": head.dano, "disposicion": list(table.etiquetas)}
            | {"impreso": [c.texto for c in cells], "columnas": columns, "fuera": page.primero_fuera}
        )
        lines += printed
    total = kinds.total_row(rates.clases, undamaged)
    if total is not None:
        lines.append("\t".join(["", *([] if numberless else ["TOTAL"]), "" if not numberless else "TOTAL", *total]))
    return [*lines, "", *signatures(rng)], truth


def publish_error(rng: random.Random, rates: Rates, row: Fila) -> tuple[Fila, list[str]]:
    """Now and then the paper itself does not add up; what it states is then the truth."""
    if rng.random() >= rates.error_publicado:
        return row, []
    wrong = max(1, row.meta + rng.choice((-1, 1)) * max(1, round(row.meta * rng.uniform(0.05, 0.4))))
    row = replace(row, meta=wrong, relativo_pct=half_up_pct(row.absoluto, wrong))
    return row, ["error_publicado:meta"]


def truth_row(page: Pagina, row: Fila, formato: int, line: int) -> Truth:
    """The row's truth, in the field names of ``avance read --format jsonl``."""
    return {
        "formato": formato,
        "linea": line,
        "unidad": page.unidad.codigo,
        "anio": page.anio,
        "trimestre": page.trimestre,
        "accion": row.accion,
        "lineas_accion": list(row.de.lineas),
        "unidad_medida": row.de.unidad_medida,
        "meta": row.meta,
        "programado": list(row.programado),
        "avance": list(row.avance),
        "absoluto": row.absoluto,
        "relativo_pct": row.relativo_pct,
        "es_razon": row.de.es_razon,
    }


def row_lines(
    rng: random.Random, rates: Rates, row: Fila, cells: list[str], table: Tabla, style: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """A row's line (two where it breaks), and the damage its texts took."""
    hits: list[str] = []
    number = str(row.accion)
    lost = rng.random() < rates.numero_perdido
    if rng.random() < rates.numero_mal:
        number = garble.code(rng, number)
        hits.append("numero_mal:accion")
    text = row.de.descripcion if lost else f"{number}{style['punto']}{row.de.descripcion}"
    if style["numberless"]:
        hits.append("numeros_perdidos:accion")
    elif lost:
        hits.append("numero_perdido:accion")
    head = [style["lineas"].join(row.de.lineas)] + ([] if style["numberless"] else [text])
    pad = max(0, table.ancho - len(cells))
    parts = [*head, row.de.unidad_medida, *cells, rng.choice(words.REMARKS), *[""] * pad]
    if not style["numberless"] and rng.random() < rates.fila_partida:
        hits.append("fila_partida:descripcion")
        cut = text.find(" ", len(text) // 2)
        if cut > 0:
            parts[1] = text[cut + 1 :]
            return [f"{parts[0]}\t{text[:cut]}", "\t".join(parts[1:])], hits
    return ["\t".join(parts)], hits


def table_header(rng: random.Random, page: Pagina, numberless: bool) -> list[str]:
    """The table's three header lines, with the spellings such forms show."""
    lines = rng.choice(("LINEA DE ACCION P.M.D.", "L/A", "LÍNEA DE ACCIÓN P.A.M.D."))
    texts = rng.choice(("METAS Y ACCIONES", "DESCRIPCION DE LAS METAS/ACCIONES", "META Y ACCIONES"))
    measure = rng.choice(("UNIDAD DE MEDIDA", "UNIDAD MEDIDA"))
    goal = rng.choice(("META ANUAL", "META ANUAL AUTORIZADA"))
    span = rng.choice(("PERIODO", "P E R I O D O"))
    first = [lines, *([] if numberless else [texts]), measure, goal, span, *[""] * 11]
    quarters = ["", "", "", "", "ENE-MAR", "", "ABR-JUN", "", "JUL-SEP", "", "OCT-DIC", "", "AVANCE ABSOLUTO"]
    if rng.random() < 0.5:
        quarters = [q.title() if "-" in q else q for q in quarters]
    pairs = ["", "", "", "", *["P", "A"] * rng.choice((4, 4, 4, 5, 6)), "", ""]
    return [
        "\t".join([*first, "ACUMULADO RELATIVO", "OBSERVACIONES"]),
        "\t".join([*quarters, "", "ACUMULADO RELATIVO", "", ""]),
        "\t".join(pairs),
    ]


def signatures(rng: random.Random) -> list[str]:
    """The three signatures under a table."""
    roles = ["RESPONSABLE DE LA UNIDAD EJECUTORA", "RESPONSABLE DEL PROGRAMA", "RESPONSABLE DEL RAMO"]
    verbs = ["ELABORÓ", "REVISÓ", "AUTORIZÓ"]
    with_verbs, name_last = rng.random() < 0.5, rng.random() < 0.2
    out: list[str] = []
    for verb, role in zip(verbs, roles, strict=True):
        who = [words.person(rng), role]
        out += [*([verb, ""] if with_verbs else []), *(reversed(who) if name_last else who)]
        out += ["Nombre y Firma", ""] if rng.random() < 0.7 else [""]
    return out
