"""``avance why --page``: what a page was taken for, by which evidence, and the line with which a person decides it.

Reads the published version alone (``marts.fct_pagina``). Not here: where a figure comes from (``why``).
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from dagster_project.command.published import ask_published
from dagster_project.command.terminal_text import escape
from dagster_project.settings import get_settings

FIELDS = {
    "ente": "ente_codigo",
    "unidad": "unidad_codigo",
    "ejercicio": "ejercicio",
    "trimestre": "trimestre_numero",
    "plan": "plan",
}
"""What is settled of a page: its name in ``seeds/paginas.csv``, its column in ``fct_pagina``."""

SITUATIONS = {
    "vigente": "it counts",
    "en_disputa": "it counts beside another page with other figures: {other}; those that differ are in doubt",
    "copia": "it repeats {other} with the same figures, which counts instead",
    "sustituida": "{other} was published later with other figures and counts instead",
    "por_aprobar": "it waits: it came by the inbox, or over a file that counts on, with other figures than {other}",
    "apartada": "it is set aside and counts nowhere: of what it is about not all is settled",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A row of ``fct_pagina`` by column name."""

    columns: dict[str, Any]

    def settled(self, field: str) -> tuple[Any, str, str, float, list[list[Any]]]:
        """Value, estado, rule, score and alternatives of one of ``FIELDS``."""
        c = self.columns
        rivals = json.loads(c[f"alternativas_{field}"])
        return c[FIELDS[field]], c[f"estado_{field}"], c[f"regla_{field}"], c[f"puntaje_{field}"], rivals


def why_page(console: Console, place: str) -> int:
    """Show how the page at FILE:LINE was settled; 0, 1 where there is none or nothing is published, 2 for no place."""
    file, _, line = place.rpartition(":")
    if not file or not re.fullmatch("[0-9]{1,9}", line):
        console.print("A page is named by its file and one of its lines: [bold]2022/extracto.txt:26[/].")
        return 2
    answer = ask_published(console, lambda con: find_pages(con, file, int(line)))
    if answer is None:
        return 1
    _, found = answer
    if not found:
        console.print(
            f"No page of a file {escape(file)} holds line {line} in the published version. A path may be cut at the "
            "front; [bold]avance status[/] shows what is loaded.",
            highlight=False,
        )
        return 1
    for page in found:
        _show(console, page)
    return 0


def find_pages(con: duckdb.DuckDBPyConnection, file: str, line: int) -> list[Page]:
    """The pages that hold a line of the files whose path is, or ends with, ``file``."""
    found = con.execute(
        "from marts.fct_pagina where (ruta = $1 or ends_with(ruta, '/' || $1)) and $2 between linea and linea_fin "
        "order by ruta, formato",
        [file, line],
    )
    names = [column[0] for column in found.description or ()]
    return [Page(dict(zip(names, row, strict=True))) for row in found.fetchall()]


def lines_to_paste(page: Page, today: str) -> list[str]:
    """A line of ``seeds/paginas.csv`` for each open fact of a page, with the likeliest value where there is any."""
    lines = []
    for field in FIELDS:
        value, estado, *_, rivals = page.settled(field)
        if value is None or estado == "dudosa":
            value = next((likeliest for likeliest, _ in rivals), value) if estado == "dudosa" else value
            row = [
                page.columns["pagina_huella"],
                field,
                "",
                "VALOR" if value is None else value,
                "MOTIVO",
                "AUTOR",
                today,
            ]
            text = io.StringIO()
            csv.writer(text, lineterminator="").writerow([*row, page.columns["ruta"], page.columns["linea"]])
            lines.append(text.getvalue())
    return lines


def _show(console: Console, page: Page) -> None:
    c = page.columns
    console.rule(f"{escape(c['ruta'])} · página {c['formato']} · lines {c['linea']}-{c['linea_fin']}")
    said = SITUATIONS[c["situacion"]].replace("{other}", c["cede_ante"] or "another page")
    console.print(f"{c['renglones']} action rows, hash {c['pagina_huella']}", highlight=False)
    console.print(f"[bold]{c['situacion']}[/]: {escape(said)}", highlight=False, soft_wrap=True)
    table = Table("", "Value", "Estado", "Score", show_edge=False, pad_edge=False)
    for name in ("Settled by", "Or else"):
        table.add_column(name, overflow="fold")  # a rule's parts are joined by +: cut, one of them would be lost
    for field in FIELDS:
        value, estado, rule, score, rivals = page.settled(field)
        others = ", ".join(f"{value} ({score:g})" for value, score in rivals)
        table.add_row(field, "·" if value is None else str(value), estado, f"{score:.2f}", escape(rule), escape(others))
    console.print(table)
    if lines := lines_to_paste(page, datetime.now(UTC).date().isoformat()):
        decisions = escape(str(get_settings().seeds / "paginas.csv"))
        console.print(
            f"\nTo decide it, put into {decisions} (value, reason and author are yours):",
            soft_wrap=True,
            highlight=False,
        )
        for line in lines:
            console.print(escape(line), soft_wrap=True, highlight=False)
