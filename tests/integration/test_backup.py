"""A backup through the command: between two runs, and back on another path, where the next run has nothing to do."""

import os
from dataclasses import replace

import pytest

from checks.faults import content
from checks.faults.backups import by_another_user
from dagster_project.warehouse.db.lock import writer_lock


@pytest.fixture(scope="module")
def backed_up(loaded, tmp_path_factory):
    """The loaded home, a backup of it, and what the command said."""
    first, _ = loaded
    folder = tmp_path_factory.mktemp("respaldo")
    done = first.avance("backup", str(folder / "copia"))
    assert done.returncode == 0, done.stdout + done.stderr
    return first, folder / "copia", done.stdout


def test_a_restored_home_is_equal_and_the_next_run_confirms_it(backed_up, tmp_path):
    """Warehouse, marts and files row by row; the run looks at every hash and finds nothing changed."""
    first, copy, said = backed_up
    assert "was read again and is as it was" in " ".join(said.split())
    other = replace(first, home=tmp_path / "otra")
    done = other.avance("restore", str(copy))
    assert done.returncode == 0, done.stdout + done.stderr
    assert content.version_fault(other.home) is None
    assert content.difference(content.content(first.home), content.content(other.home)) is None
    again = other.avance("run")
    assert again.returncode == 0, again.stdout
    assert "confirmed: " in " ".join(again.stdout.split())


def test_a_run_at_work_is_named(casa, tmp_path):
    """Asked not to wait, it ends with 2 and nothing is left of the backup."""
    with writer_lock(casa.home, what="una corrida"):
        env = os.environ.pop("AVANCE_WRITER_TOKEN")  # a child of ours would write on our behalf
        done = casa.avance("backup", str(tmp_path / "copia"), "--wait", "0")
        os.environ["AVANCE_WRITER_TOKEN"] = env
    assert done.returncode == 2
    assert "una corrida" in done.stdout
    assert not (tmp_path / "copia").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user takes a superuser")
def test_another_user_restores_a_backup_that_is_given_to_him(backed_up, tmp_path):
    """All of the home is his, it is equal, and the next run of his confirms it."""
    first, copy, _ = backed_up
    for folder in (tmp_path, *tmp_path.parents, *first.extracts.parents):
        if folder.stat().st_mode & 0o005 == 0:
            folder.chmod(0o711)
    result = by_another_user(copy, tmp_path / "ajena", first.extracts, content.content(first.home))
    assert result.ok, result.observed
