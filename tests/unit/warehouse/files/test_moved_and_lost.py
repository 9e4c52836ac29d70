"""Files of earlier loads: moved is not lost, gone is said, replaced is said again as long as something is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import Resultado
from tests.support.places import OTRA, UNA, Places


def test_a_report_moved_to_the_inbox_is_not_lost(places: Places) -> None:
    """One file held two reports; in one run it is replaced by one of them, and the other comes in by the inbox."""
    (places.extracts / "a.txt").write_text(UNA + OTRA)
    places.load()
    (places.extracts / "a.txt").write_text(OTRA)
    (places.inbox / "b.txt").write_text(UNA)
    done = places.load()
    assert done["a.txt"].retirado is None, "what the inbox brings is a proposal: the old bytes stand until it is dated"
    assert places.figures() == [("54101", 10), ("54102", 20), ("54102", 20)]
    assert places.lost() == []


def test_a_report_whose_pages_came_apart_is_not_lost(places: Places) -> None:
    """Its actions are what counts, in whatever files; one that none of them states is missing."""
    head, first, second = OTRA.splitlines()
    (places.extracts / "a.txt").write_text(OTRA)
    places.load()
    (places.extracts / "a.txt").write_text(f"{head}\n{first}\n")
    places.load()
    assert places.lost() == [("a.txt", "54102", 2, 1)]
    (places.inbox / "b.txt").write_text(f"{head}\n{second}\n")
    places.load()
    assert places.lost() == []


def test_a_report_printed_twice_is_missed_once(places: Places) -> None:
    """A copy of a page holds no action of its own: with one print left nothing is lost."""
    (places.extracts / "a.txt").write_text(OTRA + "\n" + OTRA)
    places.load()
    (places.extracts / "a.txt").write_text(OTRA)
    places.load()
    assert places.lost() == []


def test_what_waits_in_the_inbox_makes_good_no_loss(places: Places) -> None:
    """A page that counts for nothing yet holds no report."""
    (places.extracts / "a.txt").write_text(OTRA)
    places.load()
    changed = OTRA.rsplit("ACCION", 1)[0].replace(" 20 ", " 30 ")
    (places.extracts / "a.txt").write_text(changed)
    (places.inbox / "b.txt").write_text(OTRA + "\n")
    places.load()
    assert places.lost() == [("a.txt", "54102", 2, 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("extracts/a.txt", "inbox/a.txt"), ("inbox/z.txt", "extracts/2022/a.txt"), ("extracts/z.txt", "extracts/a.txt")],
    ids=["to the inbox", "from the inbox, renamed", "renamed"],
)
def test_a_file_that_moved_goes_by_its_new_path(places: Places, tmp_path: Path, old: str, new: str) -> None:
    """It is neither gone nor a second copy, and the register's entry for its new path holds."""
    (tmp_path / old).write_text(UNA)
    places.load()
    (tmp_path / new).parent.mkdir(exist_ok=True)
    (tmp_path / old).rename(tmp_path / new)
    before, now = (p.removeprefix("extracts/").replace("inbox/", "inbox://") for p in (old, new))
    entry = {now: RegistroExtracto("02001", date(2022, 4, 30))}
    done = places.load(entry)
    assert list(done) == [now]
    assert (done[now].resultado, done[now].razon, done[now].renglones) == (Resultado.MOVED, f"moved from {before}", 1)
    assert places.live() == [(now, Path(now).name)]
    assert places.con.execute("select distinct ente_codigo from raw.formatos").fetchall() == [("02001",)]
    assert {r.resultado for r in places.load(entry).values()} == {Resultado.UNCHANGED}


def test_a_file_that_was_taken_out_stays_out_under_another_name(places: Places) -> None:
    """What a person decided of its bytes holds until that person's line goes; a copy of theirs is out too."""
    (places.extracts / "a.txt").write_text(UNA)
    taken_out = {"a.txt": RegistroExtracto(rechazado=True)}
    places.load(taken_out)
    assert places.figures() == []
    (places.extracts / "a.txt").rename(places.extracts / "b.txt")
    for _ in range(2):
        assert list(places.load(taken_out)) == ["b.txt"]
        assert places.figures() == []
    places.load()
    assert places.figures() == [("54101", 10)]
    assert places.live() == [("b.txt", "b.txt")]


@pytest.mark.parametrize("name", ["0.txt", "z.txt"], ids=["found first", "found last"])
def test_a_file_that_made_room_for_another_is_moved_not_replaced(places: Places, name: str) -> None:
    """Renamed, and other bytes under its old name, in one run: whichever the load meets first."""
    (places.extracts / "a.txt").write_text(UNA)
    places.load()
    (places.extracts / "a.txt").rename(places.extracts / name)
    (places.extracts / "a.txt").write_text(OTRA)
    done = places.load()
    assert (done[name].resultado, done[name].razon) == (Resultado.MOVED, "moved from a.txt")
    assert (done["a.txt"].resultado, done["a.txt"].retirado) == (Resultado.LOADED, None)
    assert places.lost() == []
    assert len(places.live()) == 2


