"""A file overwritten by something that holds not all of its reports takes none of them away."""

from __future__ import annotations

from datetime import date

import pytest

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.warehouse.files.extract_file import extracto_id
from dagster_project.warehouse.files.standing_paths import overwritten_path
from dagster_project.warehouse.results import Resultado
from tests.support.places import OTRA, TERCERA, UNA, Places

CHANGED = UNA.replace(" 10 1 ", " 11 2 ")


def _path(name: str, text: str) -> str:
    return f"{name}@{extracto_id(text.encode())[0]}"


@pytest.mark.parametrize("place", ["extracts", "inbox"])
@pytest.mark.parametrize("text", ["una carta\n", TERCERA, UNA], ids=["a letter", "another report", "one of the two"])
def test_what_stood_stays_and_is_said(places: Places, place: str, text: str) -> None:
    """All figures of before, beside those of the new bytes that contradict none; at every later load again."""
    file, prefix = getattr(places, place) / "a.txt", "" if place == "extracts" else "inbox://"
    file.write_text(UNA + OTRA)
    places.load()
    before = places.figures()
    file.write_text(text)
    done = places.load()
    path = prefix + _path("a.txt", UNA + OTRA)
    assert set(before) <= set(places.figures())
    assert len(places.figures()) == len(before) + (text == TERCERA)
    assert done[prefix + "a.txt"].retirado is None
    assert (done[path].resultado, done[path].renglones) == (Resultado.STANDS, 3)
    named = "54102 2022-T1" if text == UNA else "54101 2022-T1, 54102 2022-T1"
    assert done[path].razon == f"the bytes of {prefix}a.txt now do not hold {named}"
    again = places.load()
    assert (again[path].resultado, again[path].ausente) == (Resultado.STANDS, False)
    assert places.lost() == []


@pytest.mark.parametrize("place", ["extracts", "inbox"])
def test_what_the_new_bytes_say_otherwise_waits_and_a_date_lets_it_count(places: Places, place: str) -> None:
    """The figures that stood stay until a person says that the new ones count; the report they lack stays then too."""
    file, ruta = getattr(places, place) / "a.txt", "a.txt" if place == "extracts" else "inbox://a.txt"
    file.write_text(UNA + OTRA)
    places.load()
    file.write_text(CHANGED)
    places.load()
    assert places.figures() == [("54101", 10), ("54102", 20), ("54102", 20)]
    assert places.standing()[ruta] == "por_aprobar"
    places.load({ruta: RegistroExtracto(publicado_en=date(2022, 6, 1))})
    assert places.figures() == [("54101", 11), ("54102", 20), ("54102", 20)]


@pytest.mark.parametrize("at_once", [True, False], ids=["with it", "waiting before"])
def test_what_the_inbox_proposes_takes_no_overwritten_files_place(places: Places, at_once: bool) -> None:
    """The report is in the inbox with other figures: those that stood in the extracts folder stay, unless dated."""
    (places.extracts / "a.txt").write_text(UNA + OTRA)
    if not at_once:
        (places.inbox / "b.txt").write_text(CHANGED)
    places.load()
    (places.inbox / "b.txt").write_text(CHANGED)
    (places.extracts / "a.txt").write_text(OTRA)
    places.load()
    assert places.figures() == [("54101", 10), ("54102", 20), ("54102", 20)]
    assert places.standing()["inbox://b.txt"] == "por_aprobar"
    places.load({"inbox://b.txt": RegistroExtracto(publicado_en=date(2022, 6, 1))})
    assert places.figures() == [("54101", 11), ("54102", 20), ("54102", 20)]


def test_a_date_that_was_registered_for_the_old_bytes_lets_no_new_ones_count(places: Places) -> None:
    """It goes on being theirs; a later one is the new ones'."""
    may, june = (RegistroExtracto(publicado_en=date(2022, month, 1)) for month in (5, 6))
    (places.extracts / "a.txt").write_text(UNA + OTRA)
    places.load({"a.txt": may})
    (places.extracts / "a.txt").write_text(CHANGED)
    for _ in range(2):
        places.load({"a.txt": may})
        assert places.figures() == [("54101", 10), ("54102", 20), ("54102", 20)]
    places.load({"a.txt": june})
    assert places.figures() == [("54101", 11), ("54102", 20), ("54102", 20)]


