"""The code server's socket can be opened wherever the home lies."""

from __future__ import annotations

import socket

import yaml

from dagster_project.command.ui_workspace import await_code, socket_path, write_workspace


def _home(folder):
    (folder / "ui").mkdir(parents=True)
    return folder


def test_the_workspace_names_a_socket_that_can_be_opened(tmp_path, monkeypatch) -> None:
    """Also below a home whose path is longer than that of a socket may be."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for home in (_home(tmp_path / "h"), _home(tmp_path / ("largo" * 30))):
        (place,) = yaml.safe_load(write_workspace(home).read_text("utf-8"))["load_from"]
        assert place["grpc_server"]["location_name"] == "avance"
        assert place["grpc_server"]["socket"] == str(socket_path(home))
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(place["grpc_server"]["socket"])
            server.listen()
            assert await_code(socket_path(home))


def test_two_long_homes_have_two_sockets(tmp_path) -> None:
    first, second = (tmp_path / (letter * 150) for letter in "ab")
    assert socket_path(first) != socket_path(second)
