"""Where things live, by default and as the environment says."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app
from dagster_project.settings import RAIZ, get_settings, time_zone, worker_count


def test_defaults_stay_inside_the_project() -> None:
    """Nothing set: state under var/, extracts under seeds/, no ente supposed."""
    settings = get_settings({})
    assert settings.home == RAIZ / "var"
    assert settings.extracts == RAIZ / "seeds" / "extracts"
    assert settings.inbox == RAIZ / "var" / "inbox"
    assert settings.seeds == settings.shipped_seeds == RAIZ / "seeds"
    assert settings.ente is None
    assert settings.warehouse == RAIZ / "var" / "warehouse.duckdb"


def test_everything_follows_the_home(tmp_path: Path) -> None:
    """AVANCE_HOME moves the warehouse, the published versions, the reports, Dagster and the inbox."""
    settings = get_settings({"AVANCE_HOME": str(tmp_path)})
    places = (settings.warehouse, settings.published, settings.data_docs, settings.dagster_home, settings.inbox)
    assert all(place.parent == tmp_path for place in places)


@pytest.mark.parametrize("variable", ["AVANCE_HOME", "AVANCE_EXTRACTS", "AVANCE_INBOX", "AVANCE_SEEDS"])
def test_a_relative_path_becomes_absolute(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dagster and dbt change directories, so a relative path is fixed where it was given."""
    monkeypatch.chdir(tmp_path)
    settings = get_settings({variable: "donde/sea"})
    place = {"AVANCE_HOME": settings.home, "AVANCE_EXTRACTS": settings.extracts, "AVANCE_INBOX": settings.inbox}
    place |= {"AVANCE_SEEDS": settings.seeds}
    assert place[variable] == tmp_path / "donde" / "sea"


@pytest.mark.parametrize("variable", ["AVANCE_HOME", "AVANCE_EXTRACTS", "AVANCE_INBOX", "AVANCE_SEEDS"])
def test_the_folder_of_a_user_who_has_none_is_named(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was a traceback; a service's user that has none either is no matter where the home is named."""
    monkeypatch.setenv(variable, "~nobody-of-that-name/x")
    with pytest.raises(ValueError, match=f"{variable} is '~nobody-of-that-name/x'"):
        get_settings()
    done = CliRunner().invoke(app, ["status"])
    assert (done.exit_code, variable in done.output) == (2, True)


@pytest.mark.parametrize(("given", "ente"), [("02002", "02002"), (" 02002 ", "02002"), ("  ", None)])
def test_a_blank_ente_supposes_nothing(given: str, ente: str | None) -> None:
    """A variable set to blanks is as good as unset."""
    assert get_settings({"AVANCE_ENTE": given}).ente == ente


@pytest.mark.parametrize(
    ("environ", "zone"),
    [
        ({}, "America/Tijuana"),
        ({"AVANCE_ENTE": "02002"}, "America/Tijuana"),
        ({"AVANCE_ENTE": "19039"}, "America/Mexico_City"),
        ({"AVANCE_ENTE": "26030"}, "America/Hermosillo"),
        ({"AVANCE_ENTE": "08037", "AVANCE_TIME_ZONE": "America/Ciudad_Juarez"}, "America/Ciudad_Juarez"),
    ],
    ids=["nothing", "baja-california", "nuevo-leon", "sonora", "said"],
)
def test_the_clock_is_that_of_the_entes_state_unless_said(environ: dict[str, str], zone: str) -> None:
    assert time_zone(environ) == zone


def test_a_time_zone_that_is_none_is_refused() -> None:
    """It would end up in SQL, and a wrong one would date loads wrongly in silence."""
    with pytest.raises(ValueError, match="AVANCE_TIME_ZONE is 'Tijuana'"):
        time_zone({"AVANCE_TIME_ZONE": "Tijuana"})


@pytest.mark.parametrize(("given", "count"), [("1", 1), (" 12 ", 12)])
def test_a_load_reads_with_as_many_processes_as_are_asked_for(given: str, count: int) -> None:
    """Without the setting there are as many as cores, at least one."""
    assert worker_count({"AVANCE_WORKERS": given}) == count
    assert worker_count({}) >= 1
