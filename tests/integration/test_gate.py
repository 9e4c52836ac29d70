"""The gate: bad data stops everything downstream, and readers keep the version they had; a warning stops nothing."""

from __future__ import annotations

import json
import re

import pytest

from checks.faults.gate import on_home
from checks.faults.gate_runs import DOORS, chosen, name_of
from checks.faults.table import Result

CASES = [
    *(name_of(case, whole) for case, whole in chosen(full=False)),
    *(f"publication alone: {door}" for door in DOORS),
]


@pytest.fixture(scope="module")
def tried(loaded, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Every case of the reduced form, on copies of the loaded home."""
    home = tmp_path_factory.mktemp("compuerta") / "home"
    return {result.case: result for result in on_home(home, loaded[0].home)}


@pytest.mark.parametrize("case", CASES)
def test_bad_data_is_stopped_or_said(tried: dict[str, Result], case: str) -> None:
    """An error leaves models and version as they were; a warning lets the run publish."""
    assert tried[case].ok, tried[case].observed


def test_every_case_was_tried(tried: dict[str, Result]) -> None:
    """No row of the table is missing, and none is there that is not a case."""
    assert list(tried) == CASES


def test_the_command_says_what_failed_and_what_was_kept(casa) -> None:
    """Exit code 1, the rule by name, the version that stays; from the run to the failing row."""
    casa.warehouse(
        "update raw.elegidas set absoluto = absoluto + 1 where linea = (select min(linea) from raw.elegidas "
        "where estado not in ('dudosa', 'corregida') and absoluto is not null)"
    )
    version = casa.query("select version from main.publicacion")
    told = casa.told()
    done = casa.avance("run")
    assert done.returncode == 1, done.stdout
    assert casa.told() == [*told, "carga_fallida"]
    assert "Checks that failed" in done.stdout
    assert "raw/elegidas avance_suma_absoluto" in done.stdout
    assert re.search(r"Kept: version .* is still the published one", done.stdout)
    assert casa.query("select version from main.publicacion") == version
    (kept,) = (casa.home / "data_docs").glob("*/raw_elegidas.avance_suma_absoluto.jsonl")
    assert f"filas_que_fallan: {kept}" in done.stdout
    row = json.loads(kept.read_text(encoding="utf-8"))
    assert row["archivo"] == "2022/000_31395e697809fd00.txt"
    assert row["linea"] == casa.warehouse("select min(linea) from raw.renglones")[0][0]
