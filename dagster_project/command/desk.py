"""``avance desk``: the desk behind the door, on loopback. Not here: its pages (``desk``), whom the door lets in."""

from __future__ import annotations

import uvicorn
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.command.ui import Address
from dagster_project.command.ui_door import Door
from dagster_project.command.ui_port import is_refused
from dagster_project.desk.app import desk_app
from dagster_project.settings import get_settings


def desk(console: Console, address: Address) -> int:
    """Serve until interrupted; 0, 3: the port cannot be served on."""
    if is_refused(console, address.host, address.port):
        return 3
    settings = get_settings()
    console.print(
        f"The desk on [bold]http://{address.host}:{address.port}[/], decisions in {escape(str(settings.seeds))}; "
        "Ctrl-C ends it.",
        highlight=False,
        soft_wrap=True,
    )
    app = Door(desk_app(settings), address.hosts)
    uvicorn.run(app, host=address.host, port=address.port, log_level="warning", server_header=False)
    return 0
