"""The door of the web UI: which requests come in. An ASGI middleware, of nothing that knows Dagster.

Belongs here: hosts, origins, methods, the token. Does not belong here: who starts the server (``ui``) and with what
(``ui_server``).

A browser sends what any page asks of it to a server on this machine: an image whose address holds a mutation, a form
of plain text, a WebSocket, a name that resolves to 127.0.0.1 since a minute. What tells them apart is what the
browser itself adds (Host, Origin, Sec-Fetch-Dest: the Fetch standard, W3C Fetch Metadata).
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "avance_token"
FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CLOSED = 1008
"""WebSocket close code: policy violation (RFC 6455)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a request is not let in, and with which status."""

    status: int
    reason: str


class Door:
    """Let in requests to our own names, from our own pages, with the token where one is set."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], token: str = "") -> None:
        """``hosts`` as they stand in the header Host, with their port where it is not the scheme's own."""
        self.app, self.hosts, self.token = app, frozenset(host.lower() for host in hosts), token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in; refuse all else without a look at its body."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = foreign(scope, headers, self.hosts)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not refused and self.token and not self._knows(headers, given):
            refused = Refused(401, "this UI asks for a token: open the address that avance ui printed")
        if refused:
            if scope["type"] == "websocket":
                await receive()
                await send({"type": "websocket.close", "code": CLOSED, "reason": refused.reason})
            else:
                await _framed_nowhere(PlainTextResponse(refused.reason + "\n", refused.status))(scope, receive, send)
            return
        if self.token and given and scope["type"] == "http" and scope["method"] == "GET":
            await self._welcome(scope)(scope, receive, send)
            return

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _close(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_closed)

    def _knows(self, headers: Headers, given: str) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        said = (given, cookie.value if cookie else "")
        return any(hmac.compare_digest(text.encode(), self.token.encode()) for text in said)

    def _welcome(self, scope: Scope) -> Response:
        """The page asked for again, without the token in its address, which others may see over a shoulder."""
        response = RedirectResponse("/" + scope["path"].lstrip("/"), 303)
        response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
        return _framed_nowhere(response)


def foreign(scope: Scope, headers: Headers, hosts: Collection[str]) -> Refused | None:
    """Why a request is none of our own pages or of a person at the address bar; None where it may be."""
    if len(headers.getlist("host")) != 1 or headers["host"].lower() not in hosts:
        return Refused(
            403, "this address is not one that the UI is served under (avance ui --allow-host NAME adds one)"
        )
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() not in hosts:
        return Refused(403, "the request comes from another site's page")
    if headers.get("sec-fetch-dest", "") in FRAMES:
        return Refused(403, "the UI is shown in no other page")
    if scope["type"] == "websocket":
        return None if origin is not None else Refused(403, "a WebSocket needs the page that it comes from")
    if scope["method"] in SAFE:
        asks = "query" in parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        return Refused(403, "GraphQL is asked by POST") if asks and "graphql" in scope["path"] else None
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return None if kind == "application/json" else Refused(403, "what changes something comes as application/json")


def _framed_nowhere(response: Response) -> Response:
    _close(response.headers)
    return response


def _close(headers: MutableHeaders) -> None:
    # Of several policies of one response a browser keeps all: Dagster's own stays.
    headers.append("content-security-policy", "frame-ancestors 'none'")
    headers["x-frame-options"] = "DENY"
    headers["referrer-policy"] = "same-origin"
