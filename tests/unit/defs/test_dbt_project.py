"""The manifest that a build is given: of the project as it is, also in a home that was moved or copied."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.defs.dbt_project import seed_path, target_path
from dagster_project.settings import Settings, get_settings


@pytest.fixture
def moved(project: object, tmp_path: Path) -> Settings:
    """A home with what dbt keeps of the project, copied from the one in which it was parsed."""
    settings = get_settings()
    kept = settings.home / "dbt"
    (tmp_path / "dbt").mkdir()
    for name in ("manifest.sha256", "partial_parse.msgpack"):
        shutil.copy2(kept / name, tmp_path / "dbt")
    return replace(settings, home=tmp_path)


def test_a_copied_home_keeps_its_manifest(moved: Settings) -> None:
    """dbt itself would read the whole project anew, as the path of the warehouse is another: a quarter of a load."""
    from dagster_project.defs.dbt_project import parsed_manifest

    parsed_manifest(moved)  # the one that this process has parsed, if it was the first
    kept = parsed_manifest(moved)
    assert kept is not None
    assert "model.avance.fct_avance" in kept.nodes
    assert kept.flat_graph["nodes"]


@pytest.mark.parametrize("harm", ["another project", "half a file", "no file"])
def test_what_is_not_of_this_project_is_left_to_dbt(moved: Settings, harm: str) -> None:
    """A release, a catalogue or a model changed, or the writing was killed: dbt reads the project."""
    from dagster_project.defs.dbt_project import parsed_manifest

    parsed_manifest(moved)
    file = moved.home / "dbt" / "partial_parse.msgpack"
    if harm == "another project":
        (moved.home / "dbt" / "manifest.sha256").write_text("0" * 64)
    elif harm == "half a file":
        file.write_bytes(file.read_bytes()[:-100])
    else:
        file.unlink()
    assert parsed_manifest(moved) is None


@pytest.mark.parametrize("project", ["code/dbt", "code/lib/python3/site-packages/shipped/dbt", "dbt"])
@pytest.mark.parametrize("seeds", ["code/seeds", "seeds", "a/b/c/seeds"])
@pytest.mark.parametrize("home", ["home", "a/b/home", "code/var"])
def test_what_dbt_runs_for_a_seed_lands_in_the_home(project: str, seeds: str, home: str, tmp_path: Path) -> None:
    """dbt joins a seed's path, with all its ``..``, to its own folder: seen to write SQL over the catalogues."""
    root = (tmp_path / project).parent
    settings = Settings(tmp_path / home, tmp_path, tmp_path, root=root, own_seeds=tmp_path / seeds)
    for folder in (settings.dbt_project, settings.seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for made in ("run", "compiled"):
        landing = Path(os.path.normpath(target_path(settings) / made / "avance" / seed_path(settings)))
        assert landing.is_relative_to(settings.home)
        assert landing != settings.seeds
