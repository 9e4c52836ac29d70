"""Time grows with a text as its size does, whatever it is made of: four times the lines, not sixteen times the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import pytest

from checks.fuzz.bounds import catalogs, warm_up
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.read.form import read_form
from dagster_project.tmm_f004.reconcile.unit_year import Report, reconcile
from dagster_project.tmm_f004.settle.pages import settle_extract

FEW, MANY = 400, 1600
LEAST, MOST = 0.05, 9.0
"""Seconds below which a time is noise, and how much longer four times the lines may take."""


@cache
def _page() -> tuple[list[str], list[str], list[str], list[str]]:
    """The first page of the real extract: header, table's header, rows, signatures."""
    text = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0].read_bytes().decode()
    form = settle_extract(text.split("\n"), catalogs()).formatos[0]
    lines = text.split("\n")[form.linea_inicio - 1 : form.linea_fin]
    rows = [r.linea - form.linea_inicio for r in form.renglones]
    table = next(k for k, line in enumerate(lines) if line.count("\t") > 3)
    return lines[:table], lines[table : rows[0]], [lines[k] for k in rows], lines[rows[-1] + 1 :]


def _whole() -> list[str]:
    return [line for part in _page() for line in part]


def _around(middle: Callable[[list[str], int], list[str]]) -> Callable[[int], list[str]]:
    def made(n: int) -> list[str]:
        head, columns, rows, signs = _page()
        return [*head, *columns, *middle(rows, n), *signs]

    return made


def _headed(lines: Callable[[int], list[str]]) -> Callable[[int], list[str]]:
    def made(n: int) -> list[str]:
        head, columns, rows, signs = _page()
        return [*head, *lines(n), *columns, *rows, *signs]

    return made


SHAPES: dict[str, Callable[[int], list[str]]] = {
    "one form of rows": _around(lambda rows, n: [rows[k % len(rows)] for k in range(n)]),
    "rows without numbers": _around(
        lambda rows, n: [f"2.3.1\tDar {k}\tApoyo\t4\t1\t1\t1\t0\t1\t0\t1\t0\t1\t25%" for k in range(n)]
    ),
    "rows of one line of text": _around(lambda rows, n: [*rows, *(f"nada {k}" for k in range(n)), *rows]),
    "rows broken over lines": _around(lambda rows, n: ["100.- algo", "más", "y más"] * n),
    "rows parted by spaces": _around(
        lambda rows, n: ["2.3.1  100.- algo  Apoyo  4  1  1  1  0  1  0  1  0  1  25%"] * n
    ),
    "numbers alone": _around(lambda rows, n: ["100"] * n + rows),
    "tables that go on": _around(lambda rows, n: [*_page()[1], *rows] * (n // 8)),
    "names among signatures": lambda n: [*_whole(), *["ELABORO", "JUAN PEREZ LOPEZ"] * n],
    "header of short lines": _headed(lambda n: [f"ab{k}" for k in range(n)]),
    "header of codes": _headed(lambda n: [f"{10000 + k} algo {k}" for k in range(n)]),
    "header of línea codes": _headed(lambda n: [f"2.3.{k % 99} texto {k}" for k in range(n)]),
    "header of labels": _headed(lambda n: [f"PROGRAMA: {k} COSAS" for k in range(n)]),
    "header of dates": _headed(lambda n: ["ENERO A MARZO 2022", "AL 31 DE MARZO DE 2022"] * (n // 2)),
    "titles": lambda n: ["PROGRAMA OPERATIVO ANUAL 2022", "AVANCE FISICO PROGRAMATICO"] * n,
    "pages": lambda n: _whole() * (n // 40),
    "pages of many units": lambda n: [
        line.replace("54101", f"{54000 + k}") for k in range(n // 40) for line in _whole()
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_size(shape: str) -> None:
    """Settling, reading and reconciling; the least of two, since others use the processor too."""
    warm_up()
    few, many = SHAPES[shape](FEW), SHAPES[shape](MANY)
    short = max(LEAST, min(_seconds(few) for _ in range(2)))
    took = _seconds(many)
    if took > MOST * short:
        took = min(took, _seconds(many))
    assert took <= MOST * short


def _seconds(lines: list[str]) -> float:
    began = time.process_time()
    forms = [read_form(f, catalogs()) for f in settle_extract(lines, catalogs()).formatos]
    if forms and len({f.formato.unidad.valor for f in forms}) == 1:
        reconcile([Report("0" * 16, form) for form in forms])
    return time.process_time() - began
