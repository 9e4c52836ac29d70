"""Where on paper or in a sheet a printed row stands, for ``avance why``: its picture, or its cells with their formulas.

Not here: the row's figures (``why``) and their queries (``why_queries``).
"""

from __future__ import annotations

import json

from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.command.why_queries import Lugar
from dagster_project.settings import Settings
from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.row_picture import row_picture

PICTURES = "pictures"
UNSURE = 0.9
"""Below it an engine that reads images is told of: as sure as that it is of nine words in ten."""


def show_place(console: Console, place: Lugar, settings: Settings) -> None:
    """Say where a row stands; nothing of one that came as text."""
    if place.descripcion is None:
        return
    console.print(f"  place      {escape(place.descripcion)}", soft_wrap=True, highlight=False)
    for cell in json.loads(place.celdas or "[]"):
        if cell["formula"]:
            console.print(
                f"    {escape(cell['referencia'])}  {escape(cell['formula'])}", soft_wrap=True, highlight=False
            )
    unsure = [
        f"{cell['celda']} ({cell['confianza']:.2f})" for cell in json.loads(place.celdas or "[]") if _unsure(cell)
    ]
    if unsure:
        console.print(f"    the engine was not sure of cells {', '.join(unsure)}", soft_wrap=True, highlight=False)
    if place.caja and place.pagina:
        said = _picture(place, place.pagina, place.caja, settings)
        console.print(f"  picture    {escape(said)}", soft_wrap=True, highlight=False)


def _unsure(cell: dict[str, float | None]) -> bool:
    return cell["confianza"] is not None and cell["confianza"] < UNSURE


def _picture(place: Lugar, page: int, box: tuple[float, float, float, float], settings: Settings) -> str:
    """The path of the row's picture, over the width of the page, written now; or why there is none."""
    target = settings.home / PICTURES / f"{place.extracto_id}-{place.linea}.png"
    _, upper, _, lower = box
    try:
        data = row_picture(settings.originals, place.extracto_id, page, place.giro or 0, upper, lower)
        if data is None:
            return f"none: {settings.originals} does not hold the file, or may not be looked into"
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.write_bytes(data)
    except (OSError, RefusedFileError) as error:  # the answer stands without it
        return f"none: the file cannot be shown: {error}"
    return str(target)
