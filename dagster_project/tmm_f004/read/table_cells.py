"""The cells of a table's rows as the search takes them: in the form's own columns, whatever columns the table prints.

In here: what the head and all rows together say of the columns, and cells that print no figure of the form. Not in
here: what a row may be after damage (``search``), nor what the head says (``page.table_head``). The print stays as it
is in ``ActionRow.impreso``; only what is searched changes, and only where most rows print as many cells as the
columns say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dagster_project.tmm_f004.model import ActionRow, TableHead
from dagster_project.tmm_f004.read.arithmetic import FORM, Figures, adds_up, figures_of
from dagster_project.tmm_f004.read.cumulated import AGAINST, SHARE, to_date
from dagster_project.tmm_f004.read.percent_rule import OF_META, PercentRule, percent_rule, signed
from dagster_project.tmm_f004.text.fold import letters
from dagster_project.tmm_f004.text.numbers import is_blank

OF_THE_FORM, OTHER = "de_la_forma", "tabla_de_otro_formato"
"""Kinds of table: ours, and one whose columns are named and whose figures are not known."""

MOST = 0.5
"""Share of a table's rows that must print as many cells as columns say, for these to be its columns."""

FEWEST_STRIDES, LONGEST_STRIDE = 7, 3
"""A table that was exported with empty columns after each of its own: at least so many figures, at most so far
apart."""

_NOTHING = frozenset({"NA", "ND", "SP", "SD", "NE", "NOAPLICA", "NODISPONIBLE", "SINDATO", "SINDATOS"})
_SHORT = 14


@dataclass(frozen=True, slots=True)
class TableCells:
    """A table's rows with the cells to be searched, what kind of table it is, and of what its percentages are.

    ``apart`` are the indices of rows that its kind does not tell how to read; ``columnas`` the columns between meta and
    percentage where the head names fewer than the form's, and the rows print as many.
    """

    renglones: list[ActionRow]
    clase: str = OF_THE_FORM
    relativo: PercentRule = OF_META
    apart: frozenset[int] = field(default_factory=frozenset)
    columnas: tuple[str, ...] = ()


def table_cells(
    rows: Sequence[ActionRow], head: TableHead | None, quarter: int, additive: Sequence[bool]
) -> TableCells:
    """The cells of a table's rows in the form's columns.

    ``quarter`` is the one the report speaks of, ``additive`` says of each row whether its quarters add up: no other
    tells a table to date from the form's.
    """
    cells = _without_empty_columns(_without_words([list(row.impreso) for row in rows]))
    kind, cells, apart = _by_head(cells, head, quarter)
    if kind == OF_THE_FORM and _belied(cells, quarter):
        kind = OTHER
    cells = [_unsigned(c) for c in _without_percentages(cells)]
    if kind != OTHER:
        cells = signed(cells)
        kind = (
            to_date([figures_of(c) if adds else None for c, adds in zip(cells, additive, strict=True)], quarter) or kind
        )
    rule, cells = percent_rule(cells, quarter)
    found = [
        row if list(row.impreso) == c else replace(row, impreso=tuple(c)) for row, c in zip(rows, cells, strict=True)
    ]
    return TableCells(found, kind, rule, frozenset(apart), _named(cells, head))


def _named(cells: Sequence[Sequence[str]], head: TableHead | None) -> tuple[str, ...]:
    """The columns that a head names where these are some of the form's, and rows print as many."""
    if head is None or head.clase != OF_THE_FORM or "" in head.columnas or set(head.columnas) >= set(FORM):
        return ()
    if not {"meta", "absoluto", "relativo_pct"} < set(head.columnas):
        return ()
    wide = sum(len(row) == len(head.columnas) for row in cells)
    return head.columnas[1:-1] if wide >= MOST * len(cells) and wide else ()


