"""The desk as an ASGI app, under any prefix. Not here: whom it lets in (``command.ui_door``), what is open.

Every address on a page begins with the request's ``root_path``. What changes something is a POST of JSON, which the
door demands: no form of another site's page can send it.
"""

from __future__ import annotations

import csv
import json
from typing import Any

import duckdb
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dagster_project.desk.items import KINDS, Item, Line, signed
from dagster_project.desk.runs import Runs
from dagster_project.desk.sitting import SHIPPED, Sitting
from dagster_project.reference.seed_writer import as_line, columns_of
from dagster_project.settings import Settings, today
from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.row_picture import row_picture
from dagster_project.warehouse.publish.publication import PointerError

POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
STATIC = {"estilo.css": "text/css", "icono.svg": "image/svg+xml", "mesa.css": "text/css", "mesa.js": "text/javascript"}
LARGEST = 20_000
"""Bytes of a decision: a reason is a sentence."""

WRONG = (OSError, ValueError, PointerError, csv.Error, duckdb.Error)
"""What a file or the version may be in the way of; said on the page in its own words."""


def desk_app(settings: Settings, runs: Runs | None = None) -> ASGIApp:
    """The desk of a home and its seeds, for a server of its own or to be mounted beside another app."""
    desk = Desk(Sitting(settings), runs or Runs(settings))
    return ClosedPages(
        Starlette(
            routes=[
                Route("/", desk.queue),
                Route("/asunto/{item}", desk.one),
                Route("/asunto/{item}/recorte.png", desk.picture),
                Route("/corrida", desk.run),
                Route("/corrida.json", desk.run_state),
                Route("/decidir", desk.decide, methods=["POST"]),
                Route("/deshacer", desk.undo, methods=["POST"]),
                Route("/correr", desk.start, methods=["POST"]),
                *(Route(f"/{name}", desk.static) for name in STATIC),
            ]
        )
    )


class ClosedPages:
    """Nothing but our own files is fetched by a page, and none of them is kept by the browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers on each response."""

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("content-security-policy", POLICY)
                headers["x-content-type-options"] = "nosniff"
                headers["cache-control"] = "no-store"
            await send(message)

        await self._app(scope, receive, closed)


