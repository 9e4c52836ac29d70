"""The desk's pages: closed, under any prefix, hostile text as text, and a run at a time."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from dagster_project.desk import sitting
from dagster_project.desk.agenda import Agenda
from dagster_project.desk.app import desk_app
from dagster_project.desk.items import Item, Option, Place
from dagster_project.desk.runs import Runs
from dagster_project.settings import RAIZ, Settings

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home in which nothing was loaded yet."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "correcciones.csv").write_text(
        "renglon_huella,campo,impreso,valor,motivo,autor,fecha,archivo,linea\n"
    )
    return Settings(tmp_path / "home", tmp_path, tmp_path, own_seeds=tmp_path / "seeds")


def test_a_home_without_a_version_says_what_to_do(settings: Settings) -> None:
    """With the way to the run, under the prefix that it is mounted at."""
    client = TestClient(Starlette(routes=[Mount("/mesa", desk_app(settings))]))
    page = client.get("/mesa/")
    assert page.status_code == 200
    assert "Todavía no hay nada publicado" in page.text
    assert 'href="/mesa/corrida"' in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for name in ("estilo.css", "mesa.css", "mesa.js"):
        assert f'"/mesa/{name}"' in page.text
        assert client.get(f"/mesa/{name}").status_code == 200
    assert client.get("/mesa/asunto/0123").status_code == 404


def test_an_empty_agenda_says_so(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how many decisions wait for the run."""
    monkeypatch.setattr(sitting, "agenda_of", lambda *_: Agenda("1", decided=2))
    page = TestClient(desk_app(settings)).get("/")
    assert "No hay nada abierto" in page.text
    assert "2 en espera de la corrida" in page.text


def test_hostile_text_is_text_in_every_field(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what was printed, of a choice, of the line it writes and of an error."""
    line = ("correcciones.csv", {"renglon_huella": HOSTILE, "valor": HOSTILE})
    option = Option(HOSTILE, (line,), (HOSTILE,), {"p1": HOSTILE}, "")
    item = Item("renglon", (HOSTILE,), HOSTILE, 1, HOSTILE, HOSTILE, (option,), None, ((HOSTILE, HOSTILE),),
                (HOSTILE,), {HOSTILE: HOSTILE}, line)  # fmt: skip
    monkeypatch.setattr(sitting, "agenda_of", lambda *_: Agenda(HOSTILE, (item,), 0, (HOSTILE,)))
    client = TestClient(desk_app(settings))
    for page in (client.get("/").text, client.get(f"/asunto/{item.id}").text):
        assert page.count("<script") == 1
        assert "<img" not in page
        assert "{{ 7*7 }}" in page
    said = {"asunto": item.id, "opcion": "1", "motivo": HOSTILE, "autor": HOSTILE}
    assert "is no hash" in client.post("/decidir", json=said).json()["error"]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"asunto": 1}', b'{"asunto": "' + b"x" * 30_000 + b'"}', b"\xff"])
def test_what_is_no_decision_is_refused(settings: Settings, body: bytes) -> None:
    """Without a look at the files."""
    answer = TestClient(desk_app(settings)).post("/decidir", content=body)
    assert (answer.status_code, answer.json()) == (409, {"error": "No se entiende lo enviado."})


def test_a_row_of_a_document_is_shown_as_printed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture of its part of the page; of a file that is not kept, none."""
    settings.originals.mkdir(parents=True)
    shutil.copy2(RAIZ / "tests" / "data" / "documents" / "digital.pdf", settings.originals / "abcd0000")
    place = Place("abcd", 1, 0, 100.0, 140.0)
    items = [Item("renglon", (key,), "", 1, "", "", (), replace(place, extracto_id=key)) for key in ("abcd", "ef")]
    monkeypatch.setattr(sitting, "agenda_of", lambda *_: Agenda("1", tuple(items)))
    client = TestClient(desk_app(settings))
    assert f'src="/asunto/{items[0].id}/recorte.png"' in client.get(f"/asunto/{items[0].id}").text
    kept, gone = (client.get(f"/asunto/{item.id}/recorte.png") for item in items)
    assert (kept.status_code, kept.headers["content-type"], kept.content[:4]) == (200, "image/png", b"\x89PNG")
    assert gone.status_code == 404


def test_one_run_at_a_time_with_what_it_says(settings: Settings) -> None:
    """Its output as text, its code when it has ended."""
    code = "import sys, time; print('<b>trabaja</b>', flush=True); time.sleep(1); sys.exit(3)"
    client = TestClient(desk_app(settings, Runs(settings, (sys.executable, "-c", code))))
    assert client.get("/corrida.json").json() == {"empezada": False, "codigo": None, "dicho": ""}
    assert client.post("/correr", json={}).json() == {"ir": "/corrida"}
    assert client.post("/correr", json={}).status_code == 409
    deadline = time.monotonic() + 60
    while client.get("/corrida.json").json()["codigo"] is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert client.get("/corrida.json").json() == {"empezada": True, "codigo": 3, "dicho": "<b>trabaja</b>\n"}
    assert "&lt;b&gt;trabaja" in client.get("/corrida").text


def test_a_seed_file_that_cannot_be_read_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the page, instead of the queue."""

    def wrong(*_: object) -> Agenda:
        raise ValueError("correcciones.csv, line 3: is not UTF-8")

    monkeypatch.setattr(sitting, "agenda_of", wrong)
    assert "correcciones.csv, line 3: is not UTF-8" in TestClient(desk_app(settings)).get("/").text
