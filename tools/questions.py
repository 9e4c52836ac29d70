"""``docs/consultas.md``: the questions asked first, and what the sample's published version answers.

``python -m tools.questions VERSION.duckdb`` writes it. Belongs here: how the page looks. Does not: the questions, which
stand in ``dagster_project/site/preguntas.md``, and what they name (``site.questions``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from dagster_project.site.questions import Answer, answers

PAGE = Path(__file__).parents[1] / "docs" / "consultas.md"
HEAD = """# Consultas

Preguntas que se hacen primero, cada una con su SQL y lo que responde la versión publicada del extracto que viene con el
proyecto; el sitio de cada versión trae las mismas con sus respuestas (`sitio/consultas.html`). Ninguna une más de dos
tablas a la suya, siempre por una columna. `python -m tools.questions var/published/avance.duckdb` escribe esta página.

"""


def page(con: duckdb.DuckDBPyConnection) -> str:
    """The page with the answers of a version."""
    return HEAD + "\n".join(section(answer) for answer in answers(con))


def section(asked: Answer) -> str:
    """A question with its answer as a table of Markdown; one without an answer says so."""
    rows = [[_shown(value) for value in row] for row in asked.rows]
    table = [f"| {' | '.join(row)} |" for row in [list(asked.columns), ["---"] * len(asked.columns), *rows]]
    shown = "\n".join(table) if rows else "Ninguna fila."
    return f"## {asked.title}\n\n{asked.said}\n\n```sql\n{asked.sql}\n```\n\n{shown}\n"


def _shown(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    with duckdb.connect(sys.argv[1], read_only=True) as version:
        PAGE.write_text(page(version), encoding="utf-8")
