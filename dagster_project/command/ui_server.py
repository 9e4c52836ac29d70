"""One of the two processes of ``avance ui``: ``python -m dagster_project.command.ui_server webserver|daemon …``.

Belongs here: Dagster's own programme, behind the door where it is the web server, and ended with its parent. Does not
belong here: what the door lets in (``ui_door``), and starting the two (``ui``).

The parent holds the other end of our standard input and writes nothing to it: when it ends, however it ends, the
system closes it, and a watcher beside us ends our whole process group, the code servers that we started among it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from importlib.metadata import entry_points
from typing import Any, Never

from dagster_project.command.ui_door import Door

GRACE_SECONDS = 5.0
"""Between the request to end and the end, of all our processes."""

HOSTS, TOKEN = "AVANCE_UI_HOSTS", "AVANCE_UI_TOKEN"
"""Of the environment: the names served under, comma-separated; the token, where one is asked for."""


def main() -> None:
    """Run the programme named first with the arguments that follow, until it or the parent ends."""
    programme, *arguments = sys.argv[1:]
    if os.fork() == 0:
        _end_with_parent()
    if programme == "webserver":
        _put_behind_door()
    (command,) = entry_points(group="console_scripts", name=f"dagster-{programme}")
    sys.argv = [command.name, *arguments]
    command.load()()


def _end_with_parent() -> Never:
    """In a process of its own: the web server is gone long before its code server, which heeds no signal but one."""
    for heeded in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(heeded, signal.SIG_IGN)
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)
    raise SystemExit  # never reached: we are of the group


def _put_behind_door() -> None:
    """Dagster's web server makes its application by this one function and offers no place for a middleware."""
    from dagster_webserver import cli

    make = cli.create_app_from_workspace_process_context

    def behind_door(*given: Any, **more: Any) -> Any:
        app = make(*given, **more)
        app.add_middleware(Door, hosts=os.environ[HOSTS].split(","), token=os.environ.get(TOKEN, ""))
        return app

    cli.create_app_from_workspace_process_context = behind_door


if __name__ == "__main__":
    main()