def test_the_register_takes_out_what_stands_without_a_file(places: Places) -> None:
    """By the path that it goes by; then the new bytes count alone. Taken back, it stands again."""
    (places.extracts / "a.txt").write_text(UNA + OTRA)
    places.load()
    (places.extracts / "a.txt").write_text(CHANGED)
    places.load()
    entry = {_path("a.txt", UNA + OTRA): RegistroExtracto(rechazado=True)}
    for _ in range(2):
        places.load(entry)
        assert places.figures() == [("54101", 11)]
    places.load()
    assert places.figures() == [("54101", 10), ("54102", 20), ("54102", 20)]


def test_what_the_register_takes_out_holds_no_report(places: Places) -> None:
    """Taken out in the load that finds the report's other pages overwritten: those stand."""
    (places.extracts / "a.txt").write_text(UNA)
    (places.extracts / "b.txt").write_text("FORMA 54101 2022 1\nACCION 300 30 3 6 9 12 3 . . .\n")
    places.load()
    assert places.figures() == [("54101", 10), ("54101", 30)]
    (places.extracts / "a.txt").write_text("una carta\n")
    places.load({"b.txt": RegistroExtracto(rechazado=True)})
    assert places.figures() == [("54101", 10)]


def test_bytes_that_hold_all_reports_replace_at_last(places: Places) -> None:
    """What stood without a file leaves with what had taken its place."""
    for text in (UNA + OTRA, TERCERA, CHANGED + OTRA + TERCERA):
        (places.extracts / "a.txt").write_text(text)
        places.load()
    assert places.live() == [("a.txt", "a.txt")]
    assert places.figures() == [("54101", 11), ("54102", 20), ("54102", 20), ("54109", 10)]


def test_overwritten_twice_it_stands_on_under_one_name(places: Places) -> None:
    """Each of the texts that held a report of its own; the last, a letter, takes none away."""
    for text in (UNA, TERCERA, "una carta\n"):
        (places.extracts / "a.txt").write_text(text)
        places.load()
    assert [path for path, _ in places.live()] == sorted(["a.txt", _path("a.txt", UNA), _path("a.txt", TERCERA)])
    assert places.figures() == [("54101", 10), ("54109", 10)]


def test_restored_it_goes_by_its_path_again(places: Places) -> None:
    """Also where no year was read in between: what is known of its reports is what was known."""
    (places.extracts / "a.txt").write_text(UNA)
    places.load()
    for read_years in (True, False):
        (places.extracts / "a.txt").write_text("una carta\n")
        places.load()
        assert places.figures() == [("54101", 10)]
        (places.extracts / "a.txt").write_text(UNA)
        places.load(read_years=read_years)
        assert places.live() == [("a.txt", "a.txt")]
    (places.extracts / "a.txt").write_text("una carta\n")
    places.load()
    assert places.figures() == [("54101", 10)]


def test_a_load_that_was_killed_before_it_looked_is_made_up_for(places: Places) -> None:
    """The next one looks at what the one before retired."""
    (places.extracts / "a.txt").write_text(UNA)
    places.load()
    (places.extracts / "a.txt").write_text(TERCERA)
    places.load(look=False, read_years=False)
    assert len(places.live()) == 1
    places.load()
    assert places.figures() == [("54101", 10), ("54109", 10)]


def test_what_an_older_release_retired_stays_retired(places: Places) -> None:
    """Somebody may have meant it: nothing of a home changes by upgrading."""
    (places.extracts / "a.txt").write_text(UNA)
    places.load()
    (places.extracts / "a.txt").write_text(TERCERA)
    places.load(look=False)
    places.con.execute("update raw.extractos set por_revisar = false")
    places.load()
    assert places.figures() == [("54109", 10)]
    assert places.lost() == [("a.txt", "54101", 1, 0)]


def test_no_file_has_such_a_path() -> None:
    """Whatever is named like an extract ends in another way."""
    assert overwritten_path("2022/a@b.txt@0123456789abcdef") == "2022/a@b.txt"
    assert overwritten_path("a\nb.txt@0123456789abcdef") == "a\nb.txt"
    assert overwritten_path("a@0123456789abcdef.txt") is None
