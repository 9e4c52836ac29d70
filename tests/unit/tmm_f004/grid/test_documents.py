"""A made-up document of six forms as offices keep it: each row of each shape is read sure and right."""

from __future__ import annotations

import json

import pytest

from benchmarks.documents import score
from benchmarks.scoring import Verdict
from dagster_project.settings import RAIZ

SAMPLES = RAIZ / "tests/data/documents"


@pytest.mark.parametrize("name", ["digital.pdf", "workbook.xlsx", "workbook.xls"])
def test_every_row_of_a_document_is_read_sure_and_right(name: str) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    assert score(SAMPLES / name, truth, None).counts == {
        Verdict.RIGHT.value: 45,
        "text right": 45,
        "measure right": 45,
        "remark right": 37,
        "unidad right": 6,
        "corte right": 6,
    }  # fmt: skip  (one form prints no remarks)
