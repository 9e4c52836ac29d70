"""``avance ui``: the Dagster web server and daemon on this home.

Not here: what they show (``definitions``). Loopback unless told otherwise: the web UI asks
nobody who they are.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from dagster_project.command.dagster_instance import open_instance, prepare_dagster_home, release_stale
from dagster_project.command.machine_errors import diagnose, error_chain
from dagster_project.settings import RAIZ, Settings, get_settings
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock


def ui(console: Console, *, host: str, port: int) -> int:
    """Serve until interrupted; returns the exit code of the first of the two to end by itself, 2: the home
    cannot be written to, 3: the port is taken."""
    if refused := _unusable(host, port):
        console.print(
            f"[bold red]Not started[/]: {host}:{port} cannot be served on ({refused}). Give another port with "
            f"[bold]--port[/], such as --port {port + 1 if port < 65535 else 3001}.",
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
    module = ["-m", "dagster_project.definitions"]
    commands = [
        [_beside("dagster-webserver"), *module, "--host", host, "--port", str(port), "--log-level", "warning"],
        [_beside("dagster-daemon"), "run", *module, "--log-level", "warning"],
    ]
    console.print(f"Dagster on [bold]http://{host}:{port}[/], home {settings.home}; Ctrl-C ends it.", highlight=False)
    servers = [subprocess.Popen(command, cwd=RAIZ, env=env, start_new_session=True) for command in commands]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(server.poll() is None for server in servers):
            time.sleep(0.5)
        return next(server.returncode for server in servers if server.returncode is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(servers)


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


def _beside(name: str) -> str:
    """A command of this environment, which may be on no PATH."""
    return str(Path(sys.executable).parent / name)
