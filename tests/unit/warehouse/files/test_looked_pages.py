"""A load that is killed while a scan is looked at goes on where it was; what is loaded leaves nothing behind."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project.sources import ocr, reading
from dagster_project.sources.document import Box, Page, Word
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.files import looked_pages
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.files.looked_pages import LookedPages
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import Resultado
from tests.unit.sources.made_pdf import LETTER, image_over, pdf

Con = duckdb.DuckDBPyConnection


def page(number: int) -> Page:
    return Page(number, None, 612.0, 792.0, 1, 200, (Word("ñ 7", Box(1, 2.5, 3, 4), 0.9),))


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine by name, whether or not one is here."""
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "engine_name", lambda: "stand-in 1")
    monkeypatch.setattr(looked_pages, "engine_name", lambda: "stand-in 1")
    monkeypatch.setattr(looked_pages, "is_installed", lambda: True)


def test_a_page_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    looked = LookedPages(tmp_path, "aa")
    looked.keep(page(3))
    assert looked.known() == {3: page(3)}
    assert LookedPages(tmp_path, "bb").known() == {}
    looked.forget()
    assert looked.known() == {}


@pytest.mark.parametrize("name", ["engine_name", "sources_fingerprint"])
def test_another_engine_or_code_looks_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The code says at how many dots an inch a page is looked at."""
    LookedPages(tmp_path, "aa").keep(page(3))
    monkeypatch.setattr(looked_pages, name, lambda: "other")
    assert LookedPages(tmp_path, "aa").known() == {}


def test_without_the_engine_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was taken away in between: it has no name to ask for."""
    LookedPages(tmp_path, "aa").keep(page(3))
    monkeypatch.undo()
    monkeypatch.setattr(ocr.importlib.util, "find_spec", lambda name: None)
    assert LookedPages(tmp_path, "aa").known() == {}


@pytest.mark.parametrize("broken", [b"", b"[", b'["end"]\n'])
def test_a_page_that_was_half_written_is_looked_at_again(tmp_path: Path, broken: bytes) -> None:
    looked = LookedPages(tmp_path, "aa")
    looked.keep(page(3))
    next(tmp_path.rglob("3-*.json")).write_bytes(broken)
    assert looked.known() == {}


def test_a_load_that_was_killed_goes_on_where_it_was(
    con: Con, toy: Reader, catalogs: Catalogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf([image_over(0, 0, *LETTER)] * 3))
    asked: list[list[int]] = []

    def looked_at(data: bytes, limits: Any, numbers: Sequence[int], workers: int) -> Iterator[Page]:
        asked.append(list(numbers))
        yield page(numbers[0])
        if len(asked) == 1:
            raise KeyboardInterrupt
        yield from map(page, numbers[1:])

    monkeypatch.setattr(reading, "looked_at", looked_at)
    with pytest.raises(KeyboardInterrupt):
        load_extracts(con, folder, catalogs, {}, reader=toy, originals=tmp_path / "originals")
    (done,) = load_extracts(con, folder, catalogs, {}, reader=toy, originals=tmp_path / "originals")
    assert (asked, done.resultado) == ([[1, 2, 3], [2, 3]], Resultado.LOADED)
    assert con.execute("select hoja, count(*) from raw.palabras group by 1 order by 1").fetchall() == [
        (1, 1), (2, 1), (3, 1),
    ]  # fmt: skip
    assert not any((tmp_path / "originals" / looked_pages.FOLDER).iterdir())


def test_pages_of_a_document_that_nobody_came_back_with_go(tmp_path: Path) -> None:
    """It was taken away before it was read to its end; where a page was kept since, the next load goes on from it."""
    old, fresh = LookedPages(tmp_path, "aa"), LookedPages(tmp_path, "bb")
    for looked in (old, fresh):
        looked.keep(page(3))
    now = (tmp_path / looked_pages.FOLDER / "bb").stat().st_mtime
    long_ago = now - (looked_pages.WAITING_DAYS + 1) * 86_400
    os.utime(tmp_path / looked_pages.FOLDER / "aa", (long_ago, long_ago))
    assert [looked_pages.let_go(tmp_path, now) for _ in range(2)] == [1, 0]
    assert (old.known(), fresh.known()) == ({}, {3: page(3)})
    assert looked_pages.let_go(tmp_path / "none", now) == 0
