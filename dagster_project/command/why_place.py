"""Where on paper or in a sheet a printed row stands, for ``avance why``: its picture, or its cells with their formulas.

Not here: the row's figures (``why``) and their queries (``why_queries``).
"""

from __future__ import annotations

import json

from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.command.why_queries import Lugar
from dagster_project.settings import Settings

PICTURES = "pictures"


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
    if place.caja and place.pagina and place.alto:
        said = _picture(place, place.caja, place.pagina, place.alto, settings)
        console.print(f"  picture    {escape(said)}", soft_wrap=True, highlight=False)


def _unsure(cell: dict[str, float | None]) -> bool:
    return cell["confianza"] is not None and cell["confianza"] < 0.9


def _picture(place: Lugar, box: tuple[float, float, float, float], page: int, height: float, settings: Settings) -> str:
    """The path of the row's picture, written now; or why there is none."""
    from dagster_project.sources.document import Box
    from dagster_project.sources.picture import piece

    original = next(settings.originals.glob(f"{place.extracto_id}*"), None)
    if original is None:
        return f"none: {settings.originals} does not hold the file any more"
    target = settings.home / PICTURES / f"{place.extracto_id}-{place.linea}.png"
    try:
        data = piece(original.read_bytes(), page, Box(*box), height, place.giro or 0)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.write_bytes(data)
    except Exception as error:  # whatever is wrong with the file, the answer stands without it
        return f"none: {original} cannot be shown: {error}"
    return str(target)
