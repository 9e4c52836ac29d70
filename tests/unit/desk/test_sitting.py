"""A sitting: what is chosen is what is written, said where it cannot be, and taken back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project.desk import sitting as module
from dagster_project.desk.agenda import Agenda, _decided, _keys, _ordered
from dagster_project.desk.items import ChoiceError, Item, Option
from dagster_project.desk.rows import FIELDS, telling
from dagster_project.desk.sitting import OTHER, Sitting
from dagster_project.settings import RAIZ, Settings

HASH = "57c70fbc87124224"
LINE = {"renglon_huella": HASH, "campo": "p2", "impreso": "4", "valor": "2", "archivo": "a.txt", "linea": "5"}
SAID = {"motivo": " El original,\n dice 2 ", "autor": "A. Pérez"}


def row(**other: object) -> Item:
    """A doubtful row with one choice."""
    options = (Option("Lectura 1", (("correcciones.csv", LINE),)),)
    item = Item("renglon", (HASH,), "acción 1", 9, "a.txt, línea 5", "1 4 2", options)
    return replace(item, typed={"p2": "4", "a2": ""}, base=("correcciones.csv", LINE), **other)


def file_of(ruta: str) -> Item:
    """A report that waits."""
    options = (
        Option("Cuenta", (("extractos.csv", {"ruta": ruta, "publicado_en": ""}),), asks="publicado_en"),
        Option("Se retira", (("extractos.csv", {"ruta": ruta, "publicado_en": "rechazado"}),)),
    )
    return Item("reporte", (ruta,), ruta, 80, ruta, "", options)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A sitting on the shipped seeds, at which a row and a file are open until a line decides them."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("extracts"))

    def agenda(settings: Settings, _: object) -> Agenda:
        done = _decided(settings.seeds)
        return Agenda("1", tuple(i for i in _ordered([row(), file_of("b.txt")]) if not _keys(i) & done))

    monkeypatch.setattr(module, "agenda_of", agenda)
    return Sitting(Settings(tmp_path / "home", tmp_path, tmp_path, own_seeds=tmp_path / "seeds"))


def added(desk: Sitting, name: str) -> list[str]:
    """The lines of a file that the shipped one lacks."""
    before = (RAIZ / "seeds" / name).read_text().splitlines()
    return [line for line in (desk.settings.seeds / name).read_text().splitlines() if line not in before]


def test_a_hash_in_capitals_decides_the_same_row(desk: Sitting) -> None:
    """A person's spreadsheet wrote it; the run takes it so."""
    path = desk.settings.seeds / "correcciones.csv"
    path.write_text(f"{path.read_text()}{HASH.upper()},p2,4,2,x,A,2024-01-01,a.txt,5\n")
    assert [item.kind for item in desk.agenda().items] == ["reporte"]


def test_what_holds_most_figures_is_first(desk: Sitting) -> None:
    """The file of ten rows before the one row."""
    assert [item.kind for item in desk.agenda().items] == ["reporte", "renglon"]


def test_a_choice_is_one_line_signed_and_comes_off(desk: Sitting) -> None:
    """Whatever is in the reason; the item is open no more until it is undone."""
    today = module.today().isoformat()
    before = (desk.settings.seeds / "correcciones.csv").read_bytes()
    decision = desk.decide(row().id, "1", SAID)
    assert added(desk, "correcciones.csv") == [f'{HASH},p2,4,2,"El original, dice 2",A. Pérez,{today},a.txt,5']
    assert desk.item(row().id) is None
    assert desk.undo() == decision
    assert (desk.settings.seeds / "correcciones.csv").read_bytes() == before
    assert desk.item(row().id) == row()
    assert desk.undo() is None


def test_another_value_than_any_choice_has(desk: Sitting) -> None:
    """With what is printed of that figure."""
    desk.decide(row().id, OTHER, {**SAID, "campo": "a2", "valor": "1.5"})
    assert added(desk, "correcciones.csv")[0].startswith(f"{HASH},a2,,1.5,")


def test_a_file_counts_from_the_date_given(desk: Sitting) -> None:
    """In the register, with the reason and who gives it as its source."""
    with pytest.raises(ChoiceError, match="fecha"):
        desk.decide(file_of("b.txt").id, "1", SAID)
    desk.decide(file_of("b.txt").id, "1", {**SAID, "publicado_en": "2022-06-01"})
    (line,) = added(desk, "extractos.csv")
    assert line.startswith('b.txt,,2022-06-01,"El original, dice 2 (A. Pérez, ')


@pytest.mark.parametrize(
    ("choice", "said", "why"),
    [
        ("1", {"motivo": " "}, "motivo"),
        ("1", {"autor": ""}, "nombre"),
        ("2", {}, "opción"),
        ("x", {}, "opción"),
        (OTHER, {"campo": "p9", "valor": "1"}, "campo"),
        (OTHER, {"campo": "a2", "valor": " "}, "escriba 0"),
        (OTHER, {"campo": "a2", "valor": "uno"}, "'uno' is no figure"),
    ],
)
def test_what_cannot_be_written_is_said(desk: Sitting, choice: str, said: dict[str, str], why: str) -> None:
    """And nothing is: neither in the files nor in the sitting."""
    with pytest.raises(ValueError, match=why):
        desk.decide(row().id, choice, {**SAID, **said})
    assert added(desk, "correcciones.csv") == []
    assert desk.decisions == []


def test_the_fewest_figures_that_tell_a_reading_from_the_others() -> None:
    """One where one will do; blank and nought are the same."""
    reading = dict.fromkeys(FIELDS) | {"p3": Decimal(48), "p4": Decimal(46)}
    swapped = dict.fromkeys(FIELDS) | {"p3": Decimal(46), "p4": Decimal(48)}
    more = dict.fromkeys(FIELDS, Decimal(0)) | {"p2": Decimal(2), "p3": Decimal(48), "p4": Decimal(48)}
    assert telling(reading, [swapped, more]) == {"p4"}
    assert telling(reading, [reading | {"p1": Decimal(0)}]) == set()


def test_what_changed_since_it_was_shown_is_not_written(desk: Sitting) -> None:
    """The second choice of a page may be another line by now: its digest says so."""
    before = (desk.settings.seeds / "correcciones.csv").read_bytes()
    with pytest.raises(ChoiceError, match="cambió"):
        desk.decide(row().id, "1", {**SAID, "huella": "0" * 16})
    assert (desk.settings.seeds / "correcciones.csv").read_bytes() == before
    desk.decide(row().id, "1", {**SAID, "huella": row().options[0].digest})


def test_a_page_that_shows_an_older_decision_takes_nothing_back(desk: Sitting) -> None:
    """Another person's came after it."""
    decision = desk.decide(row().id, "1", SAID)
    with pytest.raises(ChoiceError, match="ya es otra"):
        desk.undo("otro")
    assert desk.undo(row().id) == decision
