"""A page of a made-up unit around the rows of a table, and what is read of it, for the tests of printed kinds.

A row is written as it is printed, ``700.- Text | Measure | 446 | 126 | …``, bars for tabs; what is read of it as
``446 | 126 91 207 22 | 128 95 - - | 223 | 50%``, a dash for what is blank or left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster_project.tmm_f004.model import Extract
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.tmm_f004.settle.pages import settle_extract
from tests.support.made_up_forms import CATALOGS, MONTHS, SIGNATURES, TITLE, MadeUpForm, header

HEAD = (
    "LINEA DE ACCION P.M.D.\tMETAS Y ACCIONES\tUNIDAD MEDIDA\tMETA ANUAL\tPERIODO\t\t\t\t\t\t\t\tAVANCE ABSOLUTO\t"
    "ACUMULADO RELATIVO\tOBSERVACIONES",
    "\t\t\t\tENE-MAR\t\tABR-JUN\t\tJUL-SEP\t\tOCT-DIC\t\t\t\t",
    "\t\t\t\tP\tA\tP\tA\tP\tA\tP\tA\t\t\t",
)
CODE = "3.1.4"

WHOLE = (
    "3.1.4|700.- Abrir salas de lectura en el valle|Sala|446|126|128|91|95|207|0|22|0|223|50%|",
    "3.1.4|701.- Reparar libros de consulta|Libro|150|50|52|0|0|100|0|0|0|52|35%|",
    "3.1.4|702.- Prestar equipo de cómputo|Préstamo|1,276|376|380|271|265|507|0|122|0|645|51%|",
    "3.1.4|703.- Catalogar donaciones de particulares|Acervo|20|5|5|5|6|5|0|5|0|11|55%|",
)
"""Four rows of a second quarter, as the form prints them, and what is read of them:"""
READ = {
    700: "446 | 126 91 207 22 | 128 95 - - | 223 | 50%",
    701: "150 | 50 0 100 0 | 52 0 - - | 52 | 35%",
    702: "1276 | 376 271 507 122 | 380 265 - - | 645 | 51%",
    703: "20 | 5 5 5 5 | 5 6 - - | 11 | 55%",
}


def tabbed(row: str) -> str:
    """A row with tabs for its bars."""
    return row.replace("|", "\t")


def lines_of(
    rows: Sequence[str], quarter: int = 2, head: Sequence[str] = HEAD, title: Sequence[str] = TITLE, year: int = 2023
) -> list[str]:
    """The page around rows that are lines already."""
    titled = [text.replace("2023", str(year)) for text in title]
    date = f"FECHA: {MONTHS[quarter]} {year}"
    return [*titled, "", *header(MadeUpForm(), "label_value"), "", "TMM-F004", date, "", *head, *rows, "", *SIGNATURES,
            "", ""]  # fmt: skip


def read(rows: Sequence[str], quarter: int = 2, head: Sequence[str] = HEAD) -> list[dict[str, Any]]:
    """The objects of ``avance read`` for the page around rows that are lines already."""
    return list(read_lines(lines_of(rows, quarter, head), CATALOGS))


def settled(rows: Sequence[str], quarter: int = 2, head: Sequence[str] = HEAD, *, both_sides: bool = False) -> Extract:
    """The page settled, with what was refused."""
    return settle_extract(lines_of(rows, quarter, head), CATALOGS, both_sides=both_sides)


def figures(row: dict[str, Any]) -> str:
    """What is read of a row, in one line."""

    def told(values: Sequence[Any]) -> str:
        return " ".join("-" if v is None else str(v) for v in values)

    percent = "-" if row["relativo_pct"] is None else f"{row['relativo_pct']}%"
    parts = ([row["meta"]], row["programado"], row["avance"], [row["absoluto"]])
    return " | ".join([*map(told, parts), percent])


def sure(rows: Sequence[dict[str, Any]]) -> dict[int | None, str]:
    """By action number what is read of the rows that are sure; of a doubtful one, that it is."""
    doubts = ("estado", "unidad_estado", "corte_estado")
    return {r["accion"]: "dudosa" if "dudosa" in [r[d] for d in doubts] else figures(r) for r in rows}
