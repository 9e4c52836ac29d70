"""The pages of a published version in a real browser, from their folder: whole, legible, at any width, by anybody."""

from __future__ import annotations

import importlib.resources
import json
import os
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.browser

AXE = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WIDTHS = {"wide": 1280, "narrow": 320}
ACTION = "a-505-"


@pytest.fixture(scope="module")
def site(loaded) -> Path:
    """The folder of the pages, by its fixed name."""
    return loaded[0].home / "published" / "sitio"


@pytest.fixture(params=WIDTHS)
def at_width(request, browser):
    """The browser at the width of a desk, then at that of a small telephone."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": WIDTHS[request.param], "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    yield browser, request.param
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(
    "name",
    ["index", "reprogramado", "lineas", "dudas", "consultas", "datos", "unidad-02002-54204-2022", "trimestre-2022-T1"],
)
def test_a_page_is_accessible_fits_and_asks_nobody(site, at_width, name, tmp_path) -> None:
    """No finding of axe-core, nothing in the console, no sideways scroll, no request that leaves the folder."""
    browser, width = at_width
    _asked(browser)
    browser.get((site / f"{name}.html").as_uri())
    for why in browser.find_elements(By.CSS_SELECTOR, "details"):
        browser.execute_script("arguments[0].open = true", why)
    shots = Path(os.environ.get("AVANCE_SCREENSHOTS", tmp_path))
    shots.mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(shots / f"sitio-{name}-{width}.png"))
    browser.execute_script(AXE)
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert {v["id"]: [n["html"][:200] for n in v["nodes"][:3]] for v in found["violations"]} == {}
    assert browser.get_log("browser") == []
    assert _asked(browser) == {(site / part).as_uri() for part in (f"{name}.html", "estilo.css", "filtros.js")}
    wide = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"{wide[0]} pixels wide"


def test_a_filter_is_in_the_address_and_comes_back_from_it(site, browser) -> None:
    """What is typed narrows the page; the address, opened again, shows the same."""
    page = (site / "unidad-02002-54204-2022.html").as_uri()
    browser.get(page)
    everything = len(_seen(browser))
    browser.find_element(By.ID, "buscar").send_keys("Pláticas")
    narrowed = _seen(browser)
    assert 0 < len(narrowed) < everything
    assert all("platicas" in text.lower() or "pláticas" in text.lower() for text in narrowed)
    browser.get(f"{page}?q=platicas")
    assert _seen(browser) == narrowed
    assert browser.find_element(By.CSS_SELECTOR, "output[for=buscar]").text == f"{len(narrowed)} de {everything}"


def test_a_quarter_is_chosen_by_keyboard_and_keeps_the_filter(site, at_width) -> None:
    """The address names both, so that a view can be sent on; what is shown are the lights of that quarter."""
    browser, _ = at_width
    browser.get(f"{(site / 'index.html').as_uri()}?q=54102")
    (last,) = _shown_units(browser)
    chosen = browser.find_element(By.LINK_TEXT, "2022-T1")
    chosen.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: "trimestre" in b.current_url)
    assert browser.current_url == f"{(site / 'trimestre-2022-T1.html').as_uri()}?q=54102"
    assert browser.find_element(By.TAG_NAME, "h1").text == "Quién cumple, quién va atrasado en 2022-T1"
    assert browser.find_element(By.CSS_SELECTOR, ".elegir [aria-current]").text == "2022-T1"
    (first,) = _shown_units(browser)
    assert "54102" in first
    assert first != last
    browser.find_element(By.PARTIAL_LINK_TEXT, "último reporte").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: "index" in b.current_url)
    assert _shown_units(browser) == [last]


def _shown_units(browser) -> list[str]:
    rows = browser.find_elements(By.CSS_SELECTOR, ".unidades tbody tr")
    return [row.text for row in rows if row.is_displayed()]


def test_why_leads_from_the_figure_to_the_printed_line(site, browser) -> None:
    """An address of one action opens its why, with file, line and the cells as printed."""
    browser.get((site / "unidad-02002-54204-2022.html").as_uri())
    key = browser.find_element(By.CSS_SELECTOR, f"section[id^={ACTION}]").get_attribute("id")
    browser.get("about:blank")
    browser.get(f"{(site / 'unidad-02002-54204-2022.html').as_uri()}#{key}")
    text = browser.find_element(By.CSS_SELECTOR, f"#{key} details[open]").text
    assert "2022/000_31395e697809fd00.txt, línea" in text
    assert "avance why 02002/54204 505" in text


def test_why_leads_from_a_figure_of_a_scan_to_its_crop(scanned, at_width, tmp_path) -> None:
    """The picture of its row, from the folder itself, shown where the question is answered; opened, at its own size."""
    browser, width = at_width
    site = scanned.home / "published" / "sitio"
    ((number, key, unit),) = scanned.query(
        "select accion_numero, left(accion_key, 6), unidad_codigo from marts.fct_renglon "
        "where archivo_tipo = 'imagen' and situacion = 'vigente' order by linea limit 1"
    )
    page = (site / f"unidad-02002-{unit}-2022.html").as_uri()
    _asked(browser)
    browser.get("about:blank")
    browser.get(f"{page}#a-{number}-{key}")
    crop = browser.find_element(By.CSS_SELECTOR, f"#a-{number}-{key} details[open] .recorte img")
    browser.execute_script("arguments[0].scrollIntoView()", crop)
    WebDriverWait(browser, 10).until(lambda _: crop.get_property("naturalWidth"))
    assert crop.is_displayed()
    assert f"el renglón impreso de la acción {number} en 2022-T1" in crop.get_attribute("alt")
    asked = _asked(browser)
    assert crop.get_property("currentSrc") in asked
    assert {url.rsplit("/sitio/")[0] for url in asked} == {page.rsplit("/sitio/")[0]}
    browser.execute_script(AXE)
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert {v["id"]: [n["html"][:200] for n in v["nodes"][:3]] for v in found["violations"]} == {}
    wide = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"{wide[0]} pixels wide"
    shots = Path(os.environ.get("AVANCE_SCREENSHOTS", tmp_path))
    browser.save_screenshot(str(shots / f"sitio-recorte-{width}.png"))
    own = crop.get_property("naturalWidth")
    browser.find_element(By.CSS_SELECTOR, f"#a-{number}-{key} .recorte").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith(".png"))
    assert browser.execute_script("return document.images[0].naturalWidth") == own > 1500
    assert browser.get_log("browser") == []


def _asked(browser) -> set[str]:
    """Every address that the browser asked for since it was last looked at."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    return {url for url in asked if not url.startswith(("about:", "data:"))}


def _seen(browser) -> list[str]:
    return [s.text for s in browser.find_elements(By.CSS_SELECTOR, "section.accion") if s.is_displayed()]
