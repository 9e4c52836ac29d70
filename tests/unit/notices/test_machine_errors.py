"""What the machine does to a run is recognised in the words of whoever met it first."""

from contextlib import suppress

import pytest

from dagster_project.notices.machine_errors import diagnose, error_chain
from dagster_project.settings import get_settings
from dagster_project.warehouse.db.lock import HomeGoneError, writer_lock


@pytest.fixture
def settings(tmp_path):
    found = get_settings({"AVANCE_HOME": str(tmp_path / "home")})
    found.dagster_home.mkdir(parents=True)
    return found


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("[Errno 28] No space left on device: '/x/run.log'", "no room left"),
        ('IO Error: Could not write to file "w.duckdb": No space left on device', "no room left"),
        ("(sqlite3.OperationalError) database or disk is full", "no room left"),
        ("[Errno 27] File too large", "no room left"),
        ("[Errno 122] Disk quota exceeded", "no room left"),
        ("[Errno 30] Read-only file system: '/x'", "may not write"),
        ("(sqlite3.OperationalError) attempt to write a readonly database", "may not write"),
        ("[Errno 13] Permission denied: '/x/writer.lock'", "may not write"),
        ("/x was removed or replaced while this run was at work in it", "run again and everything is built"),
    ],
)
def test_each_says_what_it_is_and_where(settings, said, wanted):
    """Python, DuckDB and SQLite each say it in their own way; the home is named."""
    found = diagnose(settings, said)
    assert found is not None
    assert wanted in found
    assert str(settings.home) in found
    assert "run again" in found


def test_a_missing_file_is_the_home_gone_only_where_it_is_gone(settings):
    """Without the home a file that cannot be opened means that it was removed; with it, something else."""
    said = "(sqlite3.OperationalError) unable to open database file"
    assert diagnose(settings, said) is None
    settings.dagster_home.rmdir()
    assert "was removed" in str(diagnose(settings, said))


def test_a_home_in_the_place_of_another_is_the_home_gone(settings):
    """Another run made it anew: its files are there, and none of them are this run's."""
    said = "(sqlite3.OperationalError) unable to open database file"
    with suppress(HomeGoneError), writer_lock(settings.home):
        assert diagnose(settings, said) is None
        settings.home.rename(settings.home.with_name("before"))
        settings.dagster_home.mkdir(parents=True)
        found = diagnose(settings, said)
        assert found is not None
        assert "was removed or replaced" in found


def test_other_failures_keep_their_own_words(settings):
    """A failed check or a broken model is not the machine's doing."""
    assert diagnose(settings, "dbt model fct_avance: Conversion Error") is None


def test_words_of_an_error_hold_its_causes():
    """Outermost first, each once."""
    error = RuntimeError("could not record the event")
    error.__cause__ = OSError(28, "No space left on device")
    assert error_chain(error) == "could not record the event\n[Errno 28] No space left on device"
