"""The gate has no back door: what a failed check refused, no click and no request publishes; after repair both do."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import PATIENCE, served
from tests.support.web_ui import ask, ended_run, last_run

pytestmark = pytest.mark.browser

SPOIL = (
    "update raw.elegidas set absoluto = absoluto {} 1 where ejercicio = 2022 and linea = ("
    "select min(linea) from raw.elegidas "
    "where estado not in ('dudosa', 'corregida') and absoluto is not null and ejercicio = 2022)"
)
CHECK = "raw.elegidas:avance_suma_absoluto"
LAUNCH = """
mutation($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on InvalidSubsetError { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}
"""
ERRORS = """
query($id: ID!) { logsForRun(runId: $id) { ... on EventConnection { events {
  ... on ExecutionStepFailureEvent { error { message causes { message } } } } } } }
"""
PLACE = "{ repositoriesOrError { ... on RepositoryConnection { nodes { name location { name } } } } }"


@pytest.fixture(scope="module")
def refused(loaded, tmp_path_factory):
    """A home where a year arrived and a blocking check failed: the version before is the published one."""
    first, folder = loaded[0], tmp_path_factory.mktemp("puerta")
    casa = replace(first, home=folder / "home", extracts=folder / "extracts")
    shutil.copytree(first.home, casa.home, symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
    shutil.copytree(first.extracts, casa.extracts)
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    (casa.extracts / "2021.txt").write_text(extract.read_text(encoding="utf-8").replace("2022", "2021"), "utf-8")
    casa.warehouse(SPOIL.format("+"))
    done = casa.avance("run")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "avance_suma_absoluto" in done.stdout
    return casa


def _text(browser) -> str:
    return browser.find_element(By.TAG_NAME, "body").text


def _by_graphql(url: str, browser) -> None:
    (place,) = ask(url, PLACE)["repositoriesOrError"]["nodes"]
    selector = {
        "repositoryName": place["name"],
        "repositoryLocationName": place["location"]["name"],
        "pipelineName": "__ASSET_JOB",
        "assetSelection": [{"path": ["published", "avance"]}],
        "assetCheckSelection": [],
    }
    said = ask(url, LAUNCH, params={"selector": selector, "mode": "default"})
    assert said["launchPipelineExecution"]["__typename"] == "LaunchRunSuccess", said


def _by_click(url: str, browser) -> None:
    browser.get(f"{url}/assets/published/avance")
    WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException]).until(_click)


def _click(browser) -> bool:
    """Click the button if it is there and can be; the page draws it anew as it learns more."""
    for button in browser.find_elements(By.XPATH, "//button[starts-with(normalize-space(.), 'Materialize')]"):
        if button.is_displayed() and button.is_enabled():
            button.click()
            return True
    return False


def _files(casa) -> dict[str, bytes]:
    published = casa.home / "published"
    return {p.relative_to(published).as_posix(): p.read_bytes() for p in published.rglob("*") if p.is_file()}


DOORS = {"a click": _by_click, "GraphQL": _by_graphql}


def test_the_back_door_stays_shut_until_the_data_is_repaired(refused, browser, tmp_path) -> None:
    """By a click and by GraphQL: the run fails and names the check, every published byte stays; then it succeeds."""
    before = _files(refused)
    shots = Path(os.environ.get("AVANCE_SCREENSHOTS", tmp_path))
    with served(refused) as url:
        for name, door in DOORS.items():
            last, _ = last_run(url)
            door(url, browser)
            run, status = ended_run(url, last)
            assert status == "FAILURE", name
            events = ask(url, ERRORS, id=run)["logsForRun"]["events"]
            said = [e["error"] for e in events if e.get("error")]
            text = "\n".join(m for e in said for m in (e["message"], *(c["message"] for c in e["causes"])))
            assert "blocking checks have not passed" in text, name
            assert f"{CHECK} failed in run" in text, name
            browser.get(f"{url}/runs/{run}")
            WebDriverWait(browser, PATIENCE).until(lambda b: "published__avance" in _text(b))
            browser.save_screenshot(str(shots / f"puerta-{name.replace(' ', '-')}.png"))
            assert _files(refused) == before, name
        refused.warehouse(SPOIL.format("-"))
        done = refused.avance("run")
        assert done.returncode == 0, done.stdout + done.stderr
        assert refused.query("select distinct ejercicio from marts.fct_avance order by 1") == [(2021,), (2022,)]
        after = _files(refused)
        assert after["current.json"] != before["current.json"]
        for name, door in DOORS.items():
            last, _ = last_run(url)
            door(url, browser)
            assert ended_run(url, last)[1] == "SUCCESS", name
        assert _files(refused) == after, "the same content again is the version that it was"
