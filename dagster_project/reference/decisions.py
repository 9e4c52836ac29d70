"""What people decided, from ``seeds/correcciones.csv``, ``vinculos.csv`` and ``paginas.csv``.

Reading those files and nothing else: what a decision does to a row is in ``tmm_f004.reconcile.corrections``, and
which rows or pages a hash stands for the load finds out.

``correcciones.csv``, one row a decided figure: ``renglon_huella`` (first 16 hex digits of the SHA-256 of the
printed line, which ``avance why`` shows), ``campo`` (meta, p1..p4, a1..a4, absoluto, relativo_pct),
``impreso`` (the cell as printed; empty where nothing is), ``valor`` (empty: blank; the printed value
confirms it), ``motivo``, ``autor``, ``fecha`` (ISO); ``archivo`` and ``linea`` are for people.

``vinculos.csv``, one row a decided link: ``renglon_huella`` and ``con_huella`` are the two printed lines, of one
year or of two (the second empty: the row is an action of its own, that continues none of an earlier quarter or year),
``impreso`` and ``con_impreso`` a piece of each as printed. Both are of one unit.

``paginas.csv``, one row a decided fact of a page: ``pagina_huella`` (hash of its printed lines, which ``avance why
--page`` shows), ``campo`` (ente, unidad, ejercicio, trimestre, plan), ``impreso`` (what its title or header prints of
it; empty where nothing is), ``valor``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from dagster_project.reference.csv_rows import ENTE, PLAN, UNIT, read_rows
from dagster_project.tmm_f004.decisions import Correction, DecidedLink, Decisions, PageDecision
from dagster_project.tmm_f004.model import CAMPOS, Cifra

COLUMNS = {
    "correcciones.csv": ("renglon_huella", "campo", "impreso", "valor", "motivo", "autor", "fecha", "archivo", "linea"),
    "vinculos.csv": (
        "renglon_huella", "impreso", "con_huella", "con_impreso", "motivo", "autor", "fecha", "archivo", "linea",
    ),
    "paginas.csv": ("pagina_huella", "campo", "impreso", "valor", "motivo", "autor", "fecha", "archivo", "linea"),
}  # fmt: skip


PAGE_VALUES = {
    "ente": (ENTE, "an INEGI key such as 02002"),
    "unidad": (rf"(?=.{{2,12}}$){UNIT}", "a unit's code such as 54204 or OM-01"),
    "ejercicio": (r"20[0-9]{2}", "a year such as 2022"),
    "trimestre": (r"[1-4]", "a quarter, 1 to 4"),
    "plan": (PLAN, "the id of a plan"),
}
"""What may be decided of a page, and how it is written."""


HUELLA = r"[0-9a-f]{16}"
FIGURE = r"[0-9]{1,14}(\.[0-9]{1,4})?"
"""What a person writes plainly: no separator, no exponent, no digits but 0 to 9; as much as ``decimal(18,4)`` holds."""


class DecisionError(ValueError):
    """A line of a decisions file that cannot be used; the message names it."""


def load_decisions(seeds: Path) -> Decisions:
    """Read the three files; a missing file holds no decision.

    Raises:
        DecisionError: a column is missing, or a line lacks its hash, reason, author or date, names no
            figure of the form or fact of a page, gives no such value, or decides what an earlier line decides.
    """
    figures = [_correction(row, where) for where, row in _rows(seeds, "correcciones.csv")]
    links = [_link(row, where) for where, row in _rows(seeds, "vinculos.csv")]
    pages = [_page(row, where) for where, row in _rows(seeds, "paginas.csv")]
    for name, keys in (
        ("correcciones.csv", [(c.huella, c.campo) for c in figures]),
        ("vinculos.csv", [(v.huella, "") for v in links]),
        ("paginas.csv", [(p.huella, p.campo) for p in pages]),
    ):
        if twice := {key for key, count in Counter(keys).items() if count > 1}:
            raise DecisionError(f"{name}: decided more than once: {', '.join(' '.join(k) for k in sorted(twice))}")
    return Decisions(tuple(figures), tuple(links), tuple(pages))


def _rows(seeds: Path, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    for where, row in read_rows(seeds / name, COLUMNS[name], DecisionError):
        if empty := [c for c in (COLUMNS[name][0], "motivo", "autor", "fecha") if not row[c]]:
            raise DecisionError(f"{where}: {', '.join(empty)} must not be empty")
        for column in ("renglon_huella", "pagina_huella", "con_huella"):
            row |= {column: row[column].lower()} if column in row else {}
            if row.get(column) and not re.fullmatch(HUELLA, row[column]):
                raise DecisionError(f"{where}: {column} {row[column]!r} is no hash of 16 digits 0-9 and a-f")
        try:
            date.fromisoformat(row["fecha"])
        except ValueError as error:
            raise DecisionError(f"{where}: {row['fecha']!r} is no date such as 2022-04-30") from error
        yield where, row


def _correction(row: dict[str, str], where: str) -> Correction:
    if row["campo"] not in CAMPOS:
        raise DecisionError(f"{where}: {row['campo']!r} is none of {', '.join(CAMPOS)}")
    return Correction(row["renglon_huella"], row["campo"], row["impreso"], _figure(row["valor"], where), where)


def _figure(text: str, where: str) -> Cifra | None:
    if not text:
        return None
    if not re.fullmatch(FIGURE, text):
        raise DecisionError(f"{where}: {text!r} is no figure of the form, such as 1234 or 0.5")
    value = Decimal(text)
    return int(value) if value == int(value) else value


def _page(row: dict[str, str], where: str) -> PageDecision:
    if row["campo"] not in PAGE_VALUES:
        raise DecisionError(f"{where}: {row['campo']!r} is none of {', '.join(PAGE_VALUES)}")
    pattern, what = PAGE_VALUES[row["campo"]]
    if not re.fullmatch(pattern, row["valor"]):
        raise DecisionError(f"{where}: {row['valor']!r} is not {what}")
    return PageDecision(row["pagina_huella"], row["campo"], row["impreso"], row["valor"], where)


def _link(row: dict[str, str], where: str) -> DecidedLink:
    return DecidedLink(row["renglon_huella"], row["impreso"], row["con_huella"] or None, row["con_impreso"], where)
