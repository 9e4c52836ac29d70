"""Definitions, loaded once for all tests here, on a home of their own."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """An empty home that the definitions are loaded on."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("defs") / "home"
        patch.setenv("AVANCE_HOME", str(folder))
        patch.delenv("AVANCE_EXTRACTS", raising=False)
        patch.delenv("AVANCE_INBOX", raising=False)
        yield folder


@pytest.fixture(scope="session")
def definitions(home):
    """What ``dagster dev`` loads."""
    from dagster_project.definitions import defs

    return defs


@pytest.fixture(scope="session")
def graph(definitions):
    """The asset graph of the definitions."""
    return definitions.resolve_asset_graph()


@pytest.fixture(scope="session")
def project(definitions):
    """The dbt project that the definitions were made from."""
    from dagster_project.defs.assets.dbt import PROJECT

    return PROJECT
