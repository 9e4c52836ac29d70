"""A sheet of a workbook as lines: its own rows and columns are the grid.

In here: which columns are a table's by its head, the lines of its rows, of title, header and signatures. Not in here:
what a cell shows (``sources``), percentages kept as fractions (``fractions``).

A column that no head names is none of the table's: offices keep their own sums beside it, often hidden, and the old
format does not say what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dagster_project.sources.document import Page, Place, PlacedLine, SheetCell
from dagster_project.tmm_f004.grid.fractions import as_percentages
from dagster_project.tmm_f004.page.line_kinds import label_of, title_of
from dagster_project.tmm_f004.page.row_head import row_head
from dagster_project.tmm_f004.page.table_head import QUARTERS, head_cell
from dagster_project.tmm_f004.text.fold import letters
from dagster_project.tmm_f004.text.numbers import CellKind, kind_of

FEWEST_QUARTERS = 2
"""Quarters named in one row, at least: a date names one."""

HEAD_UP, HEAD_DOWN = 2, 2
"""Rows of a head above its quarters' names (PERIODO, names of other columns) and below them (P and A)."""

FEWEST_FIGURES = 5
"""Figures of a row, at least, that is a table's though no head stands over it."""

APART = 3
"""Columns left empty between two texts of a row that are no cells of one line."""

Row = Mapping[int, SheetCell]
"""A row's cells by their column."""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A table's head: its first and last row, the table's columns, which of them hold figures (meta to percentage), and
    those of meta, absoluto and percentage where they are named."""

    first: int
    last: int
    columns: tuple[int, ...]
    figures: tuple[int, ...]
    meta: int | None
    total: int | None
    ratio: int | None


def sheet_lines(page: Page) -> list[PlacedLine]:
    """The lines of a sheet from its first row to its last, an empty one where rows are left out."""
    rows: dict[int, dict[int, SheetCell]] = {}
    for cell in page.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    heads = _heads(rows)
    found: list[PlacedLine] = []
    head: SheetHead | None = None
    last = min(rows, default=0)
    signing = False  # behind a table, until a title or label begins the next form
    table: list[list[SheetCell | None]] = []
    numbers = sorted(rows)
    for number, following in zip(numbers, [*numbers[1:], 0], strict=True):
        own = rows[number]
        begun = next((h for h in heads if h.first <= number <= h.last), None)
        if table and (begun is not None and begun is not head):
            found += _table_lines(table, head, page.number)
            table = []
        if begun is not None:
            head = begun
            table.append([own.get(column) for column in head.columns])
        elif head is not None and (
            _is_of_table(own, head) or (table and _is_banner(own, rows.get(following, {}), head))
        ):
            table.append([own.get(column) for column in head.columns])
        else:
            if table:
                found += _table_lines(table, head, page.number)
                table = []
                signing = True
            signing = signing and not _begins_form(own)
            if number > last + 1:
                found.append(PlacedLine("", page.number))
            found += _plain(own, page, apart=not signing)
        last = number
    return found + (_table_lines(table, head, page.number) if table else [])


def table_of(rows: Mapping[int, Row], page: int) -> tuple[list[PlacedLine], int, int] | None:
    """The lines of the first table among rows that hold nothing beside it, and its first and last row; None of none."""
    heads = _heads(rows)
    if not heads:
        return None
    head = heads[0]
    numbers = [n for n in sorted(rows) if n >= head.first]
    last = head.last
    for number, following in zip(numbers, [*numbers[1:], 0], strict=True):
        own = rows[number]
        if number > last and not (_is_of_table(own, head) or _is_banner(own, rows.get(following, {}), head)):
            break
        last = max(last, number)
    table = [[rows[n].get(column) for column in head.columns] for n in numbers if n <= last]
    return _table_lines(table, head, page), head.first, last


def _heads(rows: Mapping[int, Row]) -> list[SheetHead]:
    found: list[SheetHead] = []
    for number in sorted(rows):
        quarters = [c for c in rows[number].values() if head_cell(c.text).months in QUARTERS]
        if len(quarters) < FEWEST_QUARTERS or (found and number <= found[-1].last):
            continue
        below = [n for n in range(number + 1, number + 1 + HEAD_DOWN) if n in rows]
        marks = max((_marks(rows[n]) for n in below), key=len, default=[])
        last = marks[0].row if marks else number
        figures = {c.column for c in marks} | {k for c in quarters for k in _columns(c)}
        first = min(figures)
        named = [
            cell
            for n in range(number - HEAD_UP, last + 1)
            for cell in rows.get(n, {}).values()
            if not (label_of(cell.text.rstrip(": ")) or title_of(cell.text)) or len(rows[n]) > FEWEST_QUARTERS
        ]
        top = min((c.row for c in named if c.row < number and _is_over(c, first)), default=number)
        named = [c for c in named if c.row >= top]
        columns = figures | {k for c in named for k in _columns(c)}
        meta = _named(named, ("META", "METAANUAL", "METAANUALAUTORIZADA"), below=first)
        total = _named(named, ("AVANCEABSOLUTO", "ABSOLUTO", "TOTALABSOLUTO"))
        if to_date := _plan_and_total(named, marks, total):
            total = to_date[1]
            figures, columns = figures - {to_date[0]}, columns - {to_date[0]}
        ratio = _named(named, ("ACUMULADORELATIVO", "RELATIVO", "AVANCERELATIVO", "PORCENTAJE"))
        begin = first if meta is None else meta
        end = max([*figures, *(k for k in (total, ratio) if k is not None)])
        ordered = tuple(sorted(columns))
        of_figures = tuple(k for k in ordered if begin <= k <= end)
        found.append(SheetHead(top, last, ordered, of_figures, meta, total, ratio))
    return found


def _plan_and_total(
    named: Iterable[SheetCell], marks: Iterable[SheetCell], total: int | None
) -> tuple[int, int] | None:
    """The columns P and A under the total's name, where it stands over two; what was planned to date is none of the
    form's."""
    over = next((_columns(c) for c in named if c.column == total), range(0))
    under = {head_cell(c.text).side: c.column for c in marks if c.column in over}
    return (under["p"], under["a"]) if under.keys() >= {"p", "a"} else None


