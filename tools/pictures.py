"""``docs/pictures/``: what a stranger sees first, the site and the lineage in the web UI, taken again of the sample.

``python -m tools.pictures`` (``make pictures``) loads the sample into a home of its own, which it removes.
Belongs here: which pages, at which size. Does not belong here: what is on them.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
AVANCE = str(Path(sys.executable).with_name("avance"))
PATIENCE = 120
SETTLED = 10
"""Seconds until the graph has its counts and stands still; nothing on the page says so."""

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


def main() -> None:
    """Take every picture again."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _browser(Path(folder) / "profile") as browser:
        home = Path(folder) / "home"
        env = os.environ | {"AVANCE_HOME": str(home)}
        subprocess.run([AVANCE, "run"], env=env, check=True, stdout=subprocess.DEVNULL)
        site = home / "published" / "sitio"
        _show(browser, (site / "index.html").as_uri(), (1200, 860))
        _keep(browser, "sitio")
        unit = (site / "unidad-02002-54204-2022.html").as_uri()
        _show(browser, unit, (1200, 900))
        action = browser.find_element(By.CSS_SELECTOR, "section[id^=a-505-]").get_attribute("id")
        _show(browser, "about:blank", (1200, 900))
        _show(browser, f"{unit}#{action}", (1200, 900))
        _keep(browser, "unidad")
        with _served(env) as url:
            _show(browser, f"{url}/asset-groups", (1500, 620))
            _wait_for(browser, "publicacion")
            browser.find_element(By.XPATH, "//button[contains(., 'Hide navigation')]").click()
            time.sleep(SETTLED)
            browser.refresh()  # drawn anew for the room that is now there
            _wait_for(browser, "publicacion")
            time.sleep(SETTLED)
            _keep(browser, "linaje")


@contextlib.contextmanager
def _browser(profile: Path) -> Iterator[WebDriver]:
    options = Options()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


@contextlib.contextmanager
def _served(env: dict[str, str]) -> Iterator[str]:
    """The web UI on a home, once it answers; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [AVANCE, "ui", "--port", str(port), "--read-only"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        WebDriverWait(process, PATIENCE, ignored_exceptions=(OSError,)).until(  # type: ignore[type-var]
            lambda _: urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=5)
        )
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _show(browser: WebDriver, address: str, size: tuple[int, int]) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(address)


def _wait_for(browser: WebDriver, word: str) -> None:
    WebDriverWait(browser, PATIENCE).until(lambda b: word in b.find_element(By.TAG_NAME, "body").text)


def _keep(browser: WebDriver, name: str) -> None:
    picture = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    # A palette that keeps the lights their colours, at a third of the bytes; more than enough for type and flat areas.
    picture = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
