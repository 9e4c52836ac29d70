"""What comes in to the web UI, and what any web page, or another account, may ask of it in vain."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dagster_project.command.ui import Address
from dagster_project.command.ui_door import Door

OURS = "http://127.0.0.1:3000"
JSON = {"content-type": "application/json"}
MUTATION = "mutation{startSensor}"


async def _answer(request: Request) -> JSONResponse:
    return JSONResponse({"method": request.method, "body": (await request.body()).decode()})


async def _talk(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hola")
    await websocket.close()


def _client(token: str = "", **more: str) -> TestClient:
    methods = ["GET", "POST", "PUT", "DELETE"]
    routes = [Route("/{path:path}", _answer, methods=methods), WebSocketRoute("/graphql", _talk)]
    app = Starlette(routes=routes[::-1])
    app.add_middleware(Door, hosts=Address("127.0.0.1", 3000, ("avance.gob.mx",)).hosts, token=token)
    return TestClient(app, base_url=OURS, follow_redirects=False, headers=more)


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/", {"sec-fetch-dest": "document", "sec-fetch-site": "cross-site"}),
        ("GET", "/", {"host": "localhost:3000"}),
        ("GET", "/", {"host": "avance.gob.mx"}),
        ("POST", "/graphql", {**JSON, "origin": OURS}),
        ("POST", "/graphql", {"content-type": "application/json; charset=utf-8"}),
        ("POST", "/graphql", {**JSON, "host": "avance.gob.mx", "origin": "https://avance.gob.mx"}),
    ],
    ids=[
        "a page",
        "a link from elsewhere",
        "localhost",
        "a proxy's name",
        "the UI's question",
        "a script's",
        "by proxy",
    ],
)
def test_people_and_our_own_pages_come_in(method: str, path: str, headers: dict[str, str]) -> None:
    """And every answer says that it is shown in no other page."""
    answer = _client().request(method, path, headers=headers)
    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", f"/graphql?query={MUTATION}", {"sec-fetch-dest": "image"}),
        ("GET", "/graphql?query=", {}),
        ("POST", "/graphql", {"content-type": "text/plain"}),
        ("POST", "/graphql", {"content-type": "text/plain", "origin": "http://evil.example"}),
        ("POST", "/graphql", {**JSON, "origin": "http://evil.example"}),
        ("POST", "/graphql", {**JSON, "origin": "null"}),
        ("POST", "/graphql", {**JSON, "origin": "http://127.0.0.1:8000"}),
        ("POST", "/graphql", {}),
        ("DELETE", "/logs", {}),
        ("GET", "/", {"host": "evil.example"}),
        ("GET", "/", {"host": "evil.example:3000"}),
        ("GET", "/", {"host": "127.0.0.1:3000.evil.example"}),
        ("GET", "/", {"sec-fetch-dest": "iframe"}),
    ],
    ids=[
        "a mutation as an image",
        "an empty query",
        "a form of plain text",
        "such a form from elsewhere",
        "JSON from elsewhere",
        "from a sandboxed page",
        "from another port",
        "of no kind",
        "another method",
        "a name that leads here",
        "with our port",
        "our name within another",
        "a framed page",
    ],
)
def test_what_a_page_of_others_asks_is_refused(method: str, path: str, headers: dict[str, str]) -> None:
    """403 before anything is looked at, with a reason in words."""
    answer = _client().request(method, path, headers=headers, content=MUTATION if method == "POST" else None)
    assert answer.status_code == 403
    assert answer.text.strip()


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": OURS, "host": "evil.example"}])
def test_a_foreign_websocket_is_closed(headers: dict[str, str]) -> None:
    """It needs to say that it comes from a page of ours."""
    with (
        pytest.raises(WebSocketDisconnect),
        _client().websocket_connect("ws://127.0.0.1:3000/graphql", headers=headers),
    ):
        pass


def test_our_websocket_is_opened() -> None:
    """As the UI's pages do."""
    with _client().websocket_connect("ws://127.0.0.1:3000/graphql", headers={"origin": OURS}) as socket:
        assert socket.receive_text() == "hola"


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=otro", "/graphql"])
def test_without_the_token_nobody_comes_in(path: str) -> None:
    """Another account of the machine knows the port, not the token."""
    client = _client("secreto")
    assert client.get(path).status_code == 401
    client.cookies.set("avance_token", "otro")
    assert client.get(path).status_code == 401
    with pytest.raises(WebSocketDisconnect):
        client.websocket_connect("ws://127.0.0.1:3000/graphql", headers={"origin": OURS}).__enter__()


def test_the_printed_address_lets_in_and_the_cookie_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token leaves the address at once; the cookie is for no script and no other site."""
    client = _client("secreto")
    first = client.get("/runs?token=secreto")
    assert (first.status_code, first.headers["location"]) == (303, "/runs")
    said = first.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert client.get("/runs").status_code == 200


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)]
)
def test_whether_others_can_reach_it(host: str, loopback: bool) -> None:
    """Who gives another address is warned."""
    assert Address(host, 3000).is_loopback is loopback
