"""The questions of docs/consultas.md, asked of the published version of the real extract."""

from __future__ import annotations

import re

import duckdb
import pytest

from tools.questions import PAGE, answer, questions

ASKED = questions(PAGE.read_text(encoding="utf-8"))


def test_there_are_all_the_questions() -> None:
    """Twenty or more, none lost by the way they are written."""
    assert len(ASKED) == PAGE.read_text(encoding="utf-8").count("\n## ") >= 20


@pytest.mark.parametrize("sql", [sql for sql, _ in ASKED.values()], ids=list(ASKED))
def test_a_question_joins_two_tables_at_most_by_one_column(sql: str) -> None:
    """What a tool that relates tables by one column can ask too."""
    joins = re.findall(r"\bjoin\b", sql)
    assert len(joins) <= 2
    assert len(re.findall(r"\busing \(\w+\)", sql)) == len(joins)


@pytest.mark.parametrize("title", ASKED)
def test_the_page_shows_what_the_version_answers(loaded, title: str) -> None:  # type: ignore[no-untyped-def]
    """Each question with its answer, row by row."""
    sql, shown = ASKED[title]
    casa, _ = loaded
    with duckdb.connect(str(casa.home / "published" / "avance.duckdb"), read_only=True) as con:
        assert answer(con, sql) == shown
