"""Action rows of a table: from lines of text to cells, nothing interpreted.

In here: which lines are rows, the parts of a row, rows broken over several lines. Not in here: where
its figures stand (``figure_span``), what a cell means (``numbers``) or which figure it is (``search``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from sys import intern

from dagster_project.tmm_f004.model import USUAL_SCALE, ActionRow, Refusal
from dagster_project.tmm_f004.page.figure_span import CODES, begins_action, cells_span, figures_in, has_word, unglued
from dagster_project.tmm_f004.page.parted_figures import printed_once, with_pairs_parted
from dagster_project.tmm_f004.page.row_head import numbered, row_head, split_codes
from dagster_project.tmm_f004.page.text_columns import (
    HEAD_LINES,
    TextColumns,
    bare_row,
    is_whole,
    number_column,
    numbered_head,
    text_columns,
)
from dagster_project.tmm_f004.text.cells import cells_of, is_banner
from dagster_project.tmm_f004.text.fold import letters, words
from dagster_project.tmm_f004.text.numbers import (
    BLANK,
    NUMBER,
    PERCENT,
    TEXT,
    CellKind,
    is_blank,
    kind_of,
    parse_number,
)
from dagster_project.tmm_f004.text.scale import scale_of

MAX_CELLS = 64  # a row of the form prints eleven figures; the rest of a longer one is no table
MAX_BROKEN = 4  # lines of one row,
MAX_ALONE = 16  # or as many as a row has cells, where each stands on a line of its own
MAX_TEXT = 500  # of a refused line: enough to recognise it, the line itself is in raw.lineas

NAMES_A_PART = (
    "a line of the table with text alone: it names a part of the table, or an action that prints nothing else"
)

_UNMARKED = re.compile(r"(\d{3,4})\s+(?=[^\W\d_a-záéíóúñ])(.*)", re.DOTALL)
_FIGURE = re.compile(r"\d[\d.,]*")
_LETTER = re.compile(r"[^\W\d_]")
_COLUMN = re.compile(
    r"METAS?|ACCION(?:ES)?|ACTIVIDAD(?:ES)?|UNIDAD|MEDIDA|PERIODO|ACUMULADO|OBSERVACIONES|AVANCE|ABSOLUTO|RELATIVO|LINEAS?"
    r"|(?:BI|TRI|CUATRI|SE)MESTRES?|PROGRAMAD[OA]S?|REALIZAD[OA]S?|ALCANZAD[OA]S?|EJECUTADO|PRESUPUESTO"
    r"|(?:ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SEPT?|OCT|NOV|DIC)[A-Z]*"
)
_BESIDE = re.compile(
    r"A|AL|ANUAL|AUTORIZADA|DEL?|DESCRIPCION|EN?|INDICADOR|LA?|LAS|NO|NUM|O|P|PMD|POA|TRIMESTRE|Y"  # in a column's name
    r"|PRIMER|SEGUNDO|TERCER|CUARTO|I{1,3}|IV|[1-4](?:ER|DO|RO|TO|O)"
)
MAX_COLUMN = 60  # characters: no column of the form has a longer name


_CutLine = tuple[int, str, list[str], list[CellKind]]
"""A line of a table: its number, its text, its cells, and what each of them prints."""


def parse_rows(
    lines: Sequence[tuple[int, str]], hash_of: Callable[[int], str] = lambda _: ""
) -> tuple[list[ActionRow], list[Refusal]]:
    """Read the action rows among the lines of a table.

    ``lines`` are (line number, text) pairs from the table's header to its end; header lines,
    also repeated ones, are passed over. A line that belongs to no row is refused with its reason.
    ``hash_of`` gives the ``huella`` of a row that begins on a line.
    """
    rows: list[ActionRow] = []
    refused: list[Refusal] = []
    broken = False
    head = [text for _, text in lines[:HEAD_LINES]]
    columns, number_at = text_columns(head), number_column(head)
    for group in _logical_lines(lines):
        number, text, *_ = group[0]
        row = _parse_row(group, hash_of, columns, number_at)
        if row is None and columns is not None and len(group) == 1:
            row = bare_row(number, *group[0][2:], columns, hash_of)
        banner = row is None and is_banner(text) and not text.strip()[:1].islower()  # else the text above goes on
        if row is not None:
            rows.append(row)
        elif rows and "\t" not in text.strip() and not (broken or banner or _begins_row(group)):
            rows[-1] = _with_more_text(rows[-1], group)
        else:
            broken = broken or not banner
            reason = NAMES_A_PART if banner else _why_not(group)
            refused.append(Refusal("renglon_ilegible", reason, text.strip()[:MAX_TEXT], number))
    rows = with_pairs_parted(_with_unmarked_numbers(rows))
    scale = scale_of([row.impreso for row in rows], [row.unidad_medida for row in rows])
    return [replace(row, escala=scale) for row in rows] if scale != USUAL_SCALE else rows, refused


def _why_not(group: list[_CutLine]) -> str:
    """Why no action row can be read from lines of a table."""
    cells, kinds = _together(group)
    found = figures_in(cells, kinds)
    counted = f"{found} figure{'s' * (found != 1)}"
    if not any(map(has_word, cells)):
        return f"a line of the table with {counted} and no text: no action is named"
    if found:
        return f"a line of the table with text and {counted}: too few, or not in a row's order"
    if any(map(is_blank, filter(None, cells))):
        return "a line of the table whose cells are all blank: no figure is printed"
    return "a line of the table with text and no figures"


def _with_unmarked_numbers(rows: list[ActionRow]) -> list[ActionRow]:
    """Take a number without its point (``306 Realizar``) where it goes on with the number of the row above or below."""
    found = {k: m for k, r in enumerate(rows) if r.accion is None and (m := _UNMARKED.match(r.descripcion))}
    numbers = [int(found[k].group(1)) if k in found else r.accion for k, r in enumerate(rows)]
    for k, match in found.items():
        number = int(match.group(1))
        if number - 1 in numbers[max(0, k - 1) : k] or number + 1 in numbers[k + 1 : k + 2]:
            rows[k] = replace(rows[k], accion=number, descripcion=match.group(2).strip())
    return rows


def _with_more_text(row: ActionRow, group: list[_CutLine]) -> ActionRow:
    """Join the lines right under a row to the text they go on with: its remarks, or an action's text cut short."""
    more = " ".join(t.strip() for _, t, *_ in group)
    if more[:1].islower() and not row.observaciones and row.descripcion[-1:] not in ".:;":
        return replace(row, descripcion=f"{row.descripcion} {more}", linea_fin=group[-1][0])
    return replace(row, observaciones=f"{row.observaciones} {more}".strip(), linea_fin=group[-1][0])


