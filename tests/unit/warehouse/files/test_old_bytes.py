"""Old bytes of the inbox's files are kept to a bound; what is known of them is kept for good."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.files.extract_file import extracto_id
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.extracts import rebuild
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.files.old_bytes import KEPT_BYTES, let_go
from dagster_project.warehouse.reader import Reader
from tests.support.places import UNA, Places

TEXTS = [UNA + "\n" * n for n in range(6)]


@pytest.fixture
def rewritten(places: Places, request: pytest.FixtureRequest) -> Places:
    """A file of the inbox, or of the extracts, that held six texts in turn."""
    for text in TEXTS:
        (getattr(places, getattr(request, "param", "inbox")) / "a.txt").write_text(text)
        places.load()
    return places


def _kept(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [key for (key,) in con.execute("select distinct extracto_id from raw.lineas").fetchall()]


def test_a_file_rewritten_again_and_again_keeps_the_last_texts(rewritten: Places, tmp_path) -> None:
    """As many as fit the bound, the one in force besides; the original of a document goes with its lines."""
    originals = tmp_path / "originals"
    originals.mkdir()
    for text in TEXTS:
        (originals / extracto_id(text.encode())[1]).write_text(text)
    con, keys = rewritten.con, [extracto_id(text.encode())[0] for text in TEXTS]
    two = len(TEXTS[4]) + len(TEXTS[3])
    assert let_go(con, originals, two) == sorted(keys[:3])
    assert sorted(_kept(con)) == sorted(keys[3:])
    assert sorted(p.name[:16] for p in originals.iterdir()) == sorted(keys[3:])
    assert let_go(con, originals, two) == []
    assert con.execute("select count(*), sum((retirado_en is null)::int) from raw.extractos").fetchall() == [(6, 1)]


@pytest.mark.parametrize("rewritten", ["extracts"], indirect=True)
def test_of_the_extracts_folder_every_text_is_kept(rewritten: Places) -> None:
    """Whoever keeps the installation writes there."""
    assert let_go(rewritten.con, None, 0) == []
    assert len(_kept(rewritten.con)) == len(TEXTS)


def test_bytes_that_come_back_are_read_anew(rewritten: Places) -> None:
    """As if they had never been there: every line and page of theirs is there again, and can be rebuilt."""
    let_go(rewritten.con, None, 0)
    (rewritten.inbox / "a.txt").write_text(TEXTS[1])
    done = rewritten.load()[f"{INBOX}a.txt"]
    assert (done.lineas, done.renglones) == (3, 1)
    assert rebuild(rewritten.con, done.extracto_id or "") == TEXTS[1].encode()
    assert rewritten.figures() == [("54101", 10)]


def test_of_what_was_not_looked_at_yet_nothing_goes(places: Places, catalogs: Catalogs, toy: Reader) -> None:
    """Its reports may have to stand again."""
    (places.inbox / "a.txt").write_text(UNA)
    places.load()
    (places.inbox / "a.txt").write_text("una carta\n")
    load_folders(places.con, {INBOX: places.inbox}, catalogs, {}, reader=toy)
    assert let_go(places.con, None, 0) == []
    places.load()
    assert places.figures() == [("54101", 10)]


def test_the_bound_is_what_the_page_says() -> None:
    from dagster_project.settings import RAIZ

    assert f"{KEPT_BYTES // 2**20} MiB" in (RAIZ / "docs" / "documents.md").read_text(encoding="utf-8")
