"""A run is confirmed only if it would come out the same and all that it made is still there."""

import pytest

from dagster_project.command import skip_unchanged
from dagster_project.defs.unchanged import inputs_hash
from dagster_project.notices.run_facts import RunFacts
from dagster_project.settings import get_settings
from dagster_project.sources import ocr
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.publish import verify
from dagster_project.warehouse.publish.versions import publish
from dagster_project.warehouse.state import fingerprint


@pytest.fixture
def settings(tmp_path):
    """A home whose last good run was made of "these"."""
    found = get_settings({"AVANCE_HOME": str(tmp_path / "home")})
    with open_warehouse(found.warehouse) as con:
        con.execute("create schema marts; create table marts.dim_unidad as select 1 as unidad")
    version = publish(found.warehouse, found.published, "corrida", {})
    skip_unchanged.remember(
        found, "these", RunFacts("corrida", True, publication={"version": version.version}), {"dbt": 1.0}
    )
    return found


def test_the_same_run_is_confirmed(settings):
    """What it did and how long its stages took are known from its note."""
    known = skip_unchanged.last_good_run(settings, "these")
    assert known is not None
    assert known.seconds == {"dbt": 1.0}


def test_published_files_are_read_only_of_a_run_that_would_be_the_same(settings, monkeypatch):
    """A gigabyte may be published: no run that has work to do reads it first."""

    def read(path):
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(verify, "file_sha256", read)
    assert skip_unchanged.last_good_run(settings, "others") is None
    with pytest.raises(AssertionError, match="was read"):
        skip_unchanged.last_good_run(settings, "these")


@pytest.mark.parametrize("damage", ["changed", "gone", "the fixed name"])
def test_a_published_file_that_is_not_what_it_was_confirms_nothing(settings, damage):
    """The next run makes it again."""
    file = next(settings.published.glob("*/dim_unidad.csv"))
    if damage == "changed":
        file.write_bytes(file.read_bytes() + b"2\n")
    elif damage == "gone":
        file.unlink()
    else:
        (settings.published / "avance.duckdb").unlink()
    assert skip_unchanged.last_good_run(settings, "these") is None


def test_without_a_warehouse_nothing_is_confirmed(settings):
    """Who removes it gets it made anew by the next run, not an error from every one."""
    settings.warehouse.unlink()
    assert skip_unchanged.last_good_run(settings, "these") is None


def test_a_run_is_not_the_same_once_an_engine_for_images_is_there(settings, monkeypatch):
    """``make ocr`` after a run that refused a scan: the next one reads it."""
    before = inputs_hash(settings, None)
    fingerprint.sources_fingerprint.cache_clear()
    monkeypatch.setattr(fingerprint, "is_installed", lambda: not ocr.is_installed())
    try:
        assert inputs_hash(settings, None) != before
    finally:
        fingerprint.sources_fingerprint.cache_clear()
