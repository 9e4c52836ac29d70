"""``avance verify``: the published version against its hashes, without a load.

Not here: what is compared (``warehouse.publish.verify``), and mending it (``avance run`` does).
"""

from __future__ import annotations

from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.settings import get_settings
from dagster_project.warehouse.publish.publication import PointerError, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages


def verify(console: Console) -> int:
    """Say whether every published file is as it was written: 0, or 1 and the files that are not."""
    published = get_settings().published
    if wrong := damages(published):
        console.print(f"[bold red]The published version in {escape(str(published))} is damaged[/]:")
        for said in wrong:
            console.print(f"  {escape(said)}", soft_wrap=True, highlight=False)
        console.print("The warehouse is not touched by that. [bold]avance run[/] writes a whole version anew.")
        return 1
    try:
        version = publicacion_vigente(published)
    except PointerError as error:  # since the line above
        console.print(escape(str(error)))
        return 1
    if version is None:
        console.print(f"Nothing is published in {escape(str(published))} yet: run [bold]avance run[/] first.")
        return 1
    size = sum(file.bytes for file in version.archivos)
    console.print(
        f"Version {version.version} is whole: {len(version.archivos)} files, {size:,} bytes, as they were written.",
        highlight=False,
    )
    return 0
