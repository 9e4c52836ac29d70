"""The copy of a version in PostgreSQL, asked by real clients of a real server.

Not here: the statements (``tests/unit/warehouse/postgres``).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import psycopg
import pytest
from sqlalchemy import create_engine, inspect

from dagster_project.settings import get_settings
from dagster_project.warehouse.postgres import CopyError, copies, copy_if_asked, copy_version, ddl
from dagster_project.warehouse.publish.duckdb_file import marts_of
from dagster_project.warehouse.publish.publication import Publicacion, publicacion_vigente
from dagster_project.warehouse.publish.relations import relations
from tests.support.postgres import asked, served, wait_until

SMALL = "create schema marts; create table marts.dim_a (a_key varchar not null, nombre varchar); "


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server for this file; each test makes a database of its own."""
    # A socket's path may have 107 signs: pytest's folder is too deep.
    with served(Path(tmp_path_factory.getbasetemp().parent) / f"pg{os.getpid()}") as url:
        yield url


@pytest.fixture
def url(server, request):
    """An empty database."""
    name = f"db{abs(hash(request.node.nodeid))}"
    with psycopg.connect(server, autocommit=True) as con:
        con.execute(f"create database {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


def _version(folder: Path, number: int, sql: str) -> Publicacion:
    """A version made by hand, of the tables that ``sql`` makes."""
    name = f"{number:06d}-20260101T000000Z-0000000{number}"
    with duckdb.connect(str(folder / f"avance-{name}.duckdb")) as con:
        con.execute(sql)
    return Publicacion(name, "2026-01-01T00:00:00+00:00", "corrida", f"h{number}", f"avance-{name}.duckdb", {}, ())


def _rows(number: int, count: int = 1) -> str:
    return SMALL + f"insert into marts.dim_a select 'k' || i, 'v{number}' from range({count}) as r(i)"


def test_rows_types_comments_and_keys_are_those_of_the_version(loaded, url, tmp_path) -> None:
    """By psycopg and by SQLAlchemy: all rows of all marts, and what a tool reads of them."""
    published = loaded[0].home / "published"
    version = publicacion_vigente(published)
    assert version
    copied = copy_version(url, version, published, tmp_path)
    assert (copied.is_new, copied.notes) == (True, ())
    assert not copy_version(url, version, published, tmp_path).is_new
    assert list(tmp_path.iterdir()) == []
    with duckdb.connect(str(version.path(published)), read_only=True) as con:
        tables = marts_of(con, con.execute("select current_database()").fetchall()[0][0])
        exact = {t.nombre: sorted(map(repr, con.execute(f"from marts.{t.nombre}").fetchall())) for t in tables}
    assert {name: sorted(map(repr, asked(url, f"select * from marts.{name}"))) for name in exact} == exact
    look = inspect(create_engine(url.replace("postgresql://", "postgresql+psycopg://")))
    schema = asked(url, "select esquema from avance.versiones")[0][0]
    led = relations(tables)
    for table in tables:
        assert look.get_table_comment(table.nombre, schema)["text"] == table.descripcion
        assert look.get_table_comment(table.nombre, "marts")["text"] == table.descripcion
        columns = look.get_columns(table.nombre, "marts")
        assert [(c["name"], c["comment"]) for c in columns] == [(c.nombre, c.descripcion) for c in table.columnas]
        assert tuple(look.get_pk_constraint(table.nombre, schema)["constrained_columns"]) == table.clave
        found = {(*k["constrained_columns"], k["referred_table"]) for k in look.get_foreign_keys(table.nombre, schema)}
        assert found == {(r.columna, r.tabla_destino) for r in led[table.nombre]}


def test_a_reader_may_read_and_nothing_else(url, tmp_path) -> None:
    """The role sees the views, neither the tables beneath nor a way to change them."""
    copy_version(url, _version(tmp_path, 1, _rows(1)), tmp_path, tmp_path)
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("set role avance_lectura")
        assert con.execute("select nombre from marts.dim_a").fetchall() == [("v1",)]
        assert con.execute("select version from avance.publicacion").fetchall()
        for refused in ("delete from marts.dim_a", "create table marts.x (a int)", "drop view marts.dim_a"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                con.execute(refused.encode())


@pytest.mark.parametrize(
    "text", ["", "a\nb", "\\.", "x\n\\.\ny", 'di"jo', "it's", "=1+1", "\\N", "á\u202f", "a\0b"], ids=repr
)
def test_every_text_arrives_as_it_is(text: str, url, tmp_path) -> None:
    """Also what a line of a file would end at; U+0000, which the server cannot hold, is U+FFFD."""
    version = _version(tmp_path, 1, SMALL + "insert into marts.dim_a values ('k', null)")
    with duckdb.connect(str(version.path(tmp_path))) as con:
        con.execute("insert into marts.dim_a values ('l', ?)", [text])
    copy_version(url, version, tmp_path, tmp_path)
    assert asked(url, "select nombre from marts.dim_a order by 1 nulls first") == [(None,), (text.replace("\0", "�"),)]


def test_readers_go_on_while_versions_come(url, tmp_path) -> None:
    """A reader in a loop sees one version or the next, whole, without an error; two versions stay."""
    copy_version(url, _version(tmp_path, 1, _rows(1, 500)), tmp_path, tmp_path)
    seen: list[tuple[str, int]] = []
    ended, errors = threading.Event(), list[Exception]()

    def read() -> None:
        try:
            with psycopg.connect(url, autocommit=True) as con:
                while not ended.is_set():
                    seen.extend(con.execute("select max(nombre), count(distinct nombre) from marts.dim_a").fetchall())
        except Exception as error:
            errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(2, 9):
        copy_version(url, _version(tmp_path, number, _rows(number, 500)), tmp_path, tmp_path)
    time.sleep(0.2)
    ended.set()
    reader.join(30)
    assert errors == []
    assert {kinds for _, kinds in seen} == {1}
    shown = [version for version, _ in seen]
    assert shown == sorted(shown)
    assert shown[-1] == "v8"
    assert len(asked(url, "select 1 from avance.versiones")) == 2
    assert len(asked(url, "select 1 from pg_namespace where nspname like 'avance\\_0%'")) == 2


def _copy_forever(url: str, version: Publicacion, folder: Path) -> None:
    copy_version(url, version, folder, folder)


@pytest.mark.parametrize("after", [0.02, 0.1, 0.2, 0.3, 0.5])
def test_a_copy_that_is_killed_leaves_the_old_version_whole(after: float, url, tmp_path) -> None:
    """Whenever it ends, readers see all rows of one version, and the next copy brings the new one."""
    copy_version(url, _version(tmp_path, 1, _rows(1, 1000)), tmp_path, tmp_path)
    new = _version(tmp_path, 2, _rows(2, 200_000))
    child = multiprocessing.get_context("spawn").Process(target=_copy_forever, args=(url, new, tmp_path))
    child.start()
    copying = "select 1 from pg_stat_activity where application_name = 'avance'"
    wait_until(lambda: asked(url, copying) or not child.is_alive())
    time.sleep(after)
    if child.pid and child.is_alive():
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert asked(url, "select min(nombre), max(nombre), count(*) from marts.dim_a") in (
        [("v1", "v1", 1000)],
        [("v2", "v2", 200_000)],
    )
    # The server notices the end of a connection when it next writes to it; until then the copy is "under way".
    backends = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'avance'"
    wait_until(lambda: not asked(url, backends))
    copy_version(url, new, tmp_path, tmp_path)
    assert asked(url, "select min(nombre), count(*) from marts.dim_a") == [("v2", 200_000)]


def test_other_columns_take_the_views_with_them(url, tmp_path) -> None:
    """A column gone, a table gone, a table new: the views are those of the version."""
    copy_version(url, _version(tmp_path, 1, _rows(1) + "; create table marts.vieja (n integer)"), tmp_path, tmp_path)
    sql = "create schema marts; create table marts.dim_a (a_key varchar not null, n integer); "
    copy_version(url, _version(tmp_path, 2, sql + "create table marts.nueva (n integer)"), tmp_path, tmp_path)
    views = "select table_name, column_name from information_schema.columns where table_schema = 'marts' order by 1, 2"
    assert asked(url, views) == [("dim_a", "a_key"), ("dim_a", "n"), ("nueva", "n")]


def test_somebodys_own_view_stays(url, tmp_path) -> None:
    """It asks the views, which are replaced under it; where that cannot be, the old version stays and it is named."""
    copy_version(url, _version(tmp_path, 1, _rows(1)), tmp_path, tmp_path)
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("create view public.mia as select nombre from marts.dim_a")
    for number in (2, 3, 4):
        copy_version(url, _version(tmp_path, number, _rows(number)), tmp_path, tmp_path)
    assert asked(url, "select * from public.mia") == [("v4",)]
    sql = "create schema marts; create table marts.dim_a (a_key varchar not null, n integer)"
    with pytest.raises(CopyError, match="mia"):
        copy_version(url, _version(tmp_path, 5, sql), tmp_path, tmp_path)
    assert asked(url, "select * from public.mia") == [("v4",)]


def test_a_long_question_holds_the_swap_and_not_for_ever(url, tmp_path, monkeypatch) -> None:
    """Its own transaction sees one version to its end; the copy says so when it gives up, and the next one points."""
    monkeypatch.setattr(copies, "TRIES", 2)
    monkeypatch.setattr(copies, "LOCK_SECONDS", 1)
    copy_version(url, _version(tmp_path, 1, _rows(1)), tmp_path, tmp_path)
    new = _version(tmp_path, 2, _rows(2))
    with psycopg.connect(url) as con:
        assert con.execute("select nombre from marts.dim_a").fetchall() == [("v1",)]
        with pytest.raises(CopyError, match="held the views"):
            copy_version(url, new, tmp_path, tmp_path)
        assert con.execute("select nombre from marts.dim_a").fetchall() == [("v1",)]
    assert copy_version(url, new, tmp_path, tmp_path).is_new
    assert asked(url, "select nombre from marts.dim_a") == [("v2",)]


def test_a_reader_of_several_views_is_not_ended_by_a_slow_swap(url, tmp_path, monkeypatch) -> None:
    """It asks the last view, then waits for the first, which the swap holds: the swap gives up, the reader does not."""
    names = [f"dim_{letter}" for letter in "abcdefghijkl"]
    sql = "create schema marts; " + "; ".join(f"create table marts.{name} as select %d as n" for name in names)
    copy_version(url, _version(tmp_path, 1, sql.replace("%d", "1")), tmp_path, tmp_path)
    said = ddl.comments
    monkeypatch.setattr(ddl, "comments", lambda *given: [*said(*given), "select pg_sleep(0.05)"])  # 0.6 s for all
    monkeypatch.setattr(copies, "LOCK_SECONDS", 0.2)
    new = _version(tmp_path, 2, sql.replace("%d", "2"))
    held = "select 1 from pg_locks where relation = 'marts.dim_a'::regclass and mode = 'AccessExclusiveLock'"
    with psycopg.connect(url) as con:
        assert con.execute("select n from marts.dim_l").fetchall() == [(1,)]
        swap = threading.Thread(target=copy_version, args=(url, new, tmp_path, tmp_path))
        swap.start()
        wait_until(lambda: asked(url, held))
        assert con.execute("select n from marts.dim_a").fetchall() == [(1,)]
    swap.join(60)
    assert asked(url, "select a.n, l.n from marts.dim_a a, marts.dim_l l") == [(2, 2)]


def test_a_schema_of_somebody_elses_is_left_alone(url, tmp_path) -> None:
    """Whoever keeps marts of their own in the database is asked for another one."""
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("create schema marts")
    with pytest.raises(CopyError, match="of others"):
        copy_version(url, _version(tmp_path, 1, _rows(1)), tmp_path, tmp_path)
    assert asked(url, "select nspname from pg_namespace where nspname = 'avance'") == []


@pytest.mark.parametrize(
    "address", ["postgresql://yo:secreto@127.0.0.1:9/x", "postgresql://yo:secre%to@h/x", "mysql://yo:secreto@h"]
)
def test_what_is_in_the_way_is_said_without_the_password(address: str, tmp_path) -> None:
    """A server that is down, a password that was not written as an address wants it, another database's address."""
    version = _version(tmp_path, 1, _rows(1))
    settings = replace(get_settings({"AVANCE_POSTGRES": address, "AVANCE_HOME": str(tmp_path)}))
    assert "secre" not in repr(settings)
    said = copy_if_asked(settings, version).error
    assert said
    assert "secre" not in said


def test_the_command_says_what_the_database_holds(loaded, url) -> None:
    """Exit 0 and the version, new once; 1, without the password, where it cannot be reached; 2 without an address."""
    casa, _ = loaded
    for word in ("new", "there already"):
        done = casa.avance("publish", "--to", url)
        assert (done.returncode, done.stdout.count(word)) == (0, 1), done.stdout + done.stderr
    down = casa.avance("publish", "--to", "postgresql://yo:secreto@127.0.0.1:9/x")
    assert down.returncode == 1
    assert "Not copied" in down.stdout
    assert "secreto" not in down.stdout + down.stderr
    assert casa.avance("publish").returncode == 2


def test_versions_that_could_not_be_shown_do_not_pile_up(url, tmp_path, monkeypatch) -> None:
    """Somebody's view keeps each of them out; of those that were brought in vain one stays."""
    copy_version(url, _version(tmp_path, 1, _rows(1)), tmp_path, tmp_path)
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("create view public.mia as select nombre from marts.dim_a")
    other = "create schema marts; create table marts.dim_a (a_key varchar not null, n integer)"
    for number in (2, 3, 4):
        with pytest.raises(CopyError, match="mia"):
            copy_version(url, _version(tmp_path, number, other), tmp_path, tmp_path)
    assert len(asked(url, "select 1 from pg_namespace where nspname like 'avance\\_0%'")) == 2
    assert asked(url, "select * from public.mia") == [("v1",)]
