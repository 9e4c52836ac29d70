"""The desk in a real browser, by keyboard alone: a sitting from the queue to the files."""

from __future__ import annotations

import contextlib
import importlib.resources
import os
import shutil
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from dagster_project.settings import RAIZ
from tests.browser.conftest import serving
from tests.support.edited_version import edited_version

pytestmark = pytest.mark.browser

AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
PATIENCE = 60
HOSTILE = "<img src=x onerror=document.title=1>, dice"


def served(casa, seeds: Path) -> contextlib.AbstractContextManager[str]:
    """``avance desk`` on a home; its address."""
    return serving("desk", {"AVANCE_HOME": str(casa.home), "AVANCE_SEEDS": str(seeds)}, "/")


@pytest.fixture
def seeds(casa, tmp_path) -> Path:
    """Decisions of one's own, and in the version a page whose quarter is not settled."""
    folder = tmp_path / "seeds"
    shutil.copytree(RAIZ / "seeds", folder, ignore=shutil.ignore_patterns("extracts"))
    with edited_version(casa.home) as con:
        con.execute(
            "update marts.fct_pagina set situacion = 'apartada', trimestre_numero = null, estado_trimestre = 'dudosa', "
            "alternativas_trimestre = '[[1, 0.4], [2, 0.3]]' "
            "where pagina_key = (select min(pagina_key) from marts.fct_pagina where unidad_codigo = '54102')"
        )
    return folder


def type_keys(browser, *keys: str) -> None:
    """As a person types, wherever the focus is."""
    ActionChains(browser).send_keys(*keys).perform()


def go(browser, *keys: str) -> None:
    """Type, and wait for the page that follows."""
    old = browser.find_element(By.TAG_NAME, "html")
    type_keys(browser, *keys)

    def is_there(driver) -> bool:
        said = driver.find_elements(By.ID, "dicho")
        new = driver.find_element(By.TAG_NAME, "html")
        assert new != old or not said or not said[0].text, said[0].text
        return new != old and driver.execute_script("return document.readyState") == "complete"

    WebDriverWait(browser, PATIENCE, ignored_exceptions=()).until(lambda d: _quiet(is_there, d))


def _quiet(question, driver) -> bool:
    from selenium.common.exceptions import StaleElementReferenceException, WebDriverException

    try:
        return bool(question(driver))
    except (StaleElementReferenceException, WebDriverException):
        return False


def test_a_sitting_by_keyboard_alone(casa, seeds, browser, tmp_path) -> None:
    """Every doubtful row and a page decided, the last one undone; the files changed by exactly those lines."""
    before = {path.name: path.read_text() for path in seeds.glob("*.csv")}
    rows = casa.query("select renglon_huella from marts.fct_renglon where estado = 'dudosa' and situacion = 'vigente'")
    shots = Path(os.environ.get("AVANCE_SCREENSHOTS", tmp_path))
    with served(casa, seeds) as url:
        browser.get(f"{url}/")
        go(browser, "j", Keys.ENTER)
        for decided in range(len(rows) + 1):
            browser.execute_script(AXE)
            found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
            assert {v["id"]: [n["html"][:200] for n in v["nodes"][:3]] for v in found["violations"]} == {}
            browser.save_screenshot(str(shots / f"mesa-{decided}.png"))
            type_keys(browser, "1", HOSTILE)
            go(browser, *([Keys.TAB, "A. Pérez"] if not decided else []), Keys.ENTER)
            assert HOSTILE in browser.find_element(By.CLASS_NAME, "hecho").text
        assert browser.title != "1"
        after = {name: (seeds / name).read_text() for name in before}
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"correcciones.csv", "paginas.csv"}
        assert all(after[name].startswith(before[name]) for name in changed)
        new = {name: after[name].removeprefix(before[name]).splitlines() for name in changed}
        assert {line.split(",")[0] for line in new["correcciones.csv"]} == {huella for (huella,) in rows}
        assert len(new["paginas.csv"]) == 1
        go(browser, "u")
        assert sum(len((seeds / name).read_text().splitlines()) for name in changed) < sum(
            len(after[name].splitlines()) for name in changed
        )
        for address, width in ((f"{url}/", 320), (browser.current_url, 320), (f"{url}/corrida", 320)):
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
            )
            browser.get(address)
            wide = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
            assert wide[0] <= wide[1]
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
