"""A load whose processes are killed while they parse, or read a year, leaves the rows of one that was not."""

import random
from pathlib import Path

import pytest

from benchmarks import killed
from benchmarks.spread import differences, load, write_corpus


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with extracts and the home of a load by itself."""
    folder = tmp_path_factory.mktemp("plain")
    write_corpus(folder / "extracts", 150, 5)
    load(folder / "home", folder / "extracts", None)
    return folder


@pytest.mark.parametrize("step", ["parse_files", "read_pool"])
def test_rows_are_those_of_a_load_by_itself(
    step: str, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the load lives through it or the next one does."""
    monkeypatch.setattr(killed, "PAUSES", (0.0, 1.0))
    said = killed.killed_load(tmp_path / "home", plain / "extracts", None, step, 3, random.Random(step))
    assert int(said.split()[0]) > 0
    assert {table: n for table, n in differences(plain / "home", tmp_path / "home").items() if n} == {}