def _begins_row(group: list[_CutLine]) -> bool:
    """Whether lines begin as a row does, with línea codes or an action's number: no text goes on so."""
    first = next(filter(None, group[0][2]))
    number = numbered(first)
    return bool(split_codes(first)[0]) or (number is not None and number[0] > 9)


def _is_table_header(text: str, cells: Sequence[str], kinds: Sequence[CellKind]) -> bool:
    """Whether a line belongs to a table's header: column names, quarters, or the row of P and A."""
    if len(text) > 2000:
        return False
    cells = [c for c in cells if c]
    marks = cells.count("P") + cells.count("A")
    if marks >= max(2, 0.6 * len(cells)):
        return True
    if not cells or ("\t" not in text.strip() and len(cells) < 3) or NUMBER in kinds:
        return False
    if split_codes(cells[0])[0] or numbered(cells[0]):
        return False
    named = sum(len(c) <= MAX_COLUMN and _is_column(c) for c in cells)
    return named >= 1 and (named + marks) * 2 >= len(cells)


@lru_cache(maxsize=1024)
def _is_column(cell: str) -> bool:
    """Whether a short cell is a column's name and nothing else: a text that speaks of a meta or a unit is none."""
    found = words(cell)
    named = any(map(_COLUMN.fullmatch, found)) and all(_BESIDE.fullmatch(w) or _COLUMN.fullmatch(w) for w in found)
    return named or letters(cell) in ("PERIODO", "LA")


def _logical_lines(lines: Sequence[tuple[int, str]]) -> Iterator[list[_CutLine]]:
    """Join the lines of a row that is broken over several: text before its cells, or cells before its percentage."""
    group: list[_CutLine] = []
    for number, text in lines:
        cells = cells_of(text)
        if not any(c.strip("-: ") for c in cells):
            continue  # blank, or the rule under a table's header
        kinds = [kind_of(c) if c else BLANK for c in cells]
        if _is_table_header(text, cells, kinds):
            if group:
                yield group
            group = []
            continue
        line = (number, text, cells, kinds)
        if group and (_is_open(group) and _continues(group, cells)):
            group.append(line)
        else:
            if group:
                yield group
            group = [line]
    if group:
        yield group


def _is_open(group: list[_CutLine]) -> bool:
    """Whether a row begins in these lines and its cells are still to come."""
    alone = sum(len(cells) == 1 and kinds[0] is not TEXT for _, _, cells, kinds in group)
    if alone >= MAX_ALONE or len(group) - alone >= MAX_BROKEN or any(PERCENT in kinds for *_, kinds in group):
        return False
    cells, kinds = _together(group)
    start, end = cells_span(cells, kinds)
    if end - start >= 2:
        return True
    return bool(split_codes(cells[0])[0] or any(numbered(c) for c in cells[:2]))


