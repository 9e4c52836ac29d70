"""What pyproject.toml cannot say: the wheel holds dbt/, seeds/ and the lock, which lie beside the package.

Not here: the package and what it needs (pyproject.toml). Installed, they stand in ``dagster_project/shipped``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithData(build_py):
    """The package as it is built, and what it reads."""

    def run(self) -> None:
        """Copy what lies beside the package into it, but for an installation that leads to the checkout."""
        super().run()
        if self.editable_mode:
            return
        shipped = Path(self.build_lib) / "dagster_project" / "shipped"
        shutil.rmtree(shipped, ignore_errors=True)
        for folder in ("dbt", "seeds"):
            ignored = shutil.ignore_patterns("target", "logs", "__pycache__", ".*")
            shutil.copytree(HERE / folder, shipped / folder, ignore=ignored)
        shutil.copy2(HERE / "requirements.txt", shipped)


setup(cmdclass={"build_py": BuildWithData})
