"""A file that changed and changed back was touched; one that was only read was not."""

from pathlib import Path

import pytest

from dagster_project.warehouse.state.fingerprint import stamp


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "unidades.csv").write_text("54101,Dirección\n", encoding="utf-8")
    return tmp_path / "seeds"


def test_reading_touches_nothing(seeds: Path) -> None:
    before = stamp([seeds, seeds / "no folder"])
    (seeds / "unidades.csv").read_bytes()
    assert stamp([seeds, seeds / "no folder"]) == before


@pytest.mark.parametrize("way", ["written over", "put in its place", "gone and back"])
def test_a_file_that_changed_and_changed_back_was_touched(seeds: Path, way: str) -> None:
    """Its content is what it was, and so may its time of writing be."""
    file, held = seeds / "unidades.csv", (seeds / "unidades.csv").read_bytes()
    before = stamp([seeds])
    if way == "written over":
        file.write_bytes(b"54101,Otra\n")
        file.write_bytes(held)
    elif way == "put in its place":
        other = seeds.parent / "other.csv"
        other.write_bytes(held)
        other.replace(file)
    else:
        file.unlink()
        file.write_bytes(held)
    assert file.read_bytes() == held
    assert stamp([seeds]) != before


def test_what_tools_write_beside_it_is_passed_over(seeds: Path) -> None:
    (seeds / "target").mkdir()
    before = stamp([seeds])
    (seeds / "target" / "manifest.json").write_text("{}", encoding="utf-8")
    assert stamp([seeds]) == before


def test_python_keeps_compiled_code_beside_code_while_a_run_reads_it(seeds: Path) -> None:
    """The first run of a checkout made those folders, was not taken for the last good one, and the next did it all
    again; a file that came and went in a folder of data is news all the same."""
    before, of_data = stamp((), [seeds]), stamp([seeds])
    (seeds / "__pycache__").mkdir()
    assert stamp((), [seeds]) == before
    assert stamp([seeds]) != of_data
    (seeds / "more.py").touch()
    assert stamp((), [seeds]) != before
