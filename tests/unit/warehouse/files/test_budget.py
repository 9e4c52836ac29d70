"""Budgets: a folder that somebody fills costs what its budget says, and what is left over is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.files import budget, extract_folder
from dagster_project.warehouse.files.budget import A_RUN, OF_INBOX, FolderBudget, RunBudget, folder_state, within
from dagster_project.warehouse.files.extract_folder import INBOX, find_extract_files
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import ExtractLoad, Resultado

MIB = 2**20
UNA = "FORMA 54101 2022 1\nACCION 100 10 1 2 3 4 1 . . .\n"
Load = Callable[..., dict[str, ExtractLoad]]


@pytest.fixture
def load(con: duckdb.DuckDBPyConnection, folder: Path, catalogs: Catalogs, toy: Reader) -> Load:
    """Loads the folder as an inbox, with a budget for the run."""

    def _load(run: RunBudget = A_RUN) -> dict[str, ExtractLoad]:
        done = load_folders(con, {INBOX: folder}, catalogs, {}, reader=toy, budget=run)
        return {r.ruta.removeprefix(INBOX): r for r in done}

    return _load


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def test_574_sparse_files_of_64_mib_cost_what_the_folder_may(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the load nor the hash of what is there reads more than the budget; each other file is refused by name."""
    for n in range(574):
        _sparse(folder / f"{n:03}.txt", 64 * MIB)
    (folder / "zz.txt").write_text(UNA)
    files = within(find_extract_files(folder)[0], OF_INBOX)
    read = [f for f in files if not f.rechazo]
    assert sum(f.size for f in read) <= OF_INBOX.bytes
    assert "zz.txt" in {f.ruta for f in read}, "few large files hold back no small one"
    refused = [f.rechazo for f in files if f.rechazo]
    assert len(refused) == 575 - 32
    assert {r.regla for r in refused} == {"carpeta_llena"}
    assert "20,000 files or 2,048 MiB" in refused[0].razon
    assert "take out what is no extract or was loaded" in refused[0].razon
    hashed: list[int] = []
    monkeypatch.setattr(budget, "content_hash", lambda f: hashed.append(f.size) or "x")
    assert len(folder_state(folder, OF_INBOX)) == 575
    assert sum(hashed) <= OF_INBOX.bytes


