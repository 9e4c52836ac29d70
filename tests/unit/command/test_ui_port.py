"""A port that cannot be served on is refused before anything starts, with the process that holds it."""

from __future__ import annotations

import os
import socket

import pytest

from dagster_project.command.ui_port import unusable


def test_the_holder_of_a_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = unusable("127.0.0.1", server.getsockname()[1])
    assert said is not None
    assert f"process {os.getpid()} (" in said
    assert "python" in said


def test_a_free_port_is_usable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert unusable("127.0.0.1", port) is None


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_no_port_is_refused(port: int) -> None:
    assert unusable("127.0.0.1", port) == "a port is a number from 1 to 65535"


def test_a_name_of_no_machine_is_refused() -> None:
    assert unusable("no-such-host.invalid", 3000)
