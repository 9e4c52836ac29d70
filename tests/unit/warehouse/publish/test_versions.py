"""Published versions: whole, immutable, closed to others, and only where something changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish import csv_parquet as export_files
from dagster_project.warehouse.publish import duckdb_file as export_marts
from dagster_project.warehouse.publish import versions as publish_module
from dagster_project.warehouse.publish.publication import PointerError, Publicacion, publicacion_vigente
from dagster_project.warehouse.publish.versions import PublishError, publish

Publish = Callable[..., Publicacion]

_MARTS = """
create schema if not exists marts;
create or replace table marts.fct_avance (
    avance_key varchar primary key, programado decimal(18, 4) check (programado >= 0), texto varchar not null
);
comment on table marts.fct_avance is 'Una fila por acción: it''s';
comment on column marts.fct_avance.programado is 'Lo programado';
create or replace table marts.dim_accion (accion_key varchar, lineas varchar[]);
insert into marts.dim_accion values ('k', ['1.1.1']), ('j', []);
"""


@pytest.fixture
def go(warehouse: Path, published: Path) -> Publish:
    """Publish a fact whose one row says ``texto``."""

    def _go(texto: str = "uno", run: str = "corrida") -> Publicacion:
        with open_warehouse(warehouse) as con:
            con.execute(_MARTS)
            con.execute("insert into marts.fct_avance values ('b', 2.5, ?), ('a', 1, 'x')", [texto])
        return publish(warehouse, published, run, {})

    return _go


def _text(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as con:
        row = con.execute("select texto from marts.fct_avance where avance_key = 'b'").fetchone()
    assert row is not None
    return str(row[0])


def test_a_version_holds_the_marts_with_their_descriptions(go: Publish, published: Path) -> None:
    """Rows, checks and comments; and a row that says which version this is."""
    version = go(run="r1")
    with duckdb.connect(str(version.path(published)), read_only=True) as con:
        assert con.execute("from marts.fct_avance").fetchall()[0][0] == "a"
        assert con.execute("select comment from duckdb_tables() where table_name = 'fct_avance'").fetchone() == (
            "Una fila por acción: it's",
        )
        assert con.execute("select comment from duckdb_columns() where column_name = 'programado'").fetchone() == (
            "Lo programado",
        )
        assert con.execute("select version, run_id from publicacion").fetchall() == [(version.version, "r1")]
        kinds = con.execute("select constraint_type from duckdb_constraints() order by all").fetchall()
        assert {k for (k,) in kinds} == {"CHECK", "NOT NULL"}, "keys are checked before, and named in datapackage.json"
        storage = con.execute("select tags from duckdb_databases() where not internal").fetchone()
        assert "v1.0" in str(storage)


def test_the_create_statement_keeps_types_and_checks(warehouse: Path, tmp_path: Path) -> None:
    """Of tables with every kind of column, quoted names and checks over several columns."""
    warehouse.parent.mkdir()
    with duckdb.connect() as con:
        con.execute(f"attach '{warehouse}' as almacen")
        con.execute(
            """
            create schema almacen.marts;
            create table almacen.marts."con ""una"" comilla" (
                el_key varchar not null, "el b" integer, dinero decimal(18, 4) not null, lista varchar[],
                caja struct(x integer, y varchar), estado enum ('cierta', 'd''udosa'), cuando timestamp with time zone,
                check (el_key <> 'it''s' or "el b" > dinero), check (len(lista) < 9)
            );
            insert into almacen.marts."con ""una"" comilla"
            values ('x', 1, 2, ['y'], {'x': 1, 'y': 'z'}, 'd''udosa', now());
            """
        )
        tables = export_marts.marts_of(con, "almacen")
        assert [t.clave for t in tables] == [("el_key",)]
        export_marts.write_duckdb(con, "almacen", tables, tmp_path / "escrito.duckdb", {"version": "1"})
        con.execute(f"attach '{tmp_path / 'escrito.duckdb'}' as escrito")
        assert export_marts.marts_of(con, "escrito") == tables
        assert export_marts.contents(con, "escrito", tables) == export_marts.contents(con, "almacen", tables)
        for wrong in ("null, 1, 2, [], null, null, null", "'it''s', 1, 2, [], null, null, null"):
            with pytest.raises(duckdb.ConstraintException):
                con.execute(f"""insert into escrito.marts."con ""una"" comilla" values ({wrong})""")


def test_files_are_listed_with_rows_sizes_and_hashes(go: Publish, published: Path) -> None:
    """The pointer names every file; Parquet and CSV hold the same rows as the DuckDB file."""
    version = go()
    assert dict(version.filas) == {"dim_accion": 2, "fct_avance": 2}
    assert {Path(a.ruta).name for a in version.archivos} == {
        version.duckdb,
        "datapackage.json",
        "dcat.jsonld",
        *(f"{t}.{k}" for t in ("dim_accion", "fct_avance") for k in ("csv", "parquet")),
    }
    for file in version.archivos:
        assert (published / file.ruta).stat().st_size == file.bytes
        said = subprocess.run(["sha256sum", published / file.ruta], capture_output=True, text=True, check=True)
        assert said.stdout.startswith(file.sha256)
    parquet = published / version.version / "fct_avance.parquet"
    with duckdb.connect() as con:
        assert con.execute(f"select count(*) from '{parquet}'").fetchall() == [(2,)]
    package = json.loads((published / version.version / "datapackage.json").read_text())
    fact = next(r for r in package["resources"] if r["path"] == "fct_avance.csv")
    fields = fact["schema"]["fields"]
    assert [(f["name"], f["type"]) for f in fields] == [
        ("avance_key", "string"),
        ("programado", "number"),
        ("texto", "string"),
    ]
    assert fact["schema"]["primaryKey"] == ["avance_key"]


def test_a_version_without_csv_is_described_by_its_parquet(go: Publish, warehouse: Path, published: Path) -> None:
    """The choice makes a version of its own, and so does taking it back."""
    first = go()
    without = publish(warehouse, published, "r", {}, with_csv=False)
    assert without.nueva
    assert {Path(file.ruta).suffix for file in without.archivos} == {".duckdb", ".json", ".jsonld", ".parquet"}
    package = json.loads((published / without.version / "datapackage.json").read_text())
    fact = next(r for r in package["resources"] if r["name"] == "fct_avance")
    assert (fact["path"], fact["format"], fact["schema"]["primaryKey"]) == (
        "fct_avance.parquet", "parquet", ["avance_key"],
    )  # fmt: skip
    assert len(package["resources"]) == 2
    assert not publish(warehouse, published, "r", {}, with_csv=False).nueva
    assert publish(warehouse, published, "r", {}).huella == first.huella


def test_the_same_content_is_published_once(go: Publish, published: Path) -> None:
    """A second run over the same marts, built anew in another order, makes no version."""
    first = go()
    before = sorted((p.name, p.stat().st_mtime_ns) for p in published.rglob("*"))
    again = go(run="otra")
    assert (again.nueva, again.version) == (False, first.version)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in published.rglob("*")) == before


def test_a_changed_description_is_a_change(go: Publish, warehouse: Path, published: Path) -> None:
    """What a BI viewer sees is content too."""
    go()
    with open_warehouse(warehouse) as con:
        con.execute("comment on column marts.fct_avance.programado is 'Otra cosa'")
    assert publish(warehouse, published, "r", {}).nueva


def test_readers_keep_the_version_they_opened(go: Publish, published: Path) -> None:
    """A new version swaps the pointer and the fixed name; an open reader goes on undisturbed."""
    go("uno")
    fixed = published / "avance.duckdb"
    code = (
        "import duckdb, sys\n"
        "con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "q = \"select texto from marts.fct_avance where avance_key = 'b'\"\n"
        "print(con.execute(q).fetchone()[0], flush=True); input(); print(con.execute(q).fetchone()[0])"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(fixed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "uno\n"
        for text in ("dos", "tres", "cuatro", "cinco"):
            version = go(text)
        said, _ = reader.communicate("\n", timeout=60)
        assert said == "uno\n"
    finally:
        reader.kill()
        reader.wait()
    assert _text(fixed) == "cinco"
    current = publicacion_vigente(published)
    assert current == version


def test_old_versions_leave_in_order(go: Publish, published: Path) -> None:
    """Three are kept, the current among them, each with its files."""
    made = [go(text).version for text in ("1", "2", "3", "4", "5")]
    kept = sorted(p.name for p in published.iterdir() if p.is_dir())
    assert kept == sorted(made[-3:])
    assert sorted(p.name for p in published.glob("avance-*.duckdb")) == [f"avance-{v}.duckdb" for v in kept]


@pytest.mark.parametrize("step", ["write_duckdb", "write_files", "_sealed", "_sync_folder", "_point_to", "link"])
def test_a_crash_leaves_the_old_version_or_the_new_one(
    go: Publish, published: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Wherever it stops, a reader finds one whole version; the next run finishes and tidies up."""
    go("viejo")
    place = next(m for m in (export_marts, export_files, publish_module) if hasattr(m, step))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, step, killed)
        with pytest.raises(KeyboardInterrupt):
            go("nuevo")
    assert _text(published / "avance.duckdb") == "viejo"
    current = publicacion_vigente(published)
    assert current is not None
    assert _text(current.path(published)) == ("nuevo" if step == "link" else "viejo")

    finished = go("nuevo")
    assert _text(published / "avance.duckdb") == _text(finished.path(published)) == "nuevo"
    assert not [p for p in published.iterdir() if p.name.startswith(".") or p.name.endswith(".nuevo")]


