"""The faults in the form that every test run affords: some kills of steps, a small disk, a closed home, two writers.

``make faults`` does the rest: whole loads killed in every stage, and hundreds of everything.
"""

import json
import subprocess
import sys

import pytest
from rich.console import Console

from checks.faults import homes, kills, readers, worlds, writers
from checks.faults.table import Result, show, verdict
from checks.faults.whole import Kill
from dagster_project.settings import RAIZ

SEED = 20260101

# A publication that points to a file while it is half written, and passes a place there.
DEFECT = """
import sys
from dagster_project.warehouse.publish import versions
def hasty(con, tables, held, published, *rest):
    named = make(con, tables, held, published, *rest)
    file = published / named.archivos[1].ruta
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    point_to(published, named)
    versions._sync_file(published)
    file.write_bytes(whole)
    return named
make, versions._make, point_to = versions._make, hasty, versions._point_to
from checks.faults import steps
sys.exit(steps.main())
"""


def test_killed_steps_leave_a_whole_version_and_are_repaired():
    """kill -9 at named places and random moments of load and publication: nothing lost, nothing in part."""
    done = list(kills.steps(10, SEED))
    assert sum(int(row.case.split()[0]) for row in done) == 10
    assert not [row for row in done if not row.ok]


@pytest.mark.long
def test_the_kills_see_a_publication_that_is_not_atomic():
    """The same kills of a publication made to point at files that are not whole yet: they say so."""
    place = "versions._sync_file begins"
    command = [sys.executable, "-c", DEFECT, "--seed", str(SEED), "--only", place]
    done = subprocess.run(command, cwd=RAIZ, capture_output=True, text=True, check=True, timeout=300)
    killed = [json.loads(line) for line in done.stdout.splitlines()[1:]]
    assert all(kill["killed"] for kill in killed)
    assert any("not what the manifest says" in (kill["fault"] or "") for kill in killed)


@pytest.mark.parametrize(
    ("words", "harm"),
    [("no room left", homes.small_files(homes.MIB)), ("belongs to user", homes.closed)],
    ids=["no room", "no right"],
)
def test_a_home_that_fails_is_said_in_words(casa, words, harm):
    """No room or no right to write: what and where, what was kept, what to do; the version stays; no traceback."""
    for folder in (casa.home.parent, *casa.home.parent.parents):
        if folder.stat().st_mode & 0o005 == 0:
            folder.chmod(0o711)
    result = homes.harmed("a loaded home", words, casa.home, harm, casa.extracts)
    assert result.ok, result.observed
    assert casa.query("select count(*) > 0 from marts.fct_avance") == [(True,)]


def test_nobody_else_may_look_into_a_home(loaded):
    """Whatever a run makes is its user's alone, but what is published, which its group may read."""
    casa, _ = loaded
    assert homes.who_may_look(casa.home).ok, homes.who_may_look(casa.home).observed


@pytest.mark.parametrize("full", [True, False], ids=["full", "reduced"])
def test_a_load_that_ended_before_its_kill_is_made_up_for(monkeypatch, full):
    """As many are struck as were asked for, however many were too quick, and none is struck beyond."""
    asked, struck = [], iter([False, True, True, False, True])

    def at_home(start, rng, times):
        asked.append(times)
        for _ in range(times):
            yield Kill("publishing", 0.5, "a loaded home", next(struck), None, 0.0)

    start = worlds.Start("a loaded home", None, {}, [])
    monkeypatch.setattr(worlds, "from_loaded", lambda: start)
    monkeypatch.setattr(worlds, "from_nothing", lambda: start)
    monkeypatch.setattr(kills, "whole_kill", at_home)
    done = list(kills.whole(3, SEED, full))
    assert (done[-1].observed, done[-1].ok) == ("3 struck", True)
    assert asked == ([1, 1, 1, 1, 1] if full else [3, 1, 1])


def test_small_writers_at_once_lose_nothing():
    """Processes that open the warehouse in turn, as fast as they can: every addition is there."""
    well, observed = writers.additions(processes=3, times=5)
    assert well, observed


def test_readers_never_see_an_error_or_two_versions():
    """Through five publications, by the fixed name, by the pointer, from Parquet, and on a connection held."""
    done = list(readers.cases(5, readers.this_client()))
    assert len(done) == len(readers.HOWS)
    assert not [row for row in done if not row.ok]


def test_the_tables_say_what_is_not_well(capsys):
    """One row a case; the last line promises only what held."""
    good, bad = Result("kills", "one", "x", "y", True, 1.0), Result("kills", "two", "x", "[z]", False, 2.0)
    show(Console(width=120), [good, bad])
    said = capsys.readouterr().out
    assert "ok" in said
    assert "NOT OK" in said
    assert "[z]" in said
    assert verdict([good]).endswith("zero rows lost, zero partial publishes, zero unhandled exceptions")
    assert verdict([good, bad]) == "1 of 2 cases NOT OK: kills/two"
    assert verdict([]) == "nothing was tried"
