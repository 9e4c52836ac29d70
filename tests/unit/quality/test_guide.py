"""The guide to the checks says what the suites say."""

from dagster_project.quality.suites.borders import ALL
from dagster_project.settings import RAIZ
from tools.checks_guide import guide


def test_the_guide_is_that_of_the_suites() -> None:
    """``make docs`` writes it; a rule that changes without it shows here."""
    assert (RAIZ / "docs" / "quality.md").read_text(encoding="utf-8") == guide()


def test_every_severity_has_its_reason() -> None:
    """A severity is a decision: each says why, in a sentence."""
    for suite in ALL:
        for name, rule in suite.rules.items():
            assert rule.reason.endswith("."), (suite.name, name)
            assert rule.description.endswith("."), (suite.name, name)
