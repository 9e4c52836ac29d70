"""Servers on loopback that take what a home tells: mail and JSON; and one that takes everything and answers nothing.

Does not belong here: what ought to arrive.
"""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class _Mail(socketserver.StreamRequestHandler):
    """The few verbs of SMTP that a client without encryption needs."""

    def handle(self) -> None:
        self._say("220 listener")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                lines = []
                while (read := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(read.removeprefix(b".") if read.startswith(b"..") else read)
                message = message_from_bytes(b"".join(lines), policy=policy.default)
                self.server.taken.append(message)  # type: ignore[attr-defined]
            refused = verb == b"RCPT" and b"<nadie" in line
            self._say("221 bye" if verb == b"QUIT" else "550 no such box" if refused else "250 listener")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Json(BaseHTTPRequestHandler):
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(json.loads(body))  # type: ignore[attr-defined]
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def mail_server() -> Iterator[tuple[str, list[EmailMessage]]]:
    """The address of a mail server, and the messages that it has taken."""
    with _serving(_Threads(("127.0.0.1", 0), _Mail)) as (port, taken):
        yield f"smtp://127.0.0.1:{port}", taken


@contextmanager
def webhook(status: int = 204) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a webhook that answers so, and what was posted to it."""
    handler = type("Handler", (_Json,), {"status": status})
    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as (port, taken):
        yield f"http://127.0.0.1:{port}/servicios/llave-secreta", taken


@contextmanager
def hanging() -> Iterator[int]:
    """The port of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def _serving(server: socketserver.TCPServer) -> Iterator[tuple[int, list[Any]]]:
    server.taken = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], server.taken  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
