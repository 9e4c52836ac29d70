"""A version after another: whatever happened to the one before, it is what the first one would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish import csv_parquet as export_files
from dagster_project.warehouse.publish import duckdb_file as export_marts
from dagster_project.warehouse.publish import versions as publish_module
from dagster_project.warehouse.publish.publication import Publicacion
from dagster_project.warehouse.publish.versions import publish

TABLE = (
    "create or replace table marts.fct_avance (fila bigint primary key, ejercicio integer, es_meta {}, texto varchar)"
)
ROWS = """
insert into marts.fct_avance select range, 2015 + range % 8, range % 2,
    case when range % 8 = 7 then ? else '=fórmula ' || range || repeat('x', range % 100) end
from range(8000)
"""
UNTOLD = "create or replace table marts.dim_unidad as select range as fila from range(3)"


@pytest.fixture
def go(warehouse: Path, published: Path) -> Callable[..., Publicacion]:
    """Publish eight years of a fact, the last says ``texto``; ``tipo`` is that of a column of noughts and ones."""

    def _go(texto: str, tipo: str = "integer") -> Publicacion:
        with open_warehouse(warehouse) as con:
            con.execute("create schema if not exists marts")
            con.execute(TABLE.format(tipo))
            con.execute(ROWS, [texto])
            con.execute(UNTOLD)
        return publish(warehouse, published, "corrida", {})

    return _go


def _rows(version: Publicacion, published: Path) -> list[tuple]:
    with duckdb.connect(str(version.path(published)), read_only=True) as con:
        assert con.execute("from main.publicacion").fetchall()[0][0] == version.version
        return con.execute("from marts.fct_avance order by all").fetchall()


def _csv(version: Publicacion, published: Path) -> bytes:
    return (published / version.version / "fct_avance.csv").read_bytes()


def _whole(go: Callable[..., Publicacion], published: Path, *said: str) -> tuple[list[tuple], bytes]:
    """What a version holds that is made where there is none before."""
    for path in published.glob("current.json"):
        path.unlink()
    version = go(*said)
    return _rows(version, published), _csv(version, published)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "another program's": lambda data: b"x" * len(data),
    "a bit in every block": lambda data: bytes(b ^ 1 if n % 4096 == 100 else b for n, b in enumerate(data)),
    "one bit": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
}


@pytest.mark.parametrize(
    ("kind", "harm"),
    [*(("duckdb", h) for h in DAMAGES.values()), ("csv", DAMAGES["cut"]), ("csv", DAMAGES["one bit"])],
    ids=[*DAMAGES, "cut CSV", "one bit of the CSV"],
)
def test_a_damaged_version_keeps_no_good_one_from_being_published(go, published: Path, kind: str, harm) -> None:
    """A bad file before must never keep a good one from being published."""
    before = go("antes")
    file = before.path(published) if kind == "duckdb" else published / before.version / "fct_avance.csv"
    file.chmod(0o600)
    file.write_bytes(harm(file.read_bytes()))
    version = go("ahora")
    assert (_rows(version, published), _csv(version, published)) == _whole(go, published, "ahora")


def test_a_version_that_is_gone_in_part_keeps_none_from_being_published(go, published: Path) -> None:
    """Somebody removed the CSV files of the version before."""
    before = go("antes")
    for file in (published / before.version).iterdir():
        file.unlink()
    version = go("ahora")
    assert (_rows(version, published), _csv(version, published)) == _whole(go, published, "ahora")


def test_a_column_of_another_type_makes_another_version(go, published: Path) -> None:
    """A nought and a false are one content by DuckDB's own hash, and two texts."""
    go("texto", "integer")
    version = go("texto", "boolean")
    assert version.nueva
    assert (_rows(version, published), _csv(version, published)) == _whole(go, published, "texto", "boolean")


@pytest.mark.parametrize("step", ["write_duckdb", "write_files", "_sealed", "_sync_folder", "_point_to", "link"])
def test_a_crash_while_making_it_leaves_the_version_before(go, published: Path, monkeypatch, step: str) -> None:
    """And the next run makes it from that one as if nothing had happened."""
    before = go("antes")
    place = next(m for m in (export_marts, export_files, publish_module) if step in vars(m))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(place, step, killed)
        with pytest.raises(KeyboardInterrupt):
            go("ahora")
    assert {row[-1] for row in _rows(before, published) if row[1] == 2022} == {"antes"}
    version = go("ahora")
    assert (_rows(version, published), _csv(version, published)) == _whole(go, published, "ahora")
    assert not [p.name for p in published.iterdir() if p.name.startswith(".")]
