"""A known error is said in a sentence with its file and line; a defect of ours keeps its stack."""

from __future__ import annotations

import pytest

from dagster_project.notices.plain_failures import OF_CATALOGUE, OF_DECISION, OF_SETTING, PlainFailure, plain_failure
from dagster_project.reference.entes import EnteError
from dagster_project.settings import engine, get_settings, patience, time_zone, with_csv, worker_count
from dagster_project.tmm_f004.decisions import ContradictedDecisionError
from dagster_project.warehouse.publish.verdict import UncheckedError


@pytest.fixture
def settings(tmp_path):
    return get_settings({"AVANCE_HOME": str(tmp_path), "AVANCE_SEEDS": str(tmp_path / "semillas")})


@pytest.mark.parametrize(
    ("error", "name", "line", "remedy"),
    [
        (ContradictedDecisionError("correcciones.csv, line 2: p2 is said …"), "correcciones.csv", 2, OF_DECISION),
        (ValueError("unidades.csv, line 14: no such day"), "unidades.csv", 14, OF_CATALOGUE),
        (EnteError("entes.csv: missing column(s) nombre"), "entes.csv", None, OF_CATALOGUE),
    ],
    ids=["contradicted decision", "catalogue", "file without a line"],
)
def test_a_seed_that_cannot_be_used_is_named_by_file_and_line(settings, error, name, line, remedy):
    """The message is the command's, the file the one that is read."""
    found = plain_failure(settings, error)
    assert (found.dicho, found.que_hacer) == (str(error), remedy)
    assert (found.archivo, found.linea) == (settings.seeds / name, line)


def test_an_error_of_ours_is_known_without_a_file(settings):
    """A gate that is closed has its own sentence."""
    found = plain_failure(settings, UncheckedError("not published: 1 of 3"))
    assert (found.dicho, found.archivo, found.linea) == ("not published: 1 of 3", None, None)


@pytest.mark.parametrize("read", [patience, worker_count, with_csv, time_zone, engine])
def test_a_setting_that_cannot_be_used_is_named(settings, read):
    """Each says which it is, what stands there and what would do."""
    names = ("AVANCE_QUARTER_DAYS", "AVANCE_WORKERS", "AVANCE_CSV", "AVANCE_TIME_ZONE", "AVANCE_ENGINE")
    with pytest.raises(ValueError, match="AVANCE_") as raised:
        read(dict.fromkeys(names, "pronto"))
    assert plain_failure(settings, raised.value) == PlainFailure(str(raised.value), OF_SETTING)


def test_the_machine_speaks_as_on_the_command_line(settings):
    """A full disk is named with the home."""
    found = plain_failure(settings, OSError(28, "No space left on device"))
    assert f"no room left to write in {settings.home}" in found.dicho


@pytest.mark.parametrize("error", [KeyError("p1"), ValueError("not a place, line 3: x"), ZeroDivisionError("x")])
def test_a_defect_is_not_explained_away(settings, error):
    """Its stack says where it is."""
    assert plain_failure(settings, error) is None
