"""The command in a process that has the libraries imported already: a third of the time of a cold start.

Belongs here: a server that forks a process for each run of the command. Nothing of the project
is imported before the fork, and each run is a session of its own, to be killed whole. Does not
belong here: following and killing it (``command``).

It reads requests from standard input, an object a line: ``args``, ``env``, ``log``, ``cwd`` and
perhaps ``limit`` (bytes a file may have) and ``user`` begin a run, answered by its process;
``poll`` with a process is answered by its exit code (negative: a signal), null while it lives.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from typing import Any


def import_libraries() -> None:
    """What a run would import from others; none of them opens a database or starts a thread."""
    os.environ |= {"DO_NOT_TRACK": "1", "GX_ANALYTICS_ENABLED": "false"}
    import statistics  # noqa: F401 - another user may not look into the folder of this Python

    import dagster  # noqa: F401
    import dagster_dbt  # noqa: F401
    import dbt.adapters.duckdb
    import dbt.cli.main  # noqa: F401
    import great_expectations  # noqa: F401
    import numba  # noqa: F401
    import pandas  # noqa: F401
    import rapidfuzz  # noqa: F401
    import rich.console  # noqa: F401
    import typer  # noqa: F401


def serve() -> None:
    """Take requests until standard input ends."""
    import_libraries()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(_poll(asked["poll"]) if "poll" in asked else _begin(asked)), flush=True)


def _begin(asked: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        _be_the_command(asked)
    return child


def _poll(child: int) -> int | None:
    ended, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _be_the_command(asked: dict[str, Any]) -> None:
    """As the shell would start it: session, environment, folder, output; never returns."""
    code = 1
    try:
        os.setsid()
        out = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for target, source in ((0, nothing), (1, out), (2, out)):
            os.dup2(source, target)
        os.environ.clear()
        os.environ.update(asked["env"])
        os.chdir(asked["cwd"])
        if "limit" in asked:
            resource.setrlimit(resource.RLIMIT_FSIZE, (asked["limit"], asked["limit"]))
        if "user" in asked:
            os.setgroups([])
            os.setgid(asked["user"])
            os.setuid(asked["user"])
        sys.argv = ["avance", *asked["args"]]
        from dagster_project.cli import app

        app()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
