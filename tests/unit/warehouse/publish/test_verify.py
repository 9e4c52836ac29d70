"""A damaged version is named, made good by one publication, and versions follow one another without a clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish import versions
from dagster_project.warehouse.publish.publication import PointerError, Publicacion, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.publish.versions import publish
from dagster_project.warehouse.state.numbering import order_of

Go = Callable[..., Publicacion]


@pytest.fixture
def go(warehouse: Path, published: Path) -> Go:
    """Publish a mart whose one row says ``texto``."""

    def _go(texto: str = "uno") -> Publicacion:
        with open_warehouse(warehouse) as con:
            con.execute("create schema if not exists marts")
            con.execute("create or replace table marts.fct_avance as select ? as texto", [texto])
        return publish(warehouse, published, "corrida", {})

    return _go


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:5])


def _elsewhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARM: dict[str, Callable[[Path], None]] = {
    "flipped": _flip,
    "cut": _cut,
    "gone": Path.unlink,
    "leads elsewhere": _elsewhere,
    "a folder": _folder,
}


@pytest.mark.parametrize("harm", [*HARM])
@pytest.mark.parametrize("kind", ["duckdb", "parquet", "csv", "datapackage.json"])
def test_a_file_that_is_not_as_written_is_named_and_made_good(go: Go, published: Path, kind: str, harm: str) -> None:
    """By one publication of the same content, which says what it mended; the next finds nothing to do."""
    before = go()
    file = next(a.ruta for a in before.archivos if a.ruta.endswith(kind))
    HARM[harm](published / file)
    said = damages(published)
    assert len(said) == 1
    assert file in said[0]
    after = go()
    assert after.nueva
    assert file in after.enmienda[0]
    assert order_of(after.version) > order_of(before.version)
    assert damages(published) == []
    assert not go().enmienda


LINKS: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "leads elsewhere": _elsewhere,
    "a file": lambda path: (path.unlink(), path.write_bytes(b"x"))[0],
}


@pytest.mark.parametrize("harm", [*LINKS])
def test_the_fixed_name_is_led_back(go: Go, published: Path, harm: str) -> None:
    """The version is whole: no new one is made."""
    before = go()
    LINKS[harm](published / "avance.duckdb")
    assert "avance.duckdb" in damages(published)[0]
    after = go()
    assert (after.version, after.nueva) == (before.version, False)
    assert "avance.duckdb" in after.enmienda[0]
    assert damages(published) == []


POINTERS = {
    "no file at all": None,
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "a number": "5",
    "null": "null",
    "no text": b"\xff\xfe",
}


@pytest.mark.parametrize("content", [*POINTERS.values()], ids=[*POINTERS])
def test_a_damaged_pointer_is_named_and_made_good(go: Go, published: Path, content) -> None:
    """Whatever stands in ``current.json``."""
    go()
    pointer = published / "current.json"
    pointer.unlink()
    if content is not None:
        pointer.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert "current.json" in damages(published)[0]
    after = go()
    assert "current.json" in after.enmienda[0]
    assert damages(published) == []


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=2))


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pointer_of_any_shape_is_read_or_refused(go: Go, published: Path, data: st.DataObject) -> None:
    """Any value in place of any other: an error of ours or a version whose time has an offset."""
    pointer = published / "current.json"
    if not pointer.exists():
        go()
        (published / "bueno").write_bytes(pointer.read_bytes())
    content = json.loads((published / "bueno").read_text())
    place = data.draw(st.sampled_from([*content, "archivos.0", "archivos.0.ruta", "archivos.0.bytes"]))
    *path, last = [int(p) if p.isdecimal() else p for p in place.split(".")]
    inner = content
    for step in path:
        inner = inner[step]
    inner[last] = data.draw(JSON)
    pointer.write_text(json.dumps(content))
    version = None
    with suppress(PointerError):
        version = publicacion_vigente(published)
        assert version is not None
    assert version is None or datetime.fromisoformat(version.creada_en).tzinfo
    assert all("\n" not in said for said in damages(published))


@pytest.mark.parametrize("path", ["/etc/hostname", "../../x.duckdb", "a\nb"])
def test_a_pointer_that_leads_out_of_the_folder_is_refused(go: Go, published: Path, path: str) -> None:
    """Nobody's other file is opened or hashed by its word."""
    go()
    pointer = published / "current.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"duckdb": path}))
    with pytest.raises(PointerError, match="no name below"):
        publicacion_vigente(published)


@pytest.mark.parametrize(
    "step",
    [sign * step for step in (timedelta(seconds=1), timedelta(days=1), timedelta(days=3650)) for sign in (1, -1)],
    ids=str,
)
def test_a_clock_that_is_set_removes_no_version(go: Go, published: Path, monkeypatch, step: timedelta) -> None:
    """The current version and the two before it are there, whatever the clock says of them."""

    class Clock(datetime):
        at = datetime.now(UTC)

        @classmethod
        def now(cls, tz=None):
            cls.at += timedelta(seconds=1)
            return cls.at

    monkeypatch.setattr(versions, "datetime", Clock)
    made = [go("a"), go("b")]
    Clock.at += step
    made += [go("c"), go("d"), go("e")]
    there = sorted(path.name for path in published.glob("avance-*.duckdb"))
    assert there == [version.duckdb for version in made[-3:]]
    assert {path.name for path in published.iterdir() if path.is_dir()} == {version.version for version in made[-3:]}


def test_versions_of_earlier_releases_come_first() -> None:
    """They were named by their time alone."""
    old, second, tenth = "20261126T203226123Z-12edbd6d", "000002-20200101T000000Z-aaa", "000010-19700101T000000Z-bbb"
    assert sorted([tenth, second, old], key=order_of) == [old, second, tenth]


def test_pages_get_a_fixed_name_that_leads_to_them_or_is_not_there(
    go: Go, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also over a folder that a copy put there by following links; a version without pages has no such name."""
    monkeypatch.setattr(versions.pages, "NEEDS", frozenset({"fct_avance"}))

    def write(con: object, folder: Path, about: object, cut: object) -> list[Path]:
        folder.mkdir()
        (folder / "index.html").write_text("hola")
        return [folder / "index.html"]

    monkeypatch.setattr(versions.pages, "write_site", write)
    first = go()
    assert (published / "sitio" / "index.html").read_text() == "hola"
    (published / "sitio").unlink()
    (published / "sitio").mkdir()
    assert damages(published) == ["sitio is no link"]
    assert go().version == first.version
    assert damages(published) == []
    assert (published / "sitio").readlink() == Path(first.version) / "sitio"
    monkeypatch.setattr(versions, "room_fingerprint", lambda room: f"{room.name}, other templates")
    second = go()
    assert second.version != first.version, "other pages are another version"
    monkeypatch.setattr(versions.pages, "NEEDS", frozenset({"otra"}))
    assert go().version != second.version
    assert not (published / "sitio").is_symlink()
