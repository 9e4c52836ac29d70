"""The desk of an installed wheel: it follows ``avance init``, and writes nothing into what came along."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dagster_project import settings as module
from dagster_project.desk import sitting
from dagster_project.desk.agenda import Agenda
from dagster_project.desk.app import desk_app
from dagster_project.desk.items import Item, Option
from dagster_project.reference.seed_folder import write_templates
from dagster_project.settings import RAIZ, Settings, ShippedSeedsError

LINE = {"renglon_huella": "57c70fbc87124224", "campo": "p2", "valor": "2"}
ITEM = Item("renglon", ("57c7",), "acción 1", 9, "", "", (Option("Lectura 1", (("correcciones.csv", LINE),)),))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What a wheel brought along, and a home in which nothing was written yet."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "shipped" / "seeds", ignore=shutil.ignore_patterns("extracts"))
    monkeypatch.setattr(module, "IS_CHECKOUT", False)
    monkeypatch.setattr(sitting, "agenda_of", lambda *_: Agenda("1", (ITEM,)))
    return Settings(tmp_path / "home", tmp_path, tmp_path, root=tmp_path / "shipped")


def test_nothing_is_written_into_what_came_along_and_init_is_followed(settings: Settings) -> None:
    """The page says what to type; the very same server then writes into the folder of one's own, and takes it back."""
    before = {path.name: path.read_bytes() for path in settings.shipped_seeds.glob("*.csv")}
    client = TestClient(desk_app(settings))
    said = {"asunto": ITEM.id, "opcion": "1", "motivo": "Se ve", "autor": "A. Pérez"}
    assert "avance init" in client.get("/").text
    answer = client.post("/decidir", json=said)
    assert answer.status_code == 409
    assert "avance init" in answer.json()["error"]
    write_templates(settings.home / "seeds", settings.shipped_seeds)
    assert "avance init" not in client.get("/").text
    assert client.post("/decidir", json=said).status_code == 200
    own = settings.home / "seeds" / "correcciones.csv"
    assert "57c70fbc87124224,p2,,2,Se ve,A. Pérez," in own.read_text()
    assert client.post("/deshacer", json={"asunto": ITEM.id}).status_code == 200
    assert own.read_bytes() == before["correcciones.csv"].splitlines(keepends=True)[0]
    assert {path.name: path.read_bytes() for path in settings.shipped_seeds.glob("*.csv")} == before


def test_a_checkouts_own_are_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are one's own; a wheel's are not."""
    with pytest.raises(ShippedSeedsError, match="next release"):
        _ = settings.seeds_to_write
    monkeypatch.setattr(module, "IS_CHECKOUT", True)
    assert settings.seeds_to_write == settings.shipped_seeds
