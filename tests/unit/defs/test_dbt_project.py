"""The manifest that a build is given: of the project as it is, also in a home that was moved or copied."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.defs.dbt_project import _refuse_overwriting
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


def test_a_home_from_which_dbt_would_write_over_the_seeds_is_refused(tmp_path):
    """dbt writes below its target by the seed's relative path, and as many ``..`` lead back to the seeds."""
    project, seeds = tmp_path / "p" / "q" / "r" / "s" / "avance" / "dbt", tmp_path / "seeds"
    project.mkdir(parents=True)
    seeds.mkdir()
    settings = Settings(tmp_path / "a" / "b" / "home", tmp_path, tmp_path, root=project.parent, own_seeds=seeds)
    with pytest.raises(RuntimeError, match="would write over"):
        _refuse_overwriting(settings, os.path.relpath(seeds, project))
    _refuse_overwriting(replace(settings, home=tmp_path / "home"), os.path.relpath(seeds, project))
