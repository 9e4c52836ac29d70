"""A home is taken only where nobody else may put anything into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dagster_project.warehouse.db.home import HomeRefusedError, ensure_home
from dagster_project.warehouse.db.lock import writer_lock


def test_a_home_is_made_closed_and_taken_again(tmp_path: Path) -> None:
    """0700; a group that somebody let look stays let in."""
    home = ensure_home(tmp_path / "a" / "home")
    assert home.stat().st_mode & 0o777 == 0o700
    home.chmod(0o750)
    assert ensure_home(home).stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702, 0o1777])
def test_a_home_that_others_may_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    """Before the lock is taken or a file read; with what to do."""
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(mode)
    with pytest.raises(HomeRefusedError, match="chmod go-w"), writer_lock(home):
        pass
    assert not list(home.iterdir())


def test_a_home_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its dagster.yaml may name a module that would run as us."""
    (tmp_path / "home").mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(HomeRefusedError, match="this is user 12345"):
        ensure_home(tmp_path / "home")


@pytest.mark.parametrize("name", ["ho[m]e", "home*", "home?"])
def test_a_path_that_is_a_pattern_is_refused(tmp_path: Path, name: str) -> None:
    """Dagster would not find its configuration there: telemetry on, several runs at once."""
    with pytest.raises(HomeRefusedError, match="pattern"):
        ensure_home(tmp_path / name)
    assert not list(tmp_path.iterdir())
