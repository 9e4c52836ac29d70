"""Whether a port can be served on, and which process holds it where it cannot.

Not here: what is served (``ui``). Who holds it is asked of ``/proc`` (proc(5)); where there is none, nobody is named.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from dagster_project.command.terminal_text import escape

LISTENS = "0A"
"""The state of a socket in /proc/net/tcp: TCP_LISTEN of include/net/tcp_states.h."""


def unusable(host: str, port: int) -> str | None:
    """Why nothing can listen there, in the system's words and with the holder's name; None where it can."""
    if not 0 < port < 65536:
        return "a port is a number from 1 to 65535"
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            # As the server will: a port that only waits for its last connections to end is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        said = str(error.strerror or error)
        holder = holder_of(port)
        return f"{said}: {holder}" if holder else said
    return None


def is_refused(console: Console, host: str, port: int) -> bool:
    """Say that nothing can be served there, why, and what to do; False where it can."""
    if (why := unusable(host, port)) is None:
        return False
    other = port + 1 if 0 < port < 65535 else 3001
    console.print(
        f"[bold red]Not started[/]: {escape(host)}:{port} cannot be served on ({escape(why)}). Give another port with "
        f"[bold]--port[/], such as --port {other}.",
        highlight=False,
    )
    return True


def holder_of(port: int) -> str | None:
    """The process that listens on a port and its command; None where nobody does, or it cannot be seen."""
    inodes = {f"socket:[{inode}]" for inode in _listening(port)}
    if not inodes:
        return None
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        with suppress(OSError):  # another user's, or ended meanwhile
            for descriptor in (process / "fd").iterdir():
                with suppress(OSError):
                    if str(descriptor.readlink()) in inodes:
                        return f"process {process.name} ({_command(process)}) holds it"
    return "a process of another user holds it"


def _listening(port: int) -> list[str]:
    found = []
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
                fields = line.split()
                if fields[3] == LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                    found.append(fields[9])
    return found


def _command(process: Path) -> str:
    words = (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    return b" ".join(words).decode("utf-8", "replace")[:200] or "its command cannot be seen"
