"""The desk as an ASGI application, alone (``avance desk``) or mounted beside the Dagster UI.

Belongs here: addresses, what each page is given, what each request does. Does not belong here: decisions (``desk``),
whom the door lets in (``command.ui_door``). What changes something is asked for by JSON alone.
"""

from __future__ import annotations

import functools
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dagster_project.desk import choices, queue
from dagster_project.desk.desk import FILES, Desk, RefusedChoiceError
from dagster_project.desk.queue import Open
from dagster_project.desk.runs import Runs
from dagster_project.settings import Settings
from dagster_project.site import shown
from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.row_picture import picture_of
from dagster_project.warehouse.publish.publication import PointerError

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'"
"""Nothing of another site, nothing that stands within the page: what a form prints is text and stays so."""

STATIC = {"mesa.css": "text/css", "mesa.js": "text/javascript"}
LIMIT = 64_000
"""Bytes of a request: a decision is some hundred."""


def desk_app(settings: Settings) -> Starlette:
    """The desk of a home. Its pages name each other relative to where it is mounted."""
    desk, runs, pages = Desk(settings), Runs(settings), _environment()

    def show(request: Request, name: str, status: int = 200, **given: Any) -> Response:
        root = request.scope.get("root_path", "").rstrip("/")
        text = pages.get_template(name).render(raiz=root, archivos=FILES, seeds=str(settings.seeds), **given)
        return HTMLResponse(text, status, {"content-security-policy": POLICY})

    def listing(request: Request) -> Response:
        version = desk.version()
        things = [] if version is None else desk.things()
        return show(request, "lista.html", version=version, abiertas=things, escritas=desk.written[::-1])

    def one(request: Request) -> Response:
        kind, id = request.path_params["kind"], request.path_params["id"]
        things = desk.things()
        at = next((n for n, t in enumerate(things) if (t.kind, t.id) == (kind, id)), None)
        if at is None:
            return show(request, "no_esta.html", 404)
        after = things[at + 1] if at + 1 < len(things) else None
        return show(request, f"{kind}.html", cosa=things[at], siguiente=after, **_details(desk, things[at]))

    def crop(request: Request) -> Response:
        thing = desk.thing("fila", request.path_params["id"])
        found = None if thing is None else _picture(settings, thing.row)
        return Response(found, media_type="image/png") if found else PlainTextResponse("sin imagen\n", 404)

    def run(request: Request) -> Response:
        said, code = runs.said()
        return show(request, "corrida.html", dicho=said, codigo=code, trabaja=runs.is_working())

    def decide(given: dict[str, Any]) -> dict[str, Any]:
        done = desk.decide(str(given.get("de")), str(given.get("id")), given)
        left = desk.things()
        return {"numero": done.number, "archivo": done.file, "lineas": list(done.lines),
                "siguiente": f"{left[0].kind}/{left[0].id}" if left else ""}  # fmt: skip

    def undo(given: dict[str, Any]) -> dict[str, Any]:
        if not desk.undo(int(given.get("numero", 0))):
            raise RefusedChoiceError("Esa línea ya no está como se escribió: quítela a mano, o déjela.")
        return {}

    def start(_: dict[str, Any]) -> dict[str, Any]:
        if not runs.start():
            raise RefusedChoiceError("Ya hay una corrida en marcha.")
        return {}

    def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return PlainTextResponse("no\n", 404)
        source, *_ = pages.loader.get_source(pages, name)  # type: ignore[union-attr]
        return Response(source, media_type=STATIC[name])

    return Starlette(
        routes=[
            Route("/", listing),
            Route("/abierto/{kind}/{id}", one),
            Route("/recorte/{id}.png", crop),
            Route("/corrida", run),
            Route("/estatico/{name}", static),
            Route("/decidir", _asked(decide), methods=["POST"]),
            Route("/deshacer", _asked(undo), methods=["POST"]),
            Route("/correr", _asked(start), methods=["POST"]),
        ],
        exception_handlers={
            PointerError: _unreadable, duckdb.Error: _unreadable, RefusedChoiceError: _unreadable,
        },
    )  # fmt: skip


def _details(desk: Desk, thing: Open) -> dict[str, Any]:
    if thing.kind == "pagina":
        return {"datos": choices.page_fields(thing.row)}
    if thing.kind == "archivo":
        return {}
    with desk.open() as con:
        if thing.kind == "vinculo":
            return {"otros": queue.others_of(con, thing.row)}
        found = choices.readings(thing.row, queue.readings_of(con, thing.row), queue.rows(con, queue.BANDS))
        return {"lecturas": found, "nombres": choices.NAMES}


def _picture(settings: Settings, row: dict[str, Any]) -> bytes | None:
    x0, y0, x1, y1 = (row[f"lugar_{end}"] for end in ("x0", "y0", "x1", "y1"))
    box = None if None in (x0, y0, x1, y1) else (x0, y0, x1, y1)
    try:
        return picture_of(settings.originals, row["extracto_id"], row["lugar_pagina"], box, row["lugar_giro"])
    except (OSError, RefusedFileError):  # the row stands without it
        return None


def _asked(work: Any) -> Any:
    """An endpoint that takes JSON and answers with JSON: 200, or 422 with ``error`` in words."""

    @functools.wraps(work)
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            if len(body) > LIMIT:
                raise RefusedChoiceError("Es demasiado largo.")
            given = await request.json()
            if not isinstance(given, dict):
                raise RefusedChoiceError("No se entiende lo enviado.")
            return JSONResponse(await run_in_threadpool(work, given))
        except (ValueError, TypeError, OSError) as error:  # what a run would refuse among them; nothing was written
            return JSONResponse({"error": str(error)}, 422)

    return endpoint


async def _unreadable(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"La versión publicada no se puede leer: {error}\navance run la escribe de nuevo.\n", 503)


def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("dagster_project.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.filters |= {"numero": shown.number}
    found.globals |= {"nada": shown.NOTHING, "titulo": shown.title_of}
    return found
