"""``docs/consultas.md``: its questions, and their answers by a published version.

``python -m tools.questions VERSION.duckdb`` writes the answers anew. Belongs here: finding the questions of the page,
writing what a version answers. Does not: the questions, which stand in the page.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb

PAGE = Path(__file__).parents[1] / "docs" / "consultas.md"
QUESTION = re.compile(
    r"^## (?P<title>[^\n]+)\n(?P<said>.*?)```sql\n(?P<sql>.*?)```\n(?P<answer>.*?)(?=^## |\Z)", re.M | re.S
)


def questions(page: str) -> dict[str, tuple[str, str]]:
    """Of each question, by its title, the SQL and the answer that the page shows."""
    return {q["title"]: (q["sql"], q["answer"].strip()) for q in QUESTION.finditer(page)}


def answer(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """What a version answers, as a table of Markdown; a question without an answer says so."""
    found = con.execute(sql)
    heads = [column[0] for column in found.description or ()]
    rows = [[_shown(value) for value in row] for row in found.fetchall()]
    if not rows:
        return "Ninguna fila."
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *rows])


def _shown(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def answered(page: str, con: duckdb.DuckDBPyConnection) -> str:
    """The page with the answers of a version."""

    def one(found: re.Match[str]) -> str:
        head = found[0][: found.start("answer") - found.start()]
        return f"{head}\n{answer(con, found['sql'])}\n\n"

    return QUESTION.sub(one, page).rstrip() + "\n"


if __name__ == "__main__":
    with duckdb.connect(sys.argv[1], read_only=True) as version:
        PAGE.write_text(answered(PAGE.read_text(encoding="utf-8"), version), encoding="utf-8")
