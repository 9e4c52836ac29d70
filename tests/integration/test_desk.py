"""The desk on the real extract: what is open is decided over HTTP, a run applies it, undoing brings back what was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from dagster_project.command.ui import Address
from dagster_project.command.ui_door import Door
from dagster_project.desk.app import desk_app
from dagster_project.settings import RAIZ, get_settings

WHO = {"motivo": '<b>se ve</b> en el papel, "claro"', "autor": "=Ana & <script>"}
FACTS = "select * exclude (publicado_fecha) from marts.bi_avance order by avance_key"


@pytest.fixture
def seeds(tmp_path) -> Path:
    """A folder of seeds of one's own."""
    return Path(shutil.copytree(RAIZ / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("extracts")))


def _client(home: Path, extracts: Path, seeds: Path) -> TestClient:
    names = {"HOME": home, "EXTRACTS": extracts, "SEEDS": seeds}
    app = desk_app(get_settings({f"AVANCE_{name}": str(path) for name, path in names.items()}))
    return TestClient(Door(app, hosts=Address("127.0.0.1", 3010).hosts), base_url="http://127.0.0.1:3010")


def _open(client: TestClient) -> list[str]:
    page = client.get("/").text
    return [part.split('"')[0] for part in page.split('href="/abierto/')[1:]]


def test_a_home_without_a_version_says_what_to_do(tmp_path, seeds) -> None:
    """The first thing that somebody sees."""
    page = _client(tmp_path / "nada", tmp_path, seeds).get("/")
    assert page.status_code == 200
    assert "avance run" in page.text


@pytest.mark.long
def test_doubtful_rows_are_decided_applied_and_undone(casa, seeds) -> None:
    """Exactly the lines that were shown; then it is corregida; undone, the file and the marts are as before."""
    with duckdb.connect(str(casa.home / "published" / "avance.duckdb"), read_only=True) as con:
        before = con.execute(FACTS).fetchall()
    casa = type(casa)(casa.home, casa.extracts, seeds)
    first = (seeds / "correcciones.csv").read_bytes()
    client = _client(casa.home, casa.extracts, seeds)
    things = _open(client)
    assert len(things) >= 5
    numbers, lines = [], []
    for thing in things:
        kind, _, id = thing.partition("/")
        page = client.get(f"/abierto/{thing}").text
        cell = page.split('data-cifras="')[1].split('"')[0].replace("&#34;", '"')
        given = {"de": kind, "id": id, "cifras": json.loads(cell), **WHO}
        answer = client.post("/decidir", json=given)
        assert answer.status_code == 200, answer.text
        numbers.append(answer.json()["numero"])
        lines += answer.json()["lineas"]
        assert client.post("/decidir", json=given).status_code == 422  # decided: not open any more
    assert _open(client) == []
    assert (seeds / "correcciones.csv").read_bytes() == first + "".join(line + "\n" for line in lines).encode()
    page = client.get("/").text
    assert "<script>&" not in page
    assert "&lt;script&gt;" in page
    assert casa.avance("run").returncode == 0
    states = "select distinct estado from marts.fct_renglon where renglon_huella in (select unnest(?))"
    with duckdb.connect(str(casa.home / "published" / "avance.duckdb"), read_only=True) as con:
        assert con.execute(states, [[line.split(",")[0] for line in lines]]).fetchall() == [("corregida",)]
    for number in numbers:
        assert client.post("/deshacer", json={"numero": number}).status_code == 200
    assert (seeds / "correcciones.csv").read_bytes() == first
    assert casa.avance("run").returncode == 0
    with duckdb.connect(str(casa.home / "published" / "avance.duckdb"), read_only=True) as con:
        assert con.execute(FACTS).fetchall() == before


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"de": "fila", "id": "no-hay"},
        {"de": "fila", "cifras": {"p2": "12"}, "motivo": " "},
        {"de": "fila", "cifras": {}},
        {"de": "fila", "cifras": {"p2": "1_000"}},
        {"de": "pagina"},
    ],
    ids=["nothing", "of nothing", "no reason", "no figures", "no figure of the form", "another kind"],
)
def test_what_decides_nothing_is_refused_in_words(loaded, seeds, given) -> None:
    """422 and a sentence; no file changes."""
    client = _client(loaded[0].home, loaded[0].extracts, seeds)
    before = {path.name: path.read_bytes() for path in seeds.glob("*.csv")}
    id = _open(client)[0].partition("/")[2]
    answer = client.post("/decidir", json={"id": id, **WHO} | given)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 10
    assert {path.name: path.read_bytes() for path in seeds.glob("*.csv")} == before


def test_what_another_page_sends_changes_nothing(loaded, seeds) -> None:
    """A form of another site's page, and one of plain text, are refused at the door."""
    client = _client(loaded[0].home, loaded[0].extracts, seeds)
    for headers in ({"origin": "http://otro.example"}, {"content-type": "text/plain"}):
        assert (
            client.post("/correr", content="{}", headers={"content-type": "application/json"} | headers).status_code
            == 403
        )


def test_pages_hold_nothing_that_runs_but_the_one_script(loaded, seeds) -> None:
    """The policy forbids what stands within a page; the pages have none of it."""
    client = _client(loaded[0].home, loaded[0].extracts, seeds)
    for address in ("/", "/corrida", "/abierto/fila/no-hay", f"/abierto/{_open(client)[0]}"):
        answer = client.get(address)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.text.count("<script") == answer.text.count('/estatico/mesa.js" defer')
        assert " onclick" not in answer.text
        assert " style=" not in answer.text
