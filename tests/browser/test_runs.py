"""What who is on duty does in the web UI: find why a run failed, press *Materialize all*, follow a link; pictures kept.

``AVANCE_SCREENSHOTS`` names the folder that the pictures go to; three of them stand in ``docs/pictures``.
"""

from __future__ import annotations

import os
import shutil
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from dagster_project.settings import RAIZ
from tests.browser.conftest import PATIENCE, serving
from tests.support.web_ui import ask, ended_run, last_run

pytestmark = pytest.mark.browser

SIZE = 1400, 900
LINKS = """
{ assetsOrError { ... on AssetConnection { nodes { key { path }
  assetMaterializations(limit: 1) { metadataEntries { ... on UrlMetadataEntry { url } } } } } } }
"""


@pytest.fixture(scope="module")
def contradicted(loaded, tmp_path_factory):
    """A home whose last run failed: a decision names a printed value that is not printed."""
    first, folder = loaded[0], tmp_path_factory.mktemp("contradicha")
    casa = replace(first, home=folder / "home", extracts=folder / "extracts", seeds=folder / "seeds")
    shutil.copytree(first.home, casa.home, symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
    shutil.copytree(first.extracts, casa.extracts)
    shutil.copytree(RAIZ / "seeds", casa.seeds, ignore=shutil.ignore_patterns("extracts"))
    ((line,),) = casa.query("select min(renglon_huella) from marts.fct_renglon")
    with (casa.seeds / "correcciones.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line},p2,999999,5,prueba,yo,2026-01-01,x,1\n")
    assert casa.avance("run").returncode == 1
    return casa


@pytest.fixture(scope="module")
def server(contradicted):
    """The home, served."""
    casa = contradicted
    folders = {"AVANCE_HOME": casa.home, "AVANCE_EXTRACTS": casa.extracts, "AVANCE_SEEDS": casa.seeds}
    with serving("ui", {name: str(path) for name, path in folders.items()}, "/server_info") as url:
        yield url


@pytest.fixture
def page(browser, tmp_path):
    """Waits for words on the page, then keeps a picture of it."""
    browser.set_window_size(*SIZE)
    shots = Path(os.environ.get("AVANCE_SCREENSHOTS", tmp_path))

    def _await(name: str, *words: str) -> None:
        try:
            WebDriverWait(browser, PATIENCE).until(
                lambda b: all(w in b.find_element(By.TAG_NAME, "body").text for w in words)
            )
        finally:
            time.sleep(1)  # what is drawn after its words
            shots.mkdir(parents=True, exist_ok=True)
            browser.save_screenshot(str(shots / f"{name}.png"))

    return _await


def _click(browser, xpath: str) -> None:
    """Click the first such element that can be clicked, drawn anew as it may be meanwhile."""

    def _done(driver) -> bool:
        for element in driver.find_elements(By.XPATH, xpath):
            if element.is_displayed() and element.is_enabled():
                element.click()
                return True
        return False

    WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException]).until(_done)


def test_one_click_leads_from_the_runs_to_the_file_and_line(browser, server, page) -> None:
    """The failed run's page opens on its end, which says file, line, what is printed there and what to do."""
    run, status = last_run(server)
    assert status == "FAILURE"
    browser.get(f"{server}/runs")
    _click(browser, f"//a[contains(@href, '{run}')]")
    page(
        "ejecuciones", "correcciones.csv, line 2: p2 is said to be printed as '999999', but line", "remove the decision"
    )


def test_materialize_all_publishes_without_a_question(browser, server, page, contradicted) -> None:
    """Once the decision is gone: one click on the graph, no partition, no form to fill in."""
    shutil.copy2(RAIZ / "seeds" / "correcciones.csv", contradicted.seeds / "correcciones.csv")
    letter = contradicted.extracts / "2022" / "otra-copia.txt"
    (extract,) = (contradicted.extracts / "2022").glob("*.txt")
    letter.write_bytes(extract.read_bytes() + b"\n")
    version, (before, _) = contradicted.query("select version from main.publicacion"), last_run(server)
    browser.get(f"{server}/asset-groups")
    _click(browser, "//button[starts-with(normalize-space(.), 'Materialize all')]")
    assert ended_run(server, before)[1] == "SUCCESS"
    assert contradicted.query("select version from main.publicacion") != version
    browser.get(f"{server}/assets/published/avance")
    page("publicado", "Latest materialization", "huella", "trimestres")
    browser.get(f"{server}/assets/marts/fct_avance?view=checks")
    page("verificaciones", "avance_de_quien_lo_sabe", "Ningún avance se toma de un reporte anterior")


def test_every_link_of_the_metadata_opens_under_any_name_of_the_host(server) -> None:
    """They name no host: whoever came by ``localhost`` stays there."""
    nodes = ask(server, LINKS)["assetsOrError"]["nodes"]
    entries = [e for node in nodes for made in node["assetMaterializations"] for e in made["metadataEntries"]]
    links = {entry["url"] for entry in entries if entry.get("url")}
    assert len(links) > 1
    for host in (server, server.replace("127.0.0.1", "localhost")):
        for link in sorted(links):
            assert link.startswith("/")
            with urllib.request.urlopen(host + link, timeout=PATIENCE) as answer:
                assert answer.status == 200