def test_no_one_else_may_look_and_no_one_may_write(go: Publish, published: Path) -> None:
    """No world access anywhere; the DuckDB file is read-only for its owner too."""
    version = go()
    for path in (published, *published.rglob("*")):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o007 == 0, path
    assert version.path(published).stat().st_mode & 0o222 == 0


def test_a_cell_that_a_spreadsheet_would_run_is_quoted_in_the_csv(go: Publish, published: Path) -> None:
    """=cmd() is text in the CSV, and untouched in Parquet."""
    version = go("=cmd()")
    folder = published / version.version
    assert "b,2.5000,'=cmd()" in (folder / "fct_avance.csv").read_text()
    with duckdb.connect() as con:
        held = con.execute(f"select max(texto), min(texto) from '{folder / 'fct_avance.parquet'}'").fetchone()
    assert held == ("x", "=cmd()")


def test_without_marts_there_is_nothing_to_publish(warehouse: Path, published: Path) -> None:
    """An empty warehouse must not replace a good version by an empty one."""
    with open_warehouse(warehouse):
        pass
    with pytest.raises(PublishError, match="build them first"):
        publish(warehouse, published, "r", {})
    assert publicacion_vigente(published) is None


def test_a_damaged_pointer_is_named_and_replaced(go: Publish, published: Path) -> None:
    """A reader is told; the next publish writes it anew."""
    go()
    (published / "current.json").write_text("{")
    with pytest.raises(PointerError, match=r"current\.json"):
        publicacion_vigente(published)
    assert go().nueva
    current = publicacion_vigente(published)
    assert current is not None
    current.path(published).unlink()
    with pytest.raises(PointerError, match="not there"):
        publicacion_vigente(published)


