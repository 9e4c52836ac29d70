"""The pages for people: what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dagster_project.settings import RAIZ

PAGES = [*sorted((RAIZ / "docs").rglob("*.md")), *sorted(RAIZ.glob("*.md"))]
ROOTS = (RAIZ, RAIZ / "dagster_project", RAIZ / "tests")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page links to stands where it says."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", ["docs/glossary.md", "CONTRIBUTING.md"])
def test_maps_name_files_that_are_there(name: str) -> None:
    """Who follows a word to its place finds it."""
    text = (RAIZ / name).read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+(?:\.(?:py|csv|md|yml)|/))`", text)
    assert len(named) > 10
    assert [path for path in named if not any((root / path).exists() for root in ROOTS)] == []