def test_of_too_many_files_the_smallest_are_read(folder: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was loaded of the others stays; room in the folder lets them in."""
    monkeypatch.setattr("dagster_project.warehouse.files.load_files.OF_INBOX", FolderBudget(2, MIB))
    for name, text in (("a", UNA * 3), ("b", UNA), ("c", UNA * 2)):
        (folder / f"{name}.txt").write_text(text)
    done = load()
    assert {n: r.resultado for n, r in done.items()} == {
        "a.txt": Resultado.REFUSED, "b.txt": Resultado.LOADED, "c.txt": Resultado.LOADED,
    }  # fmt: skip
    assert done["a.txt"].rechazos[0].regla == "carpeta_llena"
    (folder / "b.txt").unlink()
    assert load()["a.txt"].resultado is Resultado.LOADED


@pytest.mark.parametrize("run", [RunBudget(bytes=1), RunBudget(seconds=0.0)], ids=["bytes", "seconds"])
def test_what_is_over_a_runs_budget_waits_by_name(folder: Path, load: Load, run: RunBudget) -> None:
    """A run comes forward, what it knows costs it nothing, and what it leaves is neither gone nor refused."""
    (folder / "0.txt").write_text(UNA)
    load()
    for n in range(1, 4):
        (folder / f"{n}.txt").write_text(UNA * (1 + n))
    seen = [load(run) for _ in range(3)]
    waiting = [sorted(n for n, r in done.items() if r.resultado is Resultado.WAITING) for done in seen]
    if run.bytes == 1:
        assert waiting == [["2.txt", "3.txt"], ["3.txt"], []]
    else:
        assert waiting == [["1.txt", "2.txt", "3.txt"]] * 3, "no second is left"
    assert "waits: this run has read" in str(seen[0]["3.txt"].razon)
    assert {done["0.txt"].resultado for done in seen} == {Resultado.UNCHANGED}
    assert {r.resultado for r in load().values()} <= {Resultado.UNCHANGED, Resultado.LOADED}


def test_new_bytes_of_a_known_path_wait_too_and_its_old_ones_stay(folder: Path, load: Load) -> None:
    """Until a run has room for them."""
    (folder / "a.txt").write_text(UNA)
    load()
    (folder / "a.txt").write_text(UNA + UNA)
    assert load(RunBudget(seconds=0.0))["a.txt"].resultado is Resultado.WAITING
    assert load(RunBudget(seconds=0.0))["a.txt"].resultado is Resultado.WAITING
    assert load()["a.txt"].resultado is Resultado.LOADED


def test_files_that_are_refused_again_and_again_hold_nobody_back(
    con: duckdb.DuckDBPyConnection, folder: Path, load: Load
) -> None:
    """They are read after those that nobody has looked at yet, cost none of what is taken in, and are no work left."""
    (folder / "a.txt").write_bytes(b"\0")
    assert load()["a.txt"].resultado is Resultado.REFUSED
    (folder / "b.txt").write_text(UNA)
    (folder / "c.txt").write_bytes(b"\0" * 90)
    done = load(RunBudget(bytes=1))
    assert [done[n].resultado for n in ("b.txt", "c.txt")] == [Resultado.LOADED, Resultado.WAITING]
    assert (done["a.txt"].resultado, done["a.txt"].razon) == (
        Resultado.REFUSED,
        "was refused before, and not read again",
    )
    for _ in range(2):
        done = load(RunBudget(bytes=1))
        assert [done[n].resultado for n in ("a.txt", "c.txt")] == [Resultado.REFUSED] * 2
        assert con.execute("select count(*) from raw.rechazos").fetchall() == [(2,)]


@pytest.mark.parametrize(
    "before", [b"\0" * len(UNA), b"\0", None], ids=["as large", "of another size", "not to be opened"]
)
def test_other_bytes_under_a_refused_path_are_work_that_is_left(folder: Path, load: Load, before: bytes | None) -> None:
    """A file refused once is passed by for what was read of it, not for its name: a run does not count as complete."""
    file = folder / "a.txt"
    if before is None:
        file.symlink_to("nada.txt")
    else:
        file.write_bytes(before)
    assert load()["a.txt"].resultado is Resultado.REFUSED
    file.unlink()
    file.write_text(UNA)
    assert load(RunBudget(seconds=0.0))["a.txt"].resultado is Resultado.WAITING
    assert load()["a.txt"].resultado is Resultado.LOADED


def test_what_was_refused_for_an_engine_that_lacked_is_work_that_is_left(
    folder: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine may be there by now, and the bytes are the same."""

    def without_engine(*_: object, **__: object) -> None:
        raise RefusedFileError("sin_lector_de_imagenes", "needs an engine")

    (folder / "a.txt").write_text(UNA)
    with monkeypatch.context() as patched:
        patched.setattr("dagster_project.warehouse.files.load_files.take", without_engine)
        assert load()["a.txt"].resultado is Resultado.REFUSED
    assert load(RunBudget(seconds=0.0))["a.txt"].resultado is Resultado.WAITING
    assert load()["a.txt"].resultado is Resultado.LOADED


def test_a_folder_of_names_without_end_is_listed_to_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr(extract_folder, "MAX_LISTED", 3)
    for n in range(5):
        (folder / f"{n}.txt").touch()
    files, ignored = find_extract_files(folder)
    assert len(files) == 3
    assert [(i.ruta, i.razon) for i in ignored] == [(".", "more than 3 names: no more were looked at; take files out")]
    assert str(folder) not in {os.path.realpath(n) for n in Path("/proc/self/fd").iterdir()}, "it was closed"


def test_the_bound_is_of_all_folders_together_and_no_name_beyond_it_is_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one folder's names as many are listed as are left of the bound, and one to know that there are more."""
    taken: list[str] = []

    class Noted:
        def __init__(self, below: int) -> None:
            self.entries = scandir(below)

        def __enter__(self) -> Noted:
            return self

        def __exit__(self, *_: object) -> None:
            self.entries.close()

        def __iter__(self) -> Noted:
            return self

        def __next__(self) -> os.DirEntry[str]:
            taken.append((entry := next(self.entries)).name)
            return entry

    scandir = os.scandir
    monkeypatch.setattr(extract_folder.os, "scandir", Noted)
    monkeypatch.setattr(extract_folder, "MAX_LISTED", 4)
    (folder / "a").mkdir()
    (folder / "a.txt").touch()
    for n in range(50):
        (folder / "a" / f"{n}.txt").touch()
    files, ignored = find_extract_files(folder)
    assert (len(files), len(taken)) == (3, 5)
    assert [i.razon[:18] for i in ignored] == ["more than 4 names:"]


def test_the_state_follows_names_and_contents_and_reads_nothing_too_large(tmp_path: Path) -> None:
    """Same files, same state; a sparse terabyte costs nothing."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "nota.pdf").write_text("x")
    first = folder_state(tmp_path, OF_INBOX)
    assert folder_state(tmp_path, OF_INBOX) == first
    assert [name for name, _ in folder_state(tmp_path, OF_INBOX)] == ["a.txt", "nota.pdf"]
    (tmp_path / "a.txt").write_text("y")
    assert folder_state(tmp_path, OF_INBOX) != first
    with (tmp_path / "enorme.txt").open("wb") as file:
        file.truncate(2**40)
    assert [name for name, _ in folder_state(tmp_path, OF_INBOX)] == ["a.txt", "enorme.txt", "nota.pdf"]
    assert folder_state(tmp_path / "nada", OF_INBOX) == []
