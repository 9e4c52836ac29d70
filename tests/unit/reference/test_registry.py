"""The register of extracts: read whole or refused with the line that is wrong."""

from datetime import date
from pathlib import Path

import pytest

from dagster_project.reference.registry import RegistroExtracto, RegistryError, entry_of, load_registry
from dagster_project.settings import get_settings


def _write(folder: Path, text: str) -> Path:
    (folder / "extractos.csv").write_text("ruta,ente_codigo,publicado_en,fuente\n" + text, encoding="utf-8")
    return folder


def test_reads_what_is_said_and_leaves_out_what_is_not(tmp_path: Path) -> None:
    """Blank cells are unknown, not empty texts."""
    found = load_registry(_write(tmp_path, "2022/a.txt,02002,2022-04-30,portal\nb.txt,,,\n"))
    assert found == {
        "2022/a.txt": RegistroExtracto("02002", date(2022, 4, 30)),
        "b.txt": RegistroExtracto(None, None),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a.txt,,30/04/2022,\n", "line 2: '30/04/2022' is no date", id="date"),
        pytest.param("a.txt,,,\na.txt,,,\n", "line 3: path 'a.txt'", id="twice"),
        pytest.param(",,,\n", "line 2: path ''", id="no-path"),
        pytest.param("a.txt,2002,,\n", "line 2: '2002' is no INEGI key", id="ente"),
        pytest.param("2022/,02002,2022-04-30,\n", "line 2: a folder has no publication date", id="dated-folder"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    """Guessing a date would change which report counts."""
    with pytest.raises(RegistryError, match=message):
        load_registry(_write(tmp_path, text))


def test_a_folder_says_whose_the_files_below_it_are(tmp_path: Path) -> None:
    """The nearest folder that says so, unless the file's own line does; a date is a file's own."""
    lines = "2022/,02002,,\n2022/tijuana/,02004,,\n2022/tijuana/b.txt,,2022-04-30,\n2022/tijuana/c.txt,02001,,\n"
    register = load_registry(_write(tmp_path, lines))
    assert {ruta: entry_of(register, ruta).ente_codigo for ruta in ("2022/x/a.txt", "2022/tijuana/b.txt", "b.txt")} == {
        "2022/x/a.txt": "02002", "2022/tijuana/b.txt": "02004", "b.txt": None,
    }  # fmt: skip
    assert entry_of(register, "2022/tijuana/b.txt").publicado_en == date(2022, 4, 30)
    assert entry_of(register, "2022/tijuana/c.txt").ente_codigo == "02001"


def test_a_path_is_the_same_in_either_form_of_its_accents(tmp_path: Path) -> None:
    """One system writes an accent as a letter of its own."""
    register = load_registry(_write(tmp_path, "Gesti\u006f\u0301n.txt,02002,,\n"))
    for ruta in ("Gesti\u00f3n.txt", "Gesti\u006f\u0301n.txt"):
        assert entry_of(register, ruta).ente_codigo == "02002"


def test_a_file_of_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    """As a spreadsheet of an office saves it."""
    _write(tmp_path, "a.txt,,,\n")
    path = tmp_path / "extractos.csv"
    path.write_bytes(path.read_bytes() + "b.txt,,,señas\n".encode("latin-1"))
    with pytest.raises(RegistryError, match=r"extractos\.csv, line 3: is not UTF-8"):
        load_registry(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """A spreadsheet saved with other headings is refused."""
    (tmp_path / "extractos.csv").write_text("ruta,fecha\n")
    with pytest.raises(RegistryError, match="ente_codigo, publicado_en, fuente"):
        load_registry(tmp_path)


def test_the_register_of_the_project_can_be_read() -> None:
    """Every path in it is that of an extract, or folder of them, that is there."""
    settings = get_settings({})
    assert all((settings.extracts / ruta).exists() for ruta in load_registry(settings.seeds))