def test_the_group_may_read_whatever_the_umask_of_the_run(go: Publish, published: Path) -> None:
    """A run keeps all it writes to its user; what is published is opened to the group all the same, and no further."""
    before = os.umask(0o077)
    try:
        version = go()
    finally:
        os.umask(before)
    modes = {p.relative_to(published).as_posix(): p.stat().st_mode & 0o777 for p in published.rglob("*")}
    assert modes.pop("avance.duckdb") == modes.pop(version.duckdb) == 0o440
    assert modes.pop(version.version) == published.stat().st_mode & 0o777 == 0o750
    assert set(modes.values()) == {0o640}


def test_a_group_let_in_stays_in(go: Publish, published: Path) -> None:
    """The set-group-id bit that somebody gave the published folder passes on to every new version."""
    go("uno")
    published.chmod(0o2750)
    version = go("dos")
    assert (published / version.version).stat().st_mode & 0o7777 == 0o2750


def test_a_pointer_that_may_not_be_read_is_named(go: Publish, published: Path) -> None:
    """Not a traceback for whoever asks as the wrong user: a folder in the pointer's place fails for any user."""
    go()
    (published / "current.json").unlink()
    (published / "current.json").mkdir()
    with pytest.raises(PointerError, match="cannot be read: Is a directory"):
        publicacion_vigente(published)
