"""Which columns of a table hold its texts, by their names in its head, and rows that print a cell in each column.

In here: text, measure and remarks of a row that is printed whole, rows that are whole but for their figures. Not in
here: the columns of figures (``table_head``), rows that lack cells or have more (``rows``).

A measure may end in a number (``Reporte 1``), a remark may be one, and offices have columns of text of their own
(``TIPO``): where a row is whole, its place says which is which, and nothing of it has to be told by its look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.page.figure_span import has_word
from dagster_project.tmm_f004.page.page_split import Line
from dagster_project.tmm_f004.page.parted_figures import OF_THE_FORM
from dagster_project.tmm_f004.page.row_head import RowHead, row_head, split_codes
from dagster_project.tmm_f004.page.table_head import MAX_HEAD, MEASURE, META, column_named, head_cell
from dagster_project.tmm_f004.text.cells import cells_of
from dagster_project.tmm_f004.text.numbers import BLANK, TEXT, CellKind, kind_of

HEAD_LINES = 6
"""Lines of a table among which its columns' names are sought; the form's head has three."""

FEWEST = 10
"""Columns between measure and remarks, at least: meta, P and A of four quarters, a total."""

_TEXT = ("METAS Y ACCIONES", "METAS ACCIONES", "META Y ACTIVIDADES", "DESCRIPCION DE LAS METAS ACCIONES", "ACCIONES")


_NUMBER = re.compile(
    r"(?:N|NO|NUM|NUMERO)(?: DE(?: LA)?)?(?: (?:ACCION|META|ACTIVIDAD|CONSECUTIVO|PROGRESIVO))?|CONS|CONSECUTIVO"
)
_BARE = re.compile(r"[1-9]\d{0,3}")
_NAMES_OF_TEXT = 2  # columns named beside a number's, at least: a line of a header may hold a No., too


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
        text, measure, remarks = (column_named([cells], 0, None, n) for n in (_TEXT, MEASURE, ("OBSERVACIONES",)))
        if text is None or measure is None or remarks is None:
            continue
        return TextColumns(text, measure, remarks) if text < measure < remarks - FEWEST else None
    return None


def number_column(lines: Sequence[str]) -> int | None:
    """The column before the texts that the head of a table names as that of the action's number; None where none."""
    first = tuple(lines[:HEAD_LINES])
    return _number_column(first) if sum(map(len, first)) <= MAX_HEAD else None


@lru_cache(maxsize=256)
def _number_column(lines: tuple[str, ...]) -> int | None:
    for line in lines:
        cells = cells_of(line)
        text = column_named([cells], 0, None, _TEXT)
        found = [k for k, c in enumerate(cells[:text]) if _NUMBER.fullmatch(" ".join(head_cell(c).words))]
        if text is not None and found and sum(map(bool, cells)) > _NAMES_OF_TEXT:
            return found[0]
    return None


def numbered_head(cells: Sequence[str], column: int | None) -> RowHead | None:
    """What stands before a row's figures where the column of numbers prints its number, of one digit too; else None.

    A text before that column is the office's own, an objective or programme.
    """
    if column is None or column >= len(cells) or not _BARE.fullmatch(cells[column]):
        return None
    codes = [c for c in cells if split_codes(c)[1]]
    text, *others = [c for c in cells[column + 1 :] if c and c not in codes] or [""]
    return row_head([*codes, f"{cells[column]}.- {text}", *others]) if text else None


def in_our_order(table: Sequence[Line]) -> Sequence[Line]:
    """The lines of a table whose head names the measure right behind the meta, with the two as the form has them.

    A line that does not print a figure and a text there is left as it is.
    """
    at = next((k for _, text in table[:HEAD_LINES] if (k := _meta_before_measure(text)) is not None), None)
    return table if at is None else [(n, _exchanged(text, at)) for n, text in table]


def _meta_before_measure(text: str) -> int | None:
    cells = [cells_of(text)] if len(text) <= MAX_HEAD else []
    meta, measure = column_named(cells, 0, None, META), column_named(cells, 0, None, MEASURE)
    return meta if meta is not None and measure == meta + 1 and meta > 0 else None


def _exchanged(text: str, at: int) -> str:
    cells = cells_of(text)
    if len(cells) <= at + 1:
        return text
    figure, measure = cells[at : at + 2]
    if not has_word(measure) or (kind_of(figure) is TEXT and _meta_before_measure(text) is None):
        return text
    return "\t".join([*cells[:at], measure, figure, *cells[at + 2 :]])


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
