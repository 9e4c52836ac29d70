"""The questions asked first (``preguntas.md``), with what a version answers.

Belongs here: finding them, and naming an action and a quarter that the version at hand has. Does not belong here: how
answers look (``templates/consultas.html``; ``tools.questions`` writes docs/consultas.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import duckdb

PAGE = Path(__file__).with_name("preguntas.md")
QUESTION = re.compile(r"^## (?P<title>[^\n]+)\n(?P<said>.*?)```sql\n(?P<sql>.*?)```\n", re.M | re.S)

EXAMPLES = """
with de_una_accion as (
    select ente_codigo, unidad_codigo, accion_numero
    from marts.fct_avance
    where accion_numero is not null
    group by all
    order by count(*) filter (where accion_numero_impreso <> accion_numero) desc, count(avance) desc, 1, 2, 3
    limit 1
),
de_una_meta as (
    select f.ente_codigo, f.unidad_codigo
    from marts.fct_avance f
    join marts.dim_accion a using (accion_key)
    where a.accion_tipo = 'meta'
    order by 1, 2
    limit 1
)
select (select max(corte) from marts.fct_avance), a.ente_codigo, a.unidad_codigo, a.accion_numero,
    coalesce(m.ente_codigo, a.ente_codigo), coalesce(m.unidad_codigo, a.unidad_codigo)
from de_una_accion a left join de_una_meta m on true
"""
"""What a question names: the last quarter, an action (one that was renumbered, if there is one), a unit with a goal."""

NAMES = ("trimestre", "ente", "unidad", "accion", "ente_meta", "unidad_meta")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its SQL as it was asked, the names of the columns, and the rows.

    ``more`` counts the rows that are left out.
    """

    title: str
    said: str
    sql: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: int = 0


def answers(con: duckdb.DuckDBPyConnection, limit: int | None = None) -> list[Answer]:
    """Every question with at most ``limit`` rows of what the version answers; none where it holds no action.

    Raises:
        duckdb.Error: the version lacks a table or column that is asked for.
    """
    named = con.execute(EXAMPLES).fetchall()
    if not named:
        return []
    given = dict(zip(NAMES, map(_literal, named[0]), strict=True))
    text = PAGE.read_text(encoding="utf-8")
    return [_answer(con, q["title"], q["said"], Template(q["sql"]).substitute(given), limit) for q in _found(text)]


def _found(text: str) -> Iterable[re.Match[str]]:
    return QUESTION.finditer(text)


def _answer(con: duckdb.DuckDBPyConnection, title: str, said: str, sql: str, limit: int | None) -> Answer:
    found = con.execute(sql)
    columns = tuple(column[0] for column in found.description or ())
    rows = found.fetchall()
    shown = rows if limit is None else rows[:limit]
    return Answer(title, " ".join(said.split()), sql.strip(), columns, shown, len(rows) - len(shown))


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
