"""``avance desk``: the page for decisions, served to this machine until it is interrupted.

Not here: what stands on it (``desk``), whom the door lets in (``ui_door``).
"""

from __future__ import annotations

import uvicorn
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.command.ui import Address
from dagster_project.command.ui_door import Door
from dagster_project.command.ui_port import unusable
from dagster_project.desk.app import desk_app
from dagster_project.settings import get_settings


def desk(console: Console, address: Address) -> int:
    """Serve until interrupted; 0, or 3: the port is taken."""
    if refused := unusable(address.host, address.port):
        console.print(
            f"[bold red]Not started[/]: {escape(address.host)}:{address.port} cannot be served on "
            f"({escape(refused)}). Give another port with [bold]--port[/].",
            highlight=False,
        )
        return 3
    settings = get_settings()
    app = Door(desk_app(settings), hosts=address.hosts, token=address.token)
    token = f"/?token={address.token}" if address.token else ""
    console.print(
        f"The desk on [bold]http://{address.host}:{address.port}{token}[/], home {escape(str(settings.home))}; "
        f"it writes to {escape(str(settings.seeds))}. Ctrl-C ends it.",
        highlight=False,
        soft_wrap=True,
    )
    uvicorn.run(app, host=address.host, port=address.port, log_level="warning")
    return 0
