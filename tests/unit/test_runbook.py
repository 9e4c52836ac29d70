"""The runbook names everything that can be found or refused, and nothing that cannot."""

from __future__ import annotations

import ast
import csv
import re

import pytest

from dagster_project.settings import RAIZ

RUNBOOK = (RAIZ / "docs" / "runbook.md").read_text(encoding="utf-8")
REFUSERS = {"Refusal", "RefusedFileError", "_refuse"}


def _rules() -> list[str]:
    with (RAIZ / "seeds" / "reglas.csv").open(encoding="utf-8", newline="") as file:
        return [row["regla"] for row in csv.DictReader(file)]


def _refusals() -> set[str]:
    """The rule of every refusal in the code: the first plain text given to what makes one, or its constant."""
    found = set()
    for path in (RAIZ / "dagster_project").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in REFUSERS:
                values = [
                    a.value if isinstance(a, ast.Constant) else constants.get(getattr(a, "id", "")) for a in call.args
                ]
                found |= {v for v in values[:4] if isinstance(v, str) and re.fullmatch(r"[a-z]+(_[a-z]+)*", v)}
    return found


@pytest.mark.parametrize("rule", _rules())
def test_every_finding_is_explained(rule: str) -> None:
    """A rule without an entry leaves whoever meets it alone."""
    assert f"`{rule}`" in RUNBOOK


def test_every_refusal_in_the_code_is_explained_and_catalogued() -> None:
    """What the code refuses is in the runbook and in the catalogue of rules."""
    refusals = _refusals()
    assert {"binario", "cambia", "sin_formato", "texto_sin_lugar", "renglon_ilegible", "falla_del_lector"} <= refusals
    assert {rule for rule in refusals if f"`{rule}`" not in RUNBOOK} == set()
    assert refusals <= set(_rules())


def test_no_rule_is_explained_that_is_none() -> None:
    """Entries of rules that were renamed or removed go."""
    tables = RUNBOOK.split("## Refused")[1].split("## Hostile")[0]
    named = {
        rule
        for line in tables.splitlines()
        if line.startswith("| `")
        for rule in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    }
    assert named == set(_rules())
