"""``avance ui``: the Dagster web server, its daemon and the one code server of both, on this home.

Not here: what they show (``definitions``), whom the door lets in (``ui_door``), what each process is (``ui_server``).
Loopback unless told otherwise.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from rich.console import Console

from dagster_project.command import ui_server
from dagster_project.command.dagster_instance import prepare_dagster_home
from dagster_project.command.terminal_text import escape
from dagster_project.command.ui_lock import ServedError, hold
from dagster_project.command.ui_port import is_refused
from dagster_project.command.ui_workspace import socket_path, write_workspace
from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.settings import CODE_LOCATION, RAIZ, Settings, environment_of, get_settings

PARTS = ("code", "web", "daemon")
"""What a UI is made of, in the order that they start."""


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


def ui(console: Console, address: Address, part: str | None = None) -> int:
    """Serve until interrupted; with ``part`` only that one of ``PARTS``, as this very process.

    Returns 0 where somebody ended it, 1 where one of the servers ended by itself; 2: the home cannot be used, 3: the
    port cannot be served on, 4: this home is served already.
    """
    parts = (part,) if part else PARTS
    if "web" in parts and is_refused(console, address.host, address.port):
        return 3
    settings = get_settings()
    try:
        home = prepare_dagster_home(settings)
        locks = hold(home, parts, _signature(address))
        workspace = write_workspace(home)
    except ServedError as error:
        console.print(
            f"[bold red]Not started[/]: the home {escape(str(settings.home))} is served already, by "
            f"{escape(str(error))}. End that one first, or give another home with AVANCE_HOME.",
            highlight=False,
        )
        return 4
    except OSError as error:
        said = error_chain(error)
        return _refused(console, diagnose(settings, said) or said)
    env = _environment(settings, address)
    commands = _commands(address, home, workspace)
    if part:
        for lock in locks:
            os.set_inheritable(lock, True)  # the server itself holds it
        os.chdir(RAIZ)
        if part == "code" and (failed := subprocess.call(_server("prepare"), env=env)):
            return failed
        if part == "web":
            _announce(console, address, settings)
        os.execve(sys.executable, _server(part, *commands[part]), env)
    return _serve(console, address, settings, commands, env)


def _serve(
    console: Console, address: Address, settings: Settings, commands: dict[str, list[str]], env: dict[str, str]
) -> int:
    """Start them all and wait for the first to end, or for somebody to end us."""
    servers: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        preparing = _start(env, "prepare", stdout=subprocess.PIPE)
        servers.append(preparing)
        assert preparing.stdout is not None
        said = preparing.stdout.read().decode(errors="replace").strip()  # communicate() would close its input
        if failed := preparing.wait():
            return _refused(console, said or f"the records of the home could not be opened (exit code {failed})")
        _stop([servers.pop()])
        _announce(console, address, settings)
        for part, arguments in commands.items():
            servers.append(_start(env, part, *arguments))
        while all(server.poll() is None for server in servers):
            time.sleep(0.5)
        # None ends by itself unless something is wrong: a service manager starts us again, whatever it said.
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(servers)


def _start(env: dict[str, str], *arguments: str, **more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _server("--watched", *arguments), cwd=RAIZ, env=env, stdin=subprocess.PIPE, start_new_session=True, **more
    )


def _server(*arguments: str) -> list[str]:
    return [sys.executable, "-m", ui_server.__name__, *arguments]


def _commands(address: Address, home: Path, workspace: Path) -> dict[str, list[str]]:
    """What each of ``PARTS`` is given, in their order."""
    only = ["--read-only"] if address.read_only else []
    shared = ["--workspace", str(workspace)]
    code = ["--socket", str(socket_path(home)), "--module-name", "dagster_project.definitions"]
    return {
        "code": ["api", "grpc", *code, "--location-name", CODE_LOCATION, "--log-level", "warning"],
        "web": [*shared, "--host", address.host, "--port", str(address.port), *only],
        "daemon": ["run", *shared, "--log-level", "warning"],
    }


def _environment(settings: Settings, address: Address) -> dict[str, str]:
    """The servers may start in any directory; what they load is named from the environment."""
    env = os.environ | environment_of(settings) | {ui_server.SOCKET: str(socket_path(settings.dagster_home))}
    # Threads that mostly sleep would each keep memory of their own (mallopt(3)); runs start with this too, to no harm.
    env.setdefault("MALLOC_ARENA_MAX", "2")
    return env | {ui_server.HOSTS: ",".join(address.hosts), ui_server.TOKEN: address.token}


def _signature(address: Address) -> str:
    return f"process {os.getpid()} on {address.host}:{address.port}"


def _refused(console: Console, why: str) -> int:
    console.print(f"[bold red]Not started[/]: {escape(why)}", highlight=False)
    return 2


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


def _stop(servers: list[subprocess.Popen[bytes]]) -> None:
    """End them all, with what they started."""
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
