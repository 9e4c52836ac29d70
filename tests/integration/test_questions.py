"""The questions asked first, put to the published version of the real extract."""

from __future__ import annotations

import re

import duckdb
import pytest

from dagster_project.site.questions import PAGE, QUESTION, answers
from tools import questions

ASKED = {q["title"]: q["sql"] for q in QUESTION.finditer(PAGE.read_text(encoding="utf-8"))}


def test_there_are_all_the_questions() -> None:
    """Twenty or more, none lost by the way they are written."""
    assert len(ASKED) == PAGE.read_text(encoding="utf-8").count("## ") >= 20


@pytest.mark.parametrize("sql", ASKED.values(), ids=list(ASKED))
def test_a_question_joins_two_tables_at_most_by_one_column(sql: str) -> None:
    """What a tool that relates tables by one column can ask too."""
    joins = re.findall(r"\bjoin\b", sql)
    assert len(joins) <= 2
    assert len(re.findall(r"\busing \(\w+\)", sql)) == len(joins)


@pytest.fixture(scope="module")
def published(loaded):
    with duckdb.connect(str(loaded[0].home / "published" / "avance.duckdb"), read_only=True) as con:
        yield con


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_the_page_shows_what_the_version_answers(published, number: int) -> None:
    """Each question with its answer, row by row."""
    assert questions.section(answers(published)[number]) in questions.PAGE.read_text(encoding="utf-8")


def test_an_answer_that_is_cut_says_by_how_much(published) -> None:
    """And holds its first rows."""
    whole, cut = answers(published), answers(published, 3)
    assert [(a.rows[:3], max(0, len(a.rows) - 3)) for a in whole] == [(a.rows, a.more) for a in cut]
    assert any(a.more for a in cut)
