"""Where web server and daemon find the one code server of a home: its socket, and the file that names it.

A socket, not a port: who may enter the home may ask the code server to run something, nobody else.
Not here: starting the code server (``ui``).
"""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
import time
from pathlib import Path

import yaml

from dagster_project.command.ui_lock import FOLDER
from dagster_project.settings import CODE_LOCATION

LONGEST = 107
"""Bytes that the path of a socket may have (unix(7): sun_path holds 108 with the closing zero)."""

WAIT_SECONDS = 180.0


def socket_path(dagster_home: Path) -> Path:
    """The code server's socket: in the home; where that path is too long, in a folder of our own for such ones."""
    path = dagster_home / FOLDER / "code.sock"
    if len(os.fsencode(path)) <= LONGEST:
        return path
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"avance-{os.geteuid()}"
    return folder / f"{hashlib.sha256(os.fsencode(dagster_home)).hexdigest()[:16]}.sock"


def write_workspace(dagster_home: Path) -> Path:
    """Write the workspace file of a home, with the folder of the socket; returns the file.

    Raises:
        PermissionError: the folder for sockets of long paths is another user's.
    """
    path = socket_path(dagster_home)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.parent.is_symlink() or path.parent.stat().st_uid != os.geteuid():
        raise PermissionError(f"the folder {path.parent} belongs to another user; remove it or set XDG_RUNTIME_DIR")
    place = {"grpc_server": {"socket": str(path), "location_name": CODE_LOCATION}}
    file = dagster_home / FOLDER / "workspace.yaml"
    fresh = file.with_suffix(f".{os.getpid()}")  # the parts of a service begin at once
    fresh.write_text(yaml.safe_dump({"load_from": [place]}), encoding="utf-8")
    fresh.replace(file)
    return file


def await_code(path: Path) -> bool:
    """Wait until the code server has loaded its code and listens; False if it has not after ``WAIT_SECONDS``."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(path))
            except OSError:
                time.sleep(0.2)
            else:
                return True
    return False
