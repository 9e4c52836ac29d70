"""The Dagster web UI in a real headless browser: the whole path and the checks are there to see."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import PATIENCE, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(loaded):
    """``avance ui`` on a loaded home; its address."""
    casa, _ = loaded
    with served(casa) as url:
        yield url


@pytest.fixture
def page(browser, server, tmp_path):
    """Opens a page and waits until all the words are on it; keeps a screenshot."""
    shots = Path(os.environ.get("AVANCE_SCREENSHOTS", tmp_path))

    def _open(path: str, words: list[str], name: str) -> str:
        browser.get(server + path)
        try:
            WebDriverWait(browser, PATIENCE).until(lambda b: all(w in _text(b) for w in words))
        finally:
            shots.mkdir(parents=True, exist_ok=True)
            browser.save_screenshot(str(shots / f"{name}.png"))
        return _text(browser)

    return _open


def _text(browser) -> str:
    return browser.find_element(By.TAG_NAME, "body").text


def test_lineage_from_extract_to_published(page):
    """What the published version comes from, drawn without a break: extract, rows, models, facts."""
    path = ["extractos", "renglones", "elegidas", "stg_tmm__elegidas", "int_avance_corte", "fct_avance"]
    text = page("/assets/published/avance?view=lineage&lineageScope=upstream&lineageDepth=20", path, "lineage")
    assert set(path) <= set(text.splitlines())


def test_graph_of_groups(page):
    """The whole graph opens as its groups, from raw to published."""
    groups = ["raw", "referencia", "preparacion", "marts", "publicacion"]
    text = page("/asset-groups", groups, "groups")
    assert all(group in text for group in groups)


def test_checks_of_a_mart(page):
    """The mart's page lists its checks with their results."""
    text = page("/assets/marts/fct_avance?view=checks", ["un_avance_por_accion_y_trimestre"], "checks")
    assert "Passed" in text or "Succeeded" in text


def test_the_run_is_recorded(page):
    """The run of the command shows in the list of runs."""
    assert "carga" in page("/runs", ["carga"], "runs")
