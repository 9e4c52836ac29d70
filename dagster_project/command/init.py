"""``avance init``: a folder of catalogues and decisions of one's own, so that a release can be replaced beneath it.

Not here: which files those are (``reference.seed_folder``).
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.reference.seed_folder import lacking, write_templates
from dagster_project.settings import get_settings, seeds_in_home
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock


def init(console: Console, folder: Path | None) -> int:
    """Write what the folder lacks and touch nothing else: 0; 1: a file of it needs a person; 2: nothing was written."""
    settings = get_settings()
    place = folder.expanduser().absolute() if folder else settings.own_seeds or seeds_in_home(settings.home)
    if place is None or place == settings.shipped_seeds:
        console.print(
            "Say where: [bold]avance init FOLDER[/], outside the checkout, such as /srv/avance/seeds.",
            highlight=False,
        )
        return 2
    # Seeds in the home are in use as soon as the folder is there: of a run at work, half-way.
    is_in_home = place.is_relative_to(settings.home)
    try:
        with writer_lock(settings.home, what="avance init") if is_in_home else nullcontext():
            written = write_templates(place, settings.shipped_seeds)
    except WarehouseBusyError as busy:
        console.print(f"[bold red]Not done[/]: {escape(str(busy))}. Wait for it to end.", highlight=False)
        return 2
    except OSError as error:
        console.print(f"[bold red]Not done[/]: {escape(str(error))}", highlight=False)
        return 2
    try:
        left = lacking(place, settings.shipped_seeds)
    except (OSError, ValueError) as error:
        left = [str(error)]
    kept = sorted(path.name for path in place.glob("*.csv") if path.name not in written)
    console.print(f"[bold]{escape(str(place))}[/]", highlight=False, soft_wrap=True)
    for what, names in (("written", written), ("left as they were", kept)):
        console.print(f"  {what}: {escape(', '.join(names)) or 'none'}", highlight=False, soft_wrap=True)
    for said in left:
        console.print(f"  [bold yellow]to do[/]: {escape(said)}", highlight=False, soft_wrap=True)
    if place != settings.seeds:
        console.print(f"Used where AVANCE_SEEDS={escape(str(place))}.", highlight=False, soft_wrap=True)
    return 1 if left else 0
