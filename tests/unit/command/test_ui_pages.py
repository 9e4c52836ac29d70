"""What the web UI serves beside Dagster: the files of the current version and the reports of checks, nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dagster_project.command.ui_pages import mounts
from dagster_project.settings import get_settings
from dagster_project.warehouse.publish.publication import POINTER, Archivo, Publicacion


def _publish(published: Path, version: str) -> None:
    (published / version / "sitio").mkdir(parents=True)
    files = {
        f"{version}/sitio/index.html": f"<p>{version}</p>",
        f"{version}/dim ñ.csv": "a\n",
        f"{version}.duckdb": "x",
    }
    for name, text in files.items():
        (published / name).write_text(text, encoding="utf-8")
    (published / version / "no_nombrado.csv").write_text("secreto", encoding="utf-8")
    named = tuple(Archivo(n, len(t.encode()), hashlib.sha256(t.encode()).hexdigest()) for n, t in files.items())
    made = Publicacion(version, "2026-01-01T00:00:00+00:00", "r", "h", f"{version}.duckdb", {"dim": 1}, named)
    (published / POINTER).write_text(made.as_json(), encoding="utf-8")


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    (home / "data_docs" / "000001-r").mkdir(parents=True)
    (home / "data_docs" / "000001-r" / "filas.csv").write_text("a\n", encoding="utf-8")
    (home / "secreto.txt").write_text("secreto", encoding="utf-8")
    _publish(home / "published", "000001-v")
    return home


@pytest.fixture
def client(home):
    settings = get_settings({"AVANCE_HOME": str(home)})
    with TestClient(Starlette(routes=mounts(settings))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/reportes/000001-r/filas.csv", "text/csv"),
        ("/publicado/", "text/html"),
        ("/publicado/sitio/", "text/html"),
        ("/publicado/sitio", "text/html"),
        ("/publicado/avance.duckdb", "application/octet-stream"),
        ("/publicado/000001-v.duckdb", "application/octet-stream"),
        ("/publicado/current.json", "application/json"),
        ("/publicado/dim%20%C3%B1.csv", "text/csv"),
    ],
)
def test_what_is_served_has_its_type_and_runs_no_foreign_script(client, path: str, kind: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-eval" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/reportes/",
        "/reportes/000001-r/",
        "/reportes/../secreto.txt",
        "/reportes/%2e%2e/secreto.txt",
        "/reportes/..%2fsecreto.txt",
        "/publicado/%2e%2e/secreto.txt",
        "/publicado/no_nombrado.csv",
        "/publicado/000001-v/no_nombrado.csv",
        "/publicado//etc/hostname",
        "/reportes//etc/hostname",
        "/publicado/sitio/%2e%2e/no_nombrado.csv",
    ],
)
def test_nothing_else_is_served(client, path: str) -> None:
    """Neither what lies beside it, nor a list of a folder, nor a file that the pointer does not name."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "secreto" not in answer.text


def test_no_link_leads_out(client, home) -> None:
    (home / "data_docs" / "000001-r" / "enlace.txt").symlink_to(home / "secreto.txt")
    (home / "published" / "000001-v" / "dim ñ.csv").unlink()
    (home / "published" / "000001-v" / "dim ñ.csv").symlink_to(home / "secreto.txt")
    for path in ("/reportes/000001-r/enlace.txt", "/publicado/dim ñ.csv"):
        assert client.get(path).status_code == 404, path


def test_the_site_is_that_of_the_version_in_force(client, home) -> None:
    assert "000001-v" in client.get("/publicado/sitio/").text
    _publish(home / "published", "000002-v")
    assert "000002-v" in client.get("/publicado/sitio/index.html").text
    assert client.get("/publicado/000001-v.duckdb").status_code == 404


def test_nothing_is_written(client) -> None:
    for path in ("/publicado/current.json", "/reportes/000001-r/filas.csv"):
        assert client.post(path).status_code == 405


def test_a_home_without_anything_says_so(tmp_path) -> None:
    with TestClient(Starlette(routes=mounts(get_settings({"AVANCE_HOME": str(tmp_path)})))) as client:
        answer = client.get("/publicado/sitio/")
        assert (answer.status_code, "Todavía no hay" in answer.text) == (404, True)
        assert client.get("/reportes/x.csv").status_code == 404


def test_the_desk_is_one_of_them_unless_one_may_only_look(home):
    """Without a slash too; its addresses begin where it is mounted."""
    settings = get_settings({"AVANCE_HOME": str(home.parent / "nueva")})
    with TestClient(Starlette(routes=mounts(settings))) as client:
        page = client.get("/mesa")
        assert page.status_code == 200
        assert page.url.path == "/mesa/"
        assert "/mesa/mesa.js" in page.text
    with TestClient(Starlette(routes=mounts(settings, looks_only=True))) as client:
        assert client.get("/mesa/").status_code == 404
