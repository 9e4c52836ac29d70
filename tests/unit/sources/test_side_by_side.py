"""Pages looked at by several children: each once, as they come; one that fails ends the others."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources import child_run, side_by_side
from dagster_project.sources.child_run import Limits
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.side_by_side import looked_at, workers_for

LIMITS = Limits(memory=2_000 * 1024**2, seconds=60, silence=60)

CHILD = f"""
import json, os, sys, time
sys.path.insert(0, {str(RAIZ)!r})
from dagster_project.sources.document import Page
from dagster_project.sources.wire import End, Refused, line_of
def say(message):
    sys.stdout.buffer.write(line_of(message)); sys.stdout.flush()
open(os.path.join({{folder!r}}, str(os.getpid())), "w")
only = json.loads(sys.argv[1])["only"]
for number in only:
    {{act}}
    say(Page(number, dpi=200))
say(End())
"""

Program = Callable[[str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A child in the engine's place, which does something before it says each page; gives the folder of their ids."""

    def put(act: str) -> Path:
        folder = tmp_path / "ids"
        folder.mkdir()
        path = tmp_path / "child.py"
        path.write_text(CHILD.format(folder=str(folder), act=act), encoding="utf-8")
        monkeypatch.setattr(child_run, "PROGRAM", path)
        return folder

    return put


def numbers(pages: Sequence[int], workers: int) -> list[int]:
    return [page.number for page in looked_at(b"", LIMITS, pages, workers)]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_each_page_is_looked_at_once(program: Program, workers: int) -> None:
    folder = program("pass")
    assert sorted(numbers([2, 3, 5, 8, 9], workers)) == [2, 3, 5, 8, 9]
    assert len(list(folder.iterdir())) == workers


def test_pages_come_as_they_are_looked_at(program: Program) -> None:
    """The second child is done long before the first."""
    program("time.sleep(1.5 if number == 1 else 0)")
    assert numbers([1, 2, 3, 4], 2)[:2] == [2, 4]


def test_a_refusal_of_one_ends_the_others(program: Program) -> None:
    """Not after the page at hand: at once."""
    folder = program('say(Refused("documento_danado", "no")) if number == 2 else time.sleep(60)')
    begun = time.monotonic()
    with pytest.raises(RefusedFileError, match="no"):
        numbers([1, 2], 2)
    assert time.monotonic() - begun < 10
    assert [path.name for path in folder.iterdir() if _is_alive(int(path.name))] == []


def test_a_page_that_was_not_said_is_a_refusal(program: Program) -> None:
    program("if number == 3: continue")
    with pytest.raises(RefusedFileError, match="nonsense"):
        numbers([1, 3], 1)


@pytest.mark.parametrize(
    ("pages", "most", "free_gb", "workers"),
    [(11, 2, 20.0, 2), (11, 8, 20.0, 5), (1, 8, 20.0, 1), (11, 8, 4.6, 3), (11, 8, 0.0, 1), (11, 1, 20.0, 1)],
)
def test_children_are_as_many_as_cores_memory_and_pages_allow(
    monkeypatch: pytest.MonkeyPatch, pages: int, most: int, free_gb: float, workers: int
) -> None:
    monkeypatch.setattr(side_by_side, "free_bytes", lambda: int(free_gb * 1024**3))
    assert workers_for(pages, most) == workers


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