def _without_words(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table, blank where a column says in words that it holds nothing: in most rows, as others print a
    dash.

    One such cell may stand for a figure that could not be read.
    """
    said = Counter(k for row in cells for k, c in enumerate(row) if _is_nothing(c))
    if not said:
        return cells
    habit = {k for k, n in said.items() if n >= MOST * sum(len(row) > k for row in cells)}
    return [["" if k in habit and _is_nothing(c) else c for k, c in enumerate(row)] for row in cells]


def _is_nothing(cell: str) -> bool:
    return len(cell) <= _SHORT and cell[:1].isalpha() and letters(cell) in _NOTHING and not _digits(cell)


def _digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _without_empty_columns(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table without columns that are empty in all its rows, where one (or two) follows each figure."""
    for stride in range(2, LONGEST_STRIDE + 1):
        figures = [row[::stride] for row in cells]
        between = [c for row in cells for k, c in enumerate(row) if k % stride]
        if all(len(f) >= FEWEST_STRIDES for f in figures) and all(map(is_blank, between)):
            return figures
    return cells


def _by_head(cells: list[list[str]], head: TableHead | None, quarter: int) -> tuple[str, list[list[str]], set[int]]:
    """The kind of a table, its cells in the form's order, and the rows for which neither holds."""
    if head is None or not cells:
        return OF_THE_FORM, cells, set()
    widths = Counter(map(len, cells))
    if head.clase == "otros_periodos":
        expected = {head.marcas + 3, head.marcas + 2}
        is_so = sum(n for width, n in widths.items() if width in expected) >= MOST * len(cells)
        return (OTHER if is_so else OF_THE_FORM), cells, set()
    columns = head.columnas
    figures = [c for c in columns if c]
    untold = OTHER if head.clase in ("avance_primero", "bloques") else OF_THE_FORM  # in another order, not all printed
    if columns == FORM or sorted(figures) != sorted(FORM):
        return untold, cells, set()
    wide = [k for k, row in enumerate(cells) if len(row) == len(columns)]
    if len(wide) < MOST * len(cells):
        return untold, cells, set()
    at = [columns.index(name) for name in FORM]
    ordered = [[row[i] for i in at] if len(row) == len(columns) else row for row in cells]
    good, as_ours = (_closing(rows, wide, quarter) for rows in (ordered, cells))
    if head.clase == OF_THE_FORM:  # heads come with columns too many: the figures must add up without these
        return (OF_THE_FORM, ordered, set()) if good >= MOST * len(wide) else (OF_THE_FORM, cells, set())
    if good < as_ours:  # the cells belie the head: neither is believed
        return OTHER, cells, set()
    return head.clase, ordered, {k for k in range(len(cells)) if k not in wide}


def _belied(cells: Sequence[Sequence[str]], quarter: int) -> bool:
    """Whether a table whose head names no other order adds up in another one, A before P or all P before all A, and
    not in ours.

    Nothing then says what its columns are: neither order is believed.
    """
    wide = [k for k, row in enumerate(cells) if len(row) == len(FORM)]
    if len(wide) < MOST * len(cells) or all(is_blank(cells[k][1]) for k in wide):
        return False  # one blank in the place of the first pair moves the others by a cell, too
    full: list[Figures] = [f for k in wide if (f := figures_of(_unsigned(cells[k])))]
    ours = sum(adds_up(f, quarter) for f in full)
    for order in _ORDERS:
        other = sum(adds_up(f.in_order(order), quarter) for f in full)
        if other >= SHARE * len(wide) and other > AGAINST * ours:
            return True
    return False


_ORDERS = (
    (0, 2, 1, 4, 3, 6, 5, 8, 7, 9, 10),
    (0, 1, 5, 2, 6, 3, 7, 4, 8, 9, 10),
    (0, 5, 1, 6, 2, 7, 3, 8, 4, 9, 10),
)
"""Where the form's columns stand in tables of another order: A before P; all P, then all A; all A, then all P. Meta,
total and percentage stand where they do in ours."""


def _closing(cells: Sequence[Sequence[str]], wide: Sequence[int], quarter: int) -> int:
    """How many of these rows add up with each figure in its place."""
    found: list[Figures] = [f for k in wide if (f := figures_of(_unsigned(cells[k])))]
    return sum(adds_up(f, quarter) for f in found)


def _without_percentages(cells: list[list[str]]) -> list[list[str]]:
    """The cells of a table that prints a percentage behind each P and A, without these."""
    told = [
        row for row in cells if len(row) == len(FORM) + 4 and "%" in row[-1] and not all("%" in c for c in row if c)
    ]
    inside = [k for k in range(1, len(FORM) + 3) if any("%" in row[k] for row in told)]
    if len(told) < MOST * len(cells) or inside != [3, 6, 9, 12][: len(inside)] or not inside:
        return cells
    return [
        [c for k, c in enumerate(row) if k not in (3, 6, 9, 12)] if len(row) == len(FORM) + 4 else row for row in cells
    ]


def _unsigned(cells: Sequence[str]) -> list[str]:
    """A row's cells without per cent signs but the last: a ratio's figures print them, and so does a stray cell."""
    return [c.rstrip("% ") if k < len(cells) - 1 and c.endswith("%") and _digits(c) else c for k, c in enumerate(cells)]
