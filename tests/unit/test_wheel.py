"""The wheel holds what the command reads, and nothing that belongs to whoever built it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest

from dagster_project.settings import RAIZ

SHIPPED = "dagster_project/shipped/"


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The files of a wheel of this checkout, built offline from a copy."""
    folder = tmp_path_factory.mktemp("rueda")
    source = folder / "avance"
    for part in ("dagster_project", "dbt", "seeds"):
        ignored = shutil.ignore_patterns("__pycache__", "target", "logs", ".user.yml")
        shutil.copytree(RAIZ / part, source / part, ignore=ignored)
    (source / "dbt" / "target").mkdir()
    (source / "dbt" / "target" / "manifest.json").write_text("{}")
    for part in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "requirements.txt"):
        shutil.copy2(RAIZ / part, source)
    options = ["--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


def test_dbt_catalogues_sample_and_lock_come_along(names) -> None:
    """Every file of the two folders that the checkout has under version control."""
    wanted = {path for part in ("dbt", "seeds") for path in (RAIZ / part).rglob("*") if path.is_file()}
    kept = [path for path in wanted if not {"target", "logs"} & set(path.relative_to(RAIZ).parts)]
    shipped = {f"{SHIPPED}{path.relative_to(RAIZ).as_posix()}" for path in kept if not path.name.startswith(".")}
    assert shipped <= names
    assert f"{SHIPPED}requirements.txt" in names


def test_nothing_else_comes_along(names) -> None:
    """Neither what dbt compiled here, nor tests, nor tools."""
    assert not [name for name in names if "/target/" in name or name.startswith(("tests/", "tools/", "dbt/"))]
