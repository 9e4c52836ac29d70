"""One process of ``avance ui``: ``python -m dagster_project.command.ui_server [--watched] PROGRAMME …``.

Belongs here: Dagster's own programmes (``code``, ``web``, ``daemon``), the web server behind the door and beside our
pages, the preparation of the home before them (``prepare``), and their end with the parent. Does not belong here: what
the door lets in (``ui_door``), what the pages are (``ui_pages``), and starting all this (``ui``).

Where we are watched, the parent holds the other end of our standard input and writes nothing to it: when it ends,
however it ends, the system closes it, and a watcher beside us ends our whole process group, runs under way among it.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Never

GRACE_SECONDS = 5.0
"""Between the request to end and the end, of all our processes."""

WATCH_SECONDS = 5
"""How often web server and daemon look whether the code server is a new one."""

FETCH_SECONDS = 600
"""How often the daemon fetches what the code server defines: that changes with an upgrade, whose servers begin anew."""

HOSTS, TOKEN, SOCKET = "AVANCE_UI_HOSTS", "AVANCE_UI_TOKEN", "AVANCE_UI_SOCKET"
"""Of the environment: the names served under, comma-separated; the token, where one is asked for; the code server."""

PROGRAMMES = {"code": "dagster", "web": "dagster-webserver", "daemon": "dagster-daemon"}
"""Our names of the three, and the programmes of Dagster that they are."""


def main() -> None:
    """Run the programme named first with the arguments that follow, until it or the parent ends."""
    arguments = sys.argv[1:]
    if arguments[0] == "--watched":
        arguments.pop(0)
        if os.fork() == 0:
            _end_with_parent()
    programme, *arguments = arguments
    if programme == "prepare":
        raise SystemExit(_prepare())
    (command,) = entry_points(group="console_scripts", name=PROGRAMMES[programme])
    run = command.load()
    if programme == "web":
        _put_behind_door()
    if programme != "code":
        _follow_code()
    sys.argv = [command.name, *arguments]
    run()


def _end_with_parent() -> Never:
    """In a process of its own: the web server is gone long before its code server, which heeds no signal but one.

    A shell, of which one megabyte stays, where this interpreter would hold twelve for as long as the UI is served.
    """
    for heeded in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(heeded, signal.SIG_IGN)
    os.close(1)  # who reads what our programme prints sees its end
    os.execv("/bin/sh", ["sh", "-c", f"read -r _; kill -TERM 0; sleep {GRACE_SECONDS:g}; kill -KILL 0"])


def _prepare() -> int:
    """Open the home's records and end on record the runs that were killed; 2 and a sentence where that cannot be.

    In a process of its own: Dagster is a hundred megabytes that who only waits for three servers need not hold.
    """
    from contextlib import suppress

    from dagster_project.command.dagster_instance import open_instance, release_and_tell
    from dagster_project.command.ui_workspace import socket_path
    from dagster_project.dagster_internals import follow_location
    from dagster_project.notices.machine_errors import diagnose, error_chain
    from dagster_project.settings import CODE_LOCATION, get_settings
    from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock

    settings = get_settings()
    try:
        # A run that is at work has done so itself.
        with suppress(WarehouseBusyError), writer_lock(settings.home), open_instance(settings) as instance:
            release_and_tell(settings, instance)
            follow_location(instance, CODE_LOCATION, socket_path(settings.dagster_home))
    except Exception as error:
        said = error_chain(error)
        print(diagnose(settings, said) or said)
        return 2
    return 0


def _follow_code() -> None:
    from dagster_project.command.ui_workspace import WAIT_SECONDS, await_code
    from dagster_project.dagster_internals import look_at_code_every

    look_at_code_every(WATCH_SECONDS, FETCH_SECONDS)
    if not await_code(Path(os.environ[SOCKET])):
        print(f"The code server does not answer after {WAIT_SECONDS:.0f} s; going on without it.", file=sys.stderr)


def _put_behind_door() -> None:
    """Dagster's web server makes its application by this one function and offers no place for a middleware."""
    from dagster_webserver import cli

    from dagster_project.command.ui_door import Door
    from dagster_project.command.ui_pages import mounts
    from dagster_project.settings import get_settings

    make = cli.create_app_from_workspace_process_context

    def behind_door(*given: Any, **more: Any) -> Any:
        app = make(*given, **more)
        app.router.routes[:0] = mounts(
            get_settings(), "--read-only" in sys.argv
        )  # before Dagster's last, which takes every path
        app.add_middleware(Door, hosts=os.environ[HOSTS].split(","), token=os.environ.get(TOKEN, ""))
        return app

    cli.create_app_from_workspace_process_context = behind_door


if __name__ == "__main__":
    main()
