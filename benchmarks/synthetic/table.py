"""How a table prints its rows: the choices drawn once a table, and a row's cells under them.

Belongs here: honest printing, and the columns OCR invents for a whole table. Does not: damage
that strikes one row (``damage``).
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.synthetic.draw import choose
from benchmarks.synthetic.plans import Fila, Pagina
from benchmarks.synthetic.rates import Layouts

QUARTERS = ("p1", "a1", "p2", "a2", "p3", "a3", "p4", "a4")


@dataclass(slots=True)
class Celda:
    """A printed cell and the figure it stands for; ``copia`` where the table prints it once more."""

    campo: str
    texto: str
    copia: bool = False


@dataclass(frozen=True, slots=True)
class Tabla:
    """The choices of one table; ``columnas`` are the printed columns between meta and absoluto."""

    columnas: tuple[tuple[str, bool], ...]
    cero: str
    futuro: str
    fuera: str
    total_doble: str
    miles: str
    ancho: int
    etiquetas: tuple[str, ...]


def draw_table(rng: random.Random, layouts: Layouts, page: Pagina) -> Tabla:
    """Choose how a page's table is printed; ``etiquetas`` name what departs from a full print."""
    zero = choose(rng, layouts.cero)
    future = choose(rng, layouts.futuro) if page.trimestre < 4 else "ninguno"
    out = choose(rng, layouts.fuera_de_plan) if page.primero_fuera else "ninguno"
    surplus = choose(rng, layouts.sobrantes)
    twice = choose(rng, layouts.total_doble)
    thousands = choose(rng, layouts.miles)
    columns = [(c, False) for c in QUARTERS]
    if out == "omitido":
        columns = columns[2:]
    elif out == "un_blanco":
        columns = columns[1:]
    if future == "ausente":
        columns = [c for c in columns if not _after(c[0], page.trimestre)]
    columns = _with_surplus(rng, columns, surplus)
    tags = [f"cero:{zero}", f"futuro:{future}", f"fuera:{out}", f"sobrantes:{surplus}", f"total:{twice}"]
    return Tabla(
        tuple(columns), zero, future, out, twice, thousands,
        2 + len(columns) + (twice != "no") + rng.randint(1, 6), (*tags, f"miles:{thousands}"),
    )  # fmt: skip


def _after(campo: str, quarter: int) -> bool:
    return campo[0] == "a" and campo[1:].isdigit() and int(campo[1:]) > quarter


def _with_surplus(rng: random.Random, columns: list[tuple[str, bool]], kind: str) -> list[tuple[str, bool]]:
    if kind == "blancos":
        return columns + [("", True)] * rng.randint(1, 3)
    if kind == "ultima_celda":
        return columns + [(columns[-1][0], True)] * rng.randint(1, 2)
    if kind == "ultimo_par":
        pair = [(c, True) for c, _ in columns[-2:]]
        return columns + pair * rng.randint(1, 2) + pair[:1] * rng.randint(0, 1)
    if kind == "par":
        quarter = rng.choice([c[1] for c, _ in columns if c[0] == "p"])
        last = max(i for i, (c, _) in enumerate(columns) if c[1:] == quarter)
        again = [(c, True) for c, _ in columns if c[1:] == quarter]
        return columns[: last + 1] + again + columns[last + 1 :]
    return columns


def figure(rng: random.Random, value: int, thousands: str) -> str:
    """A figure as printed under the table's habit of parting thousands."""
    mark = {"coma": ",", "espacio": " ", "punto": "."}.get(thousands, "")
    if thousands == "mixto":
        mark = "," if rng.random() < 0.5 else ""
    return f"{value:,}".replace(",", mark)


def print_cells(rng: random.Random, table: Tabla, page: Pagina, row: Fila) -> list[Celda]:
    """The cells of a row, meta first, percentage last, as the table prints them."""
    cells = [Celda("meta", figure(rng, row.meta, table.miles))]
    for campo, copy in table.columnas:
        text = _quarter_text(rng, table, page, row, campo)
        if text is not None:
            cells.append(Celda(campo, text, copy))
    total = figure(rng, row.absoluto, table.miles)
    cells.append(Celda("absoluto", total))
    if table.total_doble == "siempre" or (table.total_doble == "a_veces" and rng.random() < 0.5):
        cells.append(Celda("absoluto", total, copia=True))
    cells.append(Celda("relativo_pct", f"{row.relativo_pct}%"))
    return cells


def _quarter_text(rng: random.Random, table: Tabla, page: Pagina, row: Fila, campo: str) -> str | None:
    """A quarter cell's text; None where the table prints no cell for it."""
    if not campo:
        return ""
    if page.primero_fuera and campo[1] == "1":
        return "0" if table.fuera == "cero" else ""
    if _after(campo, page.trimestre):
        if table.futuro == "copia":
            return figure(rng, row.valor(f"p{campo[1]}") or 0, table.miles)
        return "0" if table.futuro == "cero" else ""
    value = row.valor(campo) or 0
    if value:
        return figure(rng, value, table.miles)
    return {"cero": "0", "blanco": "", "omitido": None}[table.cero]
