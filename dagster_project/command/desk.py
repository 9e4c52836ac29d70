"""``avance desk``: the desk behind the door, on loopback. Not here: its pages (``desk``), whom the door lets in."""

from __future__ import annotations

import socket

import uvicorn
from rich.console import Console

from dagster_project.command.terminal_text import escape
from dagster_project.command.ui import Address
from dagster_project.command.ui_door import Door
from dagster_project.desk.app import desk_app
from dagster_project.settings import get_settings


def desk(console: Console, address: Address) -> int:
    """Serve until interrupted; 0, 3: the port is taken."""
    try:
        listening = socket.create_server((address.host, address.port))
    except (OSError, OverflowError) as error:
        console.print(
            f"[bold red]Not started[/]: {escape(address.host)}:{address.port} cannot be served on "
            f"({escape(str(error))}). Give another port with [bold]--port[/].",
            highlight=False,
        )
        return 3
    settings = get_settings()
    console.print(
        f"The desk on [bold]http://{address.host}:{address.port}[/], decisions in {escape(str(settings.seeds))}; "
        "Ctrl-C ends it.",
        highlight=False,
        soft_wrap=True,
    )
    app = Door(desk_app(settings), address.hosts)
    with listening:
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listening])
    return 0
