"""``avance ui``: the Dagster web server and daemon on this home.

Not here: what they show (``definitions``), whom the door lets in (``ui_door``). Loopback unless told otherwise.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from rich.console import Console

from dagster_project.command import ui_server
from dagster_project.command.dagster_instance import open_instance, prepare_dagster_home, release_stale
from dagster_project.command.terminal_text import escape
from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.settings import RAIZ, Settings, get_settings
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock


@dataclass(frozen=True, slots=True)
class Address:
    """Where the UI is served and to whom: further names it goes by (a proxy's), a token or none, looking only."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    token: str = ""
    read_only: bool = False

    @property
    def hosts(self) -> list[str]:
        """What the header Host may hold: this machine's own names with the port, and the further ones as given."""
        own = dict.fromkeys(("127.0.0.1", "localhost", "[::1]", f"[{self.host}]" if ":" in self.host else self.host))
        return [*(f"{name}:{self.port}" for name in own), *self.names]

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def ui(console: Console, address: Address) -> int:
    """Serve until interrupted; returns the exit code of the first of the two to end by itself, 2: the home
    cannot be written to, 3: the port is taken."""
    host, port = address.host, address.port
    if refused := _unusable(host, port):
        console.print(
            f"[bold red]Not started[/]: {escape(host)}:{port} cannot be served on ({escape(refused)}). Give "
            f"another port with [bold]--port[/], such as --port {port + 1 if port < 65535 else 3001}.",
            highlight=False,
        )
        return 3
    settings = get_settings()
    try:
        prepare_dagster_home(settings)
        _tidy(settings)
    except Exception as error:
        said = error_chain(error)
        console.print(f"[bold red]Not started[/]: {escape(diagnose(settings, said) or said)}", highlight=False)
        return 2
    # The servers may start in any directory; what they load is named from the environment.
    env = {**os.environ, "AVANCE_HOME": str(settings.home), "AVANCE_EXTRACTS": str(settings.extracts)}
    env |= {"AVANCE_INBOX": str(settings.inbox)}
    env |= {"AVANCE_SEEDS": str(settings.own_seeds)} if settings.own_seeds else {}
    env |= {ui_server.HOSTS: ",".join(address.hosts), ui_server.TOKEN: address.token}
    module = ["-m", "dagster_project.definitions", "--log-level", "warning"]
    only = ["--read-only"] if address.read_only else []
    commands = [
        ["webserver", *module, "--host", host, "--port", str(port), *only],
        ["daemon", "run", *module],
    ]
    _announce(console, address, settings)
    servers = [
        subprocess.Popen(
            [sys.executable, "-m", ui_server.__name__, *command],
            cwd=RAIZ,
            env=env,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        for command in commands
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(server.poll() is None for server in servers):
            time.sleep(0.5)
        return next(server.returncode for server in servers if server.returncode is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(servers)


def _announce(console: Console, address: Address, settings: Settings) -> None:
    token = f"/?token={address.token}" if address.token else ""
    url = f"http://{address.host}:{address.port}{token}"
    console.print(
        f"Dagster on [bold]{url}[/], home {escape(str(settings.home))}; Ctrl-C ends it.",
        highlight=False,
        soft_wrap=True,
    )
    if not address.is_loopback:
        said = "It asks for the token above." if address.token else "It asks nobody who they are: give it --token too."
        console.print(
            f"[bold yellow]Others can reach it[/]: {escape(address.host)} is not this machine alone. {said} What they "
            "send is not encrypted; docs/security.md has a proxy that does both.",
            highlight=False,
        )


def _tidy(settings: Settings) -> None:
    """End on record the runs of servers that were killed, unless a run is at work: it has done so itself."""
    with suppress(WarehouseBusyError), writer_lock(settings.home), open_instance(settings) as instance:
        release_stale(instance)


def _unusable(host: str, port: int) -> str | None:
    """Why nothing can listen there, in the system's words; None where it can."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            # As the server will: a port that only waits for its last connections to end is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        return str(getattr(error, "strerror", None) or error)
    return None


def _stop(servers: list[subprocess.Popen[bytes]]) -> None:
    """End both, with the code servers they started."""
    for server in servers:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)
    for server in servers:
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
    for server in servers:
        if server.stdin:
            server.stdin.close()  # what is left of its group ends now