class Desk:
    """The endpoints; those that read or write files run in threads."""

    def __init__(self, sitting: Sitting, runs: Runs) -> None:
        self._sitting, self._runs = sitting, runs
        self._pages = Environment(
            loader=ChoiceLoader([PackageLoader("dagster_project.desk"), PackageLoader("dagster_project.site")]),
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip

    def queue(self, request: Request) -> Response:
        """All that is open."""
        return self._page(request, "cola.html")

    def one(self, request: Request) -> Response:
        """One item with its choices; one that is open no more says so."""
        return self._page(request, "asunto.html", request.path_params["item"])

    def run(self, request: Request) -> Response:
        """The run and what it says."""
        return self._page(request, "corrida.html", corrida=self._runs.state())

    def run_state(self, request: Request) -> Response:
        """The same, for the page to show while it works."""
        state = self._runs.state()
        return JSONResponse({"empezada": state.began, "codigo": state.code, "dicho": state.said})

    def picture(self, request: Request) -> Response:
        """The print of an item, where it is of a PDF or scan."""
        try:
            item = self._sitting.item(request.path_params["item"])
        except WRONG:
            item = None
        if item is None or item.place is None or not item.place.page:
            return Response(status_code=404)
        place = item.place
        try:
            data = row_picture(
                self._sitting.settings.originals, place.extracto_id, place.page, place.turn, place.upper, place.lower
            )
        except (OSError, RefusedFileError):
            data = None
        return Response(data, media_type="image/png") if data else Response(status_code=404)

    def static(self, request: Request) -> Response:
        """The style of the site and the desk's own two files."""
        name = request.url.path.rpartition("/")[2]
        source, *_ = self._pages.loader.get_source(self._pages, name)  # type: ignore[union-attr]
        return Response(source, media_type=STATIC[name])

    async def decide(self, request: Request) -> Response:
        """Write a choice; where to go next, or what is wrong with it."""
        said = await _said(request)
        if said is None:
            return _refused("No se entiende lo enviado.")
        return await run_in_threadpool(self._decide, said, request.scope.get("root_path", ""))

    async def undo(self, request: Request) -> Response:
        """Take the last decision back, where it is the one that the page names."""
        said = await _said(request) or {}
        return await run_in_threadpool(self._undo, said.get("asunto", ""), request.scope.get("root_path", ""))

    async def start(self, request: Request) -> Response:
        """Start the run."""
        try:
            began = await run_in_threadpool(self._runs.start)
        except OSError as error:
            return _refused(f"La corrida no se pudo empezar: {error}")
        return JSONResponse({"ir": f"{request.scope.get('root_path', '')}/corrida"}) if began else _refused(
            "Una corrida de esta mesa trabaja todavía."
        )  # fmt: skip

    def _decide(self, said: dict[str, str], root: str) -> Response:
        try:
            before = [item.id for item in self._sitting.agenda().items]
            self._sitting.decide(said.get("asunto", ""), said.get("opcion", ""), said)
        except WRONG as error:
            return _refused(f"No se escribió nada: {error}")
        try:
            after = [item.id for item in self._sitting.agenda().items]
        except WRONG:  # it is written all the same; the list says what is wrong
            return JSONResponse({"ir": f"{root}/"})
        at = before.index(said["asunto"]) if said["asunto"] in before else 0
        following = next((one for one in [*before[at + 1 :], *before[:at]] if one in after), None)
        return JSONResponse({"ir": f"{root}/asunto/{following}" if following else f"{root}/"})

    def _undo(self, its_id: str, root: str) -> Response:
        try:
            taken = self._sitting.undo(its_id)
        except WRONG as error:
            return _refused(f"No se deshizo nada: {error}")
        return JSONResponse({"ir": f"{root}/asunto/{taken.item}"}) if taken else _refused(
            "No hay nada que deshacer de esta sesión."
        )  # fmt: skip

    def _page(self, request: Request, name: str, its_id: str = "", **more: Any) -> Response:
        sitting, wrong, agenda, item = self._sitting, "", None, None
        try:
            agenda = sitting.agenda()
            item = next((one for one in agenda.items if one.id == its_id), None)
            lines = self._lines(item) if item else []
        except WRONG as error:
            wrong, lines = str(error), []
        ids = [one.id for one in agenda.items] if agenda else []
        at = ids.index(its_id) if its_id in ids else 0
        last = sitting.decisions[-1] if sitting.decisions else None
        text = self._pages.get_template(name).render(
            raiz=request.scope.get("root_path", ""), agenda=agenda, asunto=item, lineas=lines, clases=KINDS,
            error=wrong, ultima=last, sesion=len(sitting.decisions), semillas=str(sitting.settings.seeds),
            aviso=SHIPPED if sitting.settings.has_shipped_seeds else "",
            publicadas=str(sitting.settings.published), numero=at + 1, ids=ids,
            previo=ids[at - 1] if item and at else "", siguiente=ids[at + 1] if item and at + 1 < len(ids) else "",
            pagina=name, **more,
        )  # fmt: skip
        status = 404 if its_id and not item and not wrong else 200
        return Response(text, status, media_type="text/html")

    def _lines(self, item: Item) -> list[list[tuple[str, str]]]:
        """Of each choice, the lines that it writes as they will stand, but for who decides and why."""
        return [[self._shown(line) for line in option.lines] for option in item.options]

    def _shown(self, line: Line) -> tuple[str, str]:
        columns = columns_of(self._sitting.settings.seeds / line[0])
        return line[0], as_line(columns, signed(line, columns, "MOTIVO", "NOMBRE", today()))


async def _said(request: Request) -> dict[str, str] | None:
    """What the page sent, a text each; None where it is no such thing or too much."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    try:
        said = json.loads(body)
    except ValueError:
        return None
    is_texts = isinstance(said, dict) and all(isinstance(value, str) for value in said.values())
    return said if is_texts else None


def _refused(why: str) -> Response:
    return JSONResponse({"error": why}, 409)
