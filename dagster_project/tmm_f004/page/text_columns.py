"""Which columns of a table hold its texts, by their names in its head, and rows that print a cell in each column.

In here: text, measure and remarks of a row that is printed whole, rows that are whole but for their figures. Not in
here: the columns of figures (``table_head``), rows that lack cells or have more (``rows``).

A measure may end in a number (``Reporte 1``), a remark may be one, and offices have columns of text of their own
(``TIPO``): where a row is whole, its place says which is which, and nothing of it has to be told by its look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.page.figure_span import has_word
from dagster_project.tmm_f004.page.parted_figures import OF_THE_FORM
from dagster_project.tmm_f004.page.row_head import row_head
from dagster_project.tmm_f004.page.table_head import MAX_HEAD, column_named
from dagster_project.tmm_f004.text.cells import cells_of
from dagster_project.tmm_f004.text.numbers import BLANK, TEXT, CellKind

HEAD_LINES = 6
"""Lines of a table among which its columns' names are sought; the form's head has three."""

FEWEST = 10
"""Columns between measure and remarks, at least: meta, P and A of four quarters, a total."""

_TEXT = ("METAS Y ACCIONES", "METAS ACCIONES", "META Y ACTIVIDADES", "DESCRIPCION DE LAS METAS ACCIONES", "ACCIONES")
_MEASURE = ("UNIDAD DE MEDIDA", "UNIDAD MEDIDA", "INDICADOR DE MEDIDA")


class TextColumns(NamedTuple):
    """The indexes of an action's text, its measure and its remarks among the cells of a row."""

    text: int
    measure: int
    remarks: int


def text_columns(lines: Sequence[str]) -> TextColumns | None:
    """The columns of text that the head of a table names; None where it does not name all three in their order."""
    first = tuple(lines[:HEAD_LINES])
    return _text_columns(first) if sum(map(len, first)) <= MAX_HEAD else None


@lru_cache(maxsize=256)  # an office's tables have the same head page after page
def _text_columns(lines: tuple[str, ...]) -> TextColumns | None:
    for line in lines:
        cells = cells_of(line)
        text, measure, remarks = (column_named([cells], 0, None, n) for n in (_TEXT, _MEASURE, ("OBSERVACIONES",)))
        if text is None or measure is None or remarks is None:
            continue
        return TextColumns(text, measure, remarks) if text < measure < remarks - FEWEST else None
    return None


def is_whole(cells: Sequence[str], kinds: Sequence[CellKind], columns: TextColumns) -> bool:
    """Whether a row prints a cell in each column of its table: texts where texts are named, none among the figures."""
    figures = range(columns.measure + 1, columns.remarks)
    return (
        _has_texts(cells, kinds, columns)
        and sum(kinds[k] is not BLANK for k in figures) > 1
        and not any(kinds[k] is TEXT and has_word(cells[k]) for k in figures)
    )


def bare_row(
    line: int, cells: Sequence[str], kinds: Sequence[CellKind], columns: TextColumns, hash_of: Callable[[int], str]
) -> ActionRow | None:
    """An action that is printed in its place without a figure, as one that was cancelled is; None of another line.

    Words where its figures would stand are kept with its remarks.
    """
    figures = range(columns.measure + 1, columns.remarks)
    if not _has_texts(cells, kinds, columns) or not all(kinds[k] in (BLANK, TEXT) for k in figures):
        return None
    head = row_head([c for c in (*cells[: columns.text + 1], cells[columns.measure]) if c])
    if head.number is None:
        return None
    printed = tuple(cells[columns.measure + 1 : columns.remarks])
    said = " ".join(c for c in (*filter(has_word, printed), *cells[columns.remarks :]) if c)
    return ActionRow(
        linea=line, lineas_accion=head.codes, accion=head.number, descripcion=head.text, unidad_medida=head.measure,
        impreso=("",) * OF_THE_FORM, observaciones=said, linea_fin=line, huella=hash_of(line),
        impreso_literal=printed,
    )  # fmt: skip


def _has_texts(cells: Sequence[str], kinds: Sequence[CellKind], columns: TextColumns) -> bool:
    text, measure, remarks = columns
    return remarks <= len(cells) <= remarks + 1 and kinds[measure] is TEXT and has_word(cells[text])