def _together(group: list[_CutLine]) -> tuple[list[str], list[CellKind]]:
    return [c for line in group for c in line[2]], [k for line in group for k in line[3]]


def _continues(group: list[_CutLine], cells: Sequence[str]) -> bool:
    """Whether a line can be the rest of an open row.

    It begins neither with codes nor with an action number; once cells have been printed, it
    goes on with cells, and before that it brings no second text and measure of its own.
    """
    first = next((c for c in cells if c), "")
    if numbered(first) and not parse_number(first):
        return _is_codes_alone(group)
    if first[:1].isdigit() and split_codes(first)[0] and not parse_number(first) and len(cells) > 1:
        return _awaits_codes(group) and split_codes(first)[1] and not any(map(numbered, cells))
    if begins_action(cells):
        return _is_codes_alone(group)
    start, end = cells_span(*_together(group))
    if end - start >= 2:
        return kind_of(first) in (NUMBER, PERCENT)
    return True


def _awaits_codes(group: list[_CutLine]) -> bool:
    """Whether the lines so far are a numbered text alone: its codes stand beside a later line, at half its height."""
    first, *rest = ([c for c in cells if c] for _, _, cells, _ in group)
    return len(first) == 1 and numbered(first[0]) is not None and all(len(cells) == 1 for cells in rest)


def _is_codes_alone(group: list[_CutLine]) -> bool:
    """Whether the lines so far are one, and of línea codes only: the row's number stands on the next."""
    filled = [c for c in group[0][2] if c]
    return len(group) == 1 and len(filled) == 1 and split_codes(filled[0])[1]


def _parse_row(
    group: list[_CutLine], hash_of: Callable[[int], str], columns: TextColumns | None, number_at: int | None
) -> ActionRow | None:
    _, _, cells, kinds = group[0]
    if len(group) > 1:
        cells = _join_broken_text(group)
        kinds = [kind_of(c) for c in cells]
    start, end = cells_span(cells, kinds)
    texts = [c for c in cells[:start] if c]
    text, figure = _glued(texts[-1]) if texts else ("", "")
    if columns is not None and len(group) == 1 and is_whole(cells, kinds, columns):
        start, figure = columns.measure + 1, ""
        end = max(k for k in range(start, columns.remarks) if kinds[k] is not BLANK) + 1
        texts = [c for c in (*cells[: columns.text + 1], cells[columns.measure]) if c]
    once = printed_once(cells[start:end])
    printed = once or unglued(cells[start:end], kinds[start:end])
    if figure and not numbered(texts[-1]) and parse_number(figure):
        texts[-1] = text
        printed.insert(0, figure)
    if len(printed) - sum(map(is_blank, printed)) < 2 or not texts:
        return None
    head = row_head(texts)
    if head.number is None:
        head = numbered_head(cells[:start], number_at) or head
    if head.is_measure_lost and not printed[0]:
        printed = printed[1:]  # the blank in the measure's place
    remarks = " ".join(c for c in cells[end:] if c)
    # Interned: cells, measures and the texts of four quarters recur; on 40,000 rows it saves a third of their pages.
    return ActionRow(
        linea=group[0][0], lineas_accion=head.codes, accion=head.number, descripcion=intern(head.text),
        unidad_medida=intern(head.measure), impreso=tuple(map(intern, printed[:MAX_CELLS])),
        observaciones=intern(remarks),
        linea_fin=group[-1][0], huella=hash_of(group[0][0]), impreso_literal=tuple(cells[start:end]) if once else None,
    )  # fmt: skip


def _join_broken_text(group: list[_CutLine]) -> list[str]:
    """Cells of a broken row: a text cut by the break is one cell again, a number is not glued to another."""
    cells: list[str] = []
    codes: list[str] = []
    awaited = _awaits_codes(group[:-1])
    for k, (_, _, part, _) in enumerate(group):
        more = list(part)
        if awaited and k == len(group) - 1 and more and split_codes(more[0])[1]:
            codes, more = more[:1], more[1:]
        while cells and not cells[-1]:
            cells.pop()
        texts = cells and more and more[0] and not parse_number(cells[-1]) and not parse_number(more[0])
        if texts and (CODES.match(more[0]) or not split_codes(cells[-1])[1]):
            cells[-1] = f"{cells[-1]} {more[0]}"
            more = more[1:]
        cells.extend(more)
    return [*codes, *cells]


def _glued(text: str) -> tuple[str, str]:
    """A measure and the figure set in its cell after a blank; ("", "") where there is none."""
    head, *last = text.rsplit(None, 1)
    figure = last[0] if last and _FIGURE.fullmatch(last[0]) and _LETTER.search(head) else ""
    return (head, figure) if figure else ("", "")
