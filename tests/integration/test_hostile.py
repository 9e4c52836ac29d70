"""Hostile files through the real load: the reduced form of ``make faults --only hostile``."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.quality.model import ExpectationOutcome, Severidad, Suite, SuiteResult
from dagster_project.quality.report import make_folder, write_report
from tests.faults.hostile import cases
from tests.faults.hostile_files import PAYLOADS


def test_every_hostile_file_is_loaded_or_refused() -> None:
    """One load over all of it; the good file beside them comes out whole, and nothing raises."""
    done = list(cases(full=False))
    assert len(done) > 50
    assert [(r.case, r.expected, r.observed) for r in done if not r.ok] == []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_check_report_shows_texts_as_text(payload: str, tmp_path: Path) -> None:
    """A failing row's description is never markup of the page that shows it."""
    outcome = ExpectationOutcome(
        "r", False, Severidad.ERROR, payload, payload, payload, payload, 1, 1, ({"descripcion": payload},)
    )
    make_folder(tmp_path, "corrida")
    suite = Suite("s", payload, payload, ())
    write_report([(suite, SuiteResult("s", payload, tmp_path, 0.1, (outcome,)))], tmp_path, "corrida")
    page = (tmp_path / "corrida" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img" not in page