def _marks(row: Row) -> list[SheetCell]:
    """The marks P and A of a row that holds little else; [] of another."""
    found = [c for c in row.values() if head_cell(c.text).side]
    return sorted(found, key=lambda c: c.column) if len(found) > 2 else []


def _columns(cell: SheetCell) -> range:
    return range(cell.column, (cell.last_column or cell.column) + 1)


def _is_over(cell: SheetCell, first: int) -> bool:
    """Whether a cell above the quarters is of the head: PERIODO over them, or a name that is merged down to them."""
    return (cell.last_row or cell.row) > cell.row or cell.column >= first or letters(cell.text).startswith("META")


def _named(cells: Iterable[SheetCell], names: Sequence[str], below: int | None = None) -> int | None:
    found = [c.column for c in cells if letters(c.text) in names and (below is None or c.column < below)]
    return max(found, default=None)


def _is_of_table(row: Row, head: SheetHead) -> bool:
    """Whether a row below a head is one of its table: it fills columns of figures, or begins with an action."""
    figures = [c for k, c in row.items() if k in head.figures]
    if any(kind_of(c.text) is not CellKind.TEXT for c in figures):
        return True
    texts = [c.text for k, c in sorted(row.items()) if k in head.columns and k < head.figures[0]]
    number = row_head(texts).number if texts else None
    return number is not None and number > 9


def _is_banner(row: Row, below: Row, head: SheetHead) -> bool:
    """Whether a row is one text in a column before the figures', also merged across them, and names rows below it."""
    is_text = len(row) == 1 and all(k in head.columns and k < head.figures[0] for k in row)
    return is_text and _is_of_table(below, head)


def _table_lines(table: Sequence[Sequence[SheetCell | None]], head: SheetHead | None, page: int) -> list[PlacedLine]:
    texts = [[cell.text if cell else "" for cell in row] for row in table]
    if head and None not in (head.meta, head.total, head.ratio):
        at = [head.columns.index(k) for k in (head.meta, head.total, head.ratio) if k is not None]
        texts = as_percentages(texts, *at)
    return [
        PlacedLine("\t".join(cells), page, tuple(_place(c, page) if c else None for c in row))
        for cells, row in zip(texts, table, strict=True)
    ]


def _begins_form(row: Row) -> bool:
    return any(title_of(cell.text) or label_of(cell.text.partition(":")[0]) for cell in row.values())


def _plain(row: Row, page: Page, *, apart: bool) -> list[PlacedLine]:
    """A row that is under no head: cells side by side are one text; texts far ``apart`` are lines of their own, else
    cells. One of many figures is a table's whose head is gone, and keeps its cells."""
    if sum(kind_of(c.text) is not CellKind.TEXT for c in row.values()) >= FEWEST_FIGURES:
        columns = range(min(row), max(row) + 1)
        return _table_lines([[row.get(k) for k in columns]], None, page.number)
    texts: list[list[SheetCell]] = []
    for cell in (row[k] for k in sorted(row)):
        last = texts[-1][-1] if texts else None
        near = last is not None and cell.column - (last.last_column or last.column) <= APART
        if last is not None and ((near and apart) or (len(texts[-1]) == 1 and label_of(last.text.rstrip(" :")))):
            texts[-1].append(cell)
        else:
            texts.append([cell])
    whole = [(" ".join(c.text for c in own), _around(own, page)) for own in texts]
    if apart:
        return [PlacedLine(text, page.number, (place,)) for text, place in whole]
    return [PlacedLine("\t".join(text for text, _ in whole), page.number, tuple(place for _, place in whole))]


def _place(cell: SheetCell, page: int) -> Place:
    return Place(page, cell.box, cell.reference or None, formula=cell.formula)


def _around(cells: Sequence[SheetCell], page: Page) -> Place:
    first, last = cells[0].reference, cells[-1].reference.rpartition("!")[2]
    reference = first if len(cells) == 1 else f"{first}:{last}"
    return Place(page.number, reference=reference, formula=cells[-1].formula)
