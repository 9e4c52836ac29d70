"""What ``avance ui`` serves beside Dagster, from the same door: the reports of checks and the published version.

Belongs here: ``/reportes`` and ``/publicado``, and how far they reach; that ``/mesa`` is the desk. Does not belong
here: who may ask (``ui_door``), what the files hold, and their addresses in Dagster's metadata (``defs.metadata``).

A path is asked for, never a folder: nothing is listed but the files that ``current.json`` names. The files hold what
extracts print, and come from Dagster's own origin, so their pages run no script but a file of the site.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dagster_project.desk.app import desk_app
from dagster_project.settings import DESK_PAGE, PUBLISHED_PAGE, REPORTS_PAGE, Settings
from dagster_project.warehouse.publish.publication import (
    FIXED_NAME,
    POINTER,
    SITE_NAME,
    PointerError,
    Publicacion,
    publicacion_vigente,
)

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "script-src "
)
TYPES = {".csv": "text/csv", ".duckdb": "application/octet-stream", ".jsonld": "application/ld+json"}
TYPES |= {".parquet": "application/vnd.apache.parquet"}
"""Those that Python's own table lacks or takes from the machine's."""


def mounts(settings: Settings, looks_only: bool = False) -> list[BaseRoute]:
    """What goes before Dagster's own routes, of which the last takes every path; no desk for who may only look."""
    reports = _Closed(_Reports(directory=settings.data_docs, html=True, check_dir=False), "'none'")
    published = _Closed(_Published(settings.published), "'self'")
    apps: dict[str, ASGIApp] = {REPORTS_PAGE: reports, PUBLISHED_PAGE: published}
    if not looks_only:
        apps[DESK_PAGE] = desk_app(settings)
    with_slash = [Route(name, RedirectResponse(f"{name}/")) for name in apps]
    return [*with_slash, *(Mount(name, app=app) for name, app in apps.items())]


class _Closed:
    """Adds what a browser must know of pages that hold what others wrote."""

    def __init__(self, app: ASGIApp, scripts: str) -> None:
        self.app, self.policy = app, POLICY + scripts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = {"content-security-policy": self.policy, "x-content-type-options": "nosniff"}
                headers["cache-control"] = "no-cache"
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in headers.items())]
            await send(message)

        await self.app(scope, receive, closed)


class _Reports(StaticFiles):
    """The reports of checks; the folder is made by the first that has something to say."""

    async def check_config(self) -> None:
        """Not there yet is not wrong."""


class _Published:
    """The files of the version that the pointer names, under names that stay: ``sitio/``, ``avance.duckdb``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        response = await run_in_threadpool(self._answer, Request(scope))
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        try:
            version = publicacion_vigente(self.folder)
        except PointerError as error:
            raise HTTPException(503, f"La versión publicada está dañada: {error}") from error
        if version is None:
            raise HTTPException(404, "Todavía no hay versión publicada.")
        path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).removeprefix("/")
        if path == SITE_NAME:
            return RedirectResponse(f"{PUBLISHED_PAGE}/{SITE_NAME}/")
        if not path:
            return HTMLResponse(_contents(version))
        name = place_of(version, path)
        if name is None or (self.folder / name).is_symlink() or not (self.folder / name).is_file():
            raise HTTPException(404, "La versión publicada no tiene ese archivo.")
        return FileResponse(self.folder / name, media_type=TYPES.get(Path(name).suffix))


def place_of(version: Publicacion, path: str) -> str | None:
    """Where a file asked for stands below the published folder; None: the version has no such file.

    ``path`` is below ``/publicado/``. Only what the pointer names is served, so no path leads anywhere else.
    """
    if path in (POINTER, FIXED_NAME):
        return {POINTER: POINTER, FIXED_NAME: version.duckdb}[path]
    if path.endswith("/"):
        path += "index.html"
    named = {file.ruta for file in version.archivos}
    return next((name for name in (f"{version.version}/{path}", path) if name in named), None)


def _contents(version: Publicacion) -> str:
    site = f"{version.version}/{SITE_NAME}/"
    names = [POINTER, FIXED_NAME]
    names += sorted(f.ruta.removeprefix(f"{version.version}/") for f in version.archivos if site not in f.ruta)
    links = "\n".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in dict.fromkeys(names))
    return (
        '<!doctype html>\n<html lang="es"><meta charset="utf-8"><title>Publicado</title>\n'
        f"<h1>Versión {escape(version.version)}</h1>\n<p>Creada en {escape(version.creada_en)}. "
        f'<a href="{SITE_NAME}/">El sitio</a>; los archivos:</p>\n<ul>\n{links}\n</ul>\n</html>\n'
    )