def test_a_copy_is_no_move(places: Places) -> None:
    """The first is still there."""
    (places.extracts / "a.txt").write_text(UNA)
    places.load()
    (places.inbox / "a.txt").write_text(UNA)
    done = places.load()
    assert (done["inbox://a.txt"].resultado, done["inbox://a.txt"].razon) == (
        Resultado.DUPLICATE,
        "same bytes as a.txt",
    )
    (places.extracts / "a.txt").unlink()
    assert {k: r.resultado for k, r in places.load().items()} == {"inbox://a.txt": Resultado.UNCHANGED}


def test_a_folder_named_inbox_is_no_inbox(places: Places) -> None:
    """Of two files of one name neither takes the other's path: the forms of one were retired at every run."""
    (places.extracts / "inbox").mkdir()
    (places.extracts / "inbox" / "q.txt").write_text(UNA)
    (places.inbox / "q.txt").write_text(OTRA)
    for _ in range(2):
        places.load()
        assert places.live() == [("inbox/q.txt", "q.txt"), ("inbox://q.txt", "q.txt")]
    assert places.lost() == []


def test_a_folder_that_is_gone_takes_nothing_along(places: Places) -> None:
    """Its files are said to be gone; what they held stays, and comes back as it was."""
    (places.extracts / "a.txt").write_text(UNA)
    (places.inbox / "b.txt").write_text(OTRA)
    places.load()
    (places.inbox / "b.txt").unlink()
    places.inbox.rmdir()
    assert {k: r.resultado for k, r in places.load().items()} == {
        "a.txt": Resultado.UNCHANGED, "inbox://b.txt": Resultado.GONE,
    }  # fmt: skip
    assert places.live() == [("a.txt", "a.txt"), ("inbox://b.txt", "b.txt")]
    places.inbox.mkdir()
    (places.inbox / "b.txt").write_text(OTRA)
    assert {r.resultado for r in places.load().values()} == {Resultado.UNCHANGED}


def test_of_a_folder_not_looked_into_nothing_is_said(places: Places, catalogs: Catalogs, toy: Reader) -> None:
    """Who loads the extracts folder alone learns nothing of the inbox."""
    (places.inbox / "b.txt").write_text(OTRA)
    places.load()
    (places.inbox / "b.txt").unlink()
    assert load_folders(places.con, {"": places.extracts}, catalogs, {}, reader=toy) == []


def test_what_a_replacement_lost_is_said_until_it_is_back(places: Places) -> None:
    """Said again by every later load, of whatever years were read; the rows that came back are not."""
    (places.extracts / "a.txt").write_text(UNA + OTRA)
    places.load()
    (places.extracts / "a.txt").write_text(UNA + OTRA.rsplit("ACCION", 1)[0])
    for _ in range(2):
        places.load()
        assert places.lost() == [("a.txt", "54102", 2, 1)]
    (places.inbox / "c.txt").write_text(OTRA)
    places.load()
    assert places.lost() == []


def test_a_report_lost_twice_is_said_once(places: Places) -> None:
    """Of the file that held it last."""
    for text in (OTRA, OTRA + "\n", OTRA.rsplit("ACCION", 1)[0]):
        (places.extracts / "a.txt").write_text(text)
        places.load()
    assert places.lost() == [("a.txt", "54102", 2, 1)]


@pytest.mark.parametrize(("copy", "name"), [("0.txt", "z.txt"), ("z.txt", "0.txt")], ids=["copy first", "copy last"])
@pytest.mark.parametrize("at_once", [True, False], ids=["in one load", "in two"])
def test_a_copy_that_is_removed_after_its_file_was_replaced_leaves_no_ghost(
    places: Places, copy: str, name: str, at_once: bool
) -> None:
    """The old bytes stayed in force, and were said to be no longer there under the path that is there."""
    for path in (copy, name):
        (places.extracts / path).write_text(UNA)
    places.load()
    (places.extracts / name).write_text(UNA.replace(" 10 ", " 11 "))
    if not at_once:
        places.load()
        assert sorted(places.live()) == [("0.txt", "0.txt"), ("z.txt", "z.txt")], "each goes by where it is"
    (places.extracts / copy).unlink()
    done = places.load()
    assert places.live() == [(name, name)]
    assert done[name].retirado
    assert set(done) == {name}
    assert places.lost() == []


@pytest.mark.parametrize("new", ["a.txt", "z.txt"], ids=["found first", "found last"])
def test_a_renamed_file_that_is_removed_later_is_replaced_by_what_took_its_name(places: Places, new: str) -> None:
    """Whichever of the two the load met first."""
    (places.extracts / "m.txt").write_text(UNA)
    places.load()
    (places.extracts / "m.txt").rename(places.extracts / new)
    (places.extracts / "m.txt").write_text(UNA + "\n")
    places.load()
    (places.extracts / new).unlink()
    places.load()
    assert places.live() == [("m.txt", "m.txt")]


def test_bytes_that_took_their_path_back_are_replaced_by_nobody(places: Places) -> None:
    """Undone: that a file is gone later retires nothing."""
    for text in (UNA, UNA + "\n", UNA):
        (places.extracts / "a.txt").write_text(text)
        places.load()
    (places.extracts / "a.txt").unlink()
    assert [(r.ruta, r.resultado) for r in places.load().values()] == [("a.txt", Resultado.GONE)]
    assert len(places.live()) == 1
