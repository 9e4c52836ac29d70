"""A real headless browser for the tests here, and the web UI to look at. Not here: what is opened."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=2400,1600",
)
PATIENCE = 120


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A headless browser with a profile of its own."""
    options = Options()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_page_load_timeout(PATIENCE)
    try:
        yield driver
    finally:
        driver.quit()


@contextlib.contextmanager
def served(casa) -> Iterator[str]:
    """``avance ui`` on a home; its address."""
    env = {"AVANCE_HOME": str(casa.home), "AVANCE_EXTRACTS": str(casa.extracts)}
    with serving("ui", env, "/server_info") as url:
        yield url


@contextlib.contextmanager
def serving(verb: str, given: dict[str, str], ready: str) -> Iterator[str]:
    """A verb of the command that serves, on a free port, once ``ready`` answers; its address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [str(Path(sys.executable).parent / "avance"), verb, "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert process.poll() is None, f"avance {verb} ended by itself"
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}{ready}", timeout=5)
                break
            time.sleep(0.5)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
