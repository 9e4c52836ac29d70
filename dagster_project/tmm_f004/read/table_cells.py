"""The cells of a table's rows as the search takes them: in the form's own columns, whatever columns the table prints.

In here: what the head and all rows together say of the columns, and cells that print no figure of the form. Not in
here: what a row may be after damage (``search``), nor what the head says (``page.table_head``). The print stays as it
is in ``ActionRow.impreso``; only what is searched changes, and only where most rows print as many cells as the
columns say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dagster_project.tmm_f004.model import ActionRow, TableHead
from dagster_project.tmm_f004.page.table_head import ORDERED
from dagster_project.tmm_f004.read.percent_rule import OF_META, PercentRule, percent_rule, signed
from dagster_project.tmm_f004.search.costs import OPENING_UNKNOWN
from dagster_project.tmm_f004.search.in_place import FULL_PRINT
from dagster_project.tmm_f004.search.layouts import bases
from dagster_project.tmm_f004.search.row_sums import FORM, Figures, adds_up, figures_of, figures_on, placements
from dagster_project.tmm_f004.search.symbols import NAMES
from dagster_project.tmm_f004.search.to_date import AGAINST
from dagster_project.tmm_f004.text.numbers import is_blank
from dagster_project.tmm_f004.text.plain_cells import MOST, unsigned, without_empty, without_signs

OF_THE_FORM, OTHER = "de_la_forma", "tabla_de_otro_formato"
"""Kinds of table: ours, and one whose columns are named and whose figures are not known."""

FEWEST_ALIKE = 2
"""Rows of a width that tell under which layout a table of another order prints them."""

BELIED = 0.8
"""Share of its full prints that must add up in another order for a table to be of none that is known."""


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

    ``quarter`` is the one the report speaks of, ``additive`` says of each row whether its quarters add up.
    """
    cells = without_empty([list(row.impreso) for row in rows])
    kind, cells, apart = _by_head(cells, head, quarter, additive)
    if kind == OF_THE_FORM and _belied(cells, quarter):
        kind = OTHER
    cells = without_signs(cells)
    if kind != OTHER:
        cells = signed(cells)
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


def _by_head(
    cells: list[list[str]], head: TableHead | None, quarter: int, additive: Sequence[bool]
) -> tuple[str, list[list[str]], set[int]]:
    """The kind of a table, its cells in the form's order, and the rows for which neither holds."""
    if head is None or not cells:
        return OF_THE_FORM, cells, set()
    widths = Counter(map(len, cells))
    if head.clase == "otros_periodos":
        expected = {head.marcas + 3, head.marcas + 2}
        is_so = sum(n for width, n in widths.items() if width in expected) >= MOST * len(cells)
        return (OTHER if is_so else OF_THE_FORM), cells, set()
    if head.clase in ORDERED:
        return _in_order(cells, head, quarter, additive)
    columns = head.columnas
    if {*FORM} - {*columns} == {"meta"} and widths[len(columns)] >= MOST * len(cells):
        return OTHER, cells, set()  # without the meta no plan is proven: the first P would be taken for it
    figures = [c for c in columns if c]
    wide = [k for k, row in enumerate(cells) if len(row) == len(columns)]
    if columns == FORM or sorted(figures) != sorted(FORM) or len(wide) < MOST * len(cells):
        return OF_THE_FORM, cells, set()
    # heads come with columns too many: the figures must add up without these
    goals = range(next(k for k, c in enumerate(columns) if c and c != "meta"))  # of several it may be any
    ways = [_picked(cells, columns, goal) for goal in goals]
    closing = [_closing(way, wide, quarter) for way in ways]
    best = max(closing)
    return OF_THE_FORM, (ways[closing.index(best)] if best >= MOST * len(wide) else cells), set()


def _picked(cells: Sequence[list[str]], columns: Sequence[str], goal: int) -> list[list[str]]:
    """The rows that print the columns of a head, in the form's order, with the meta in column ``goal``; others as they
    are."""
    at = [goal, *(columns.index(name) for name in FORM[1:])]
    return [[row[i] for i in at] if len(row) == len(columns) else row for row in cells]


def _in_order(
    cells: list[list[str]], head: TableHead, quarter: int, additive: Sequence[bool]
) -> tuple[str, list[list[str]], set[int]]:
    """The kind of a table whose head names another order, its cells in the form's, and the rows that it does not tell.

    Rows of a width are read under the plain layout that most of them close on, as the head orders its columns: two may
    be as wide. A sum that does not close on it is damaged where the search, which knows the form's order, would not
    look. Where most rows close under none, or more of them as the form's own, neither order is believed.
    """
    order = [NAMES.index(c) for c in head.columnas if c in FORM[1:9]]
    found, told, good = list(cells), set[int](), 0
    for width in {len(row) for row in cells}:
        mine = [k for k, row in enumerate(cells) if len(row) == width]
        ways = []
        for columns, places in _ways(order, head.columnas, width, quarter):
            rows = {k: [cells[k][at] for at in places] for k in mine}
            ways.append((rows, {k for k, row in rows.items() if _closes_on(row, columns, quarter)}))
        ways.sort(key=lambda way: -len(way[1]))
        if len(mine) < min(FEWEST_ALIKE, len(cells)):
            continue  # one row of another width than the others closes on it by what it lacks
        if ways and 2 * len(ways[0][1]) >= len(mine) and (len(ways) == 1 or len(ways[0][1]) > len(ways[1][1])):
            rows, closing = ways[0]
            good += len(closing)
            told |= closing | {k for k in mine if not additive[k]}
            for k, row in rows.items():
                found[k] = row
    as_ours = sum(any(adds_up(f, quarter) for f, _ in placements(unsigned(row), quarter)) for row in cells)
    if good < as_ours or good < MOST * len(cells):
        return OTHER, cells, set()
    return head.clase, found, set(range(len(cells))) - told


def _ways(
    order: Sequence[int], named: Sequence[str], width: int, quarter: int
) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """The plain layouts of a width, each with the places at which a table of this order prints its columns, the meta's
    and the percentage's among them; where the head names other columns too, the one that it names."""
    if width == len(named) and "" in named and {*FORM} <= {*named}:
        yield FULL_PRINT, [named.index(name) for name in FORM]
        return
    for columns, _ in bases(quarter, OPENING_UNKNOWN):
        printed = [c for c in order if c in columns]
        if len(columns) + 2 != width or len(printed) + 1 != len(columns):
            continue
        if 0 in columns and 1 not in columns:  # one blank in the place of the first pair
            printed = [0, *(c for c in printed if c != 0)]
        yield columns, [0, *(1 + printed.index(c) for c in columns[:-1]), width - 2, width - 1]


def _closes_on(cells: Sequence[str], columns: Sequence[int], quarter: int) -> bool:
    """Whether a row's cells, in the form's order, add up under a layout."""
    figures = figures_on(unsigned(cells), columns)
    return figures is not None and adds_up(figures, quarter)


def _belied(cells: Sequence[Sequence[str]], quarter: int) -> bool:
    """Whether a table whose head names no other order adds up in another one, A before P or all P before all A, and
    not in ours.

    Nothing then says what its columns are: neither order is believed.
    """
    cells = [_without_sum_of_block(row) for row in cells]
    wide = [k for k, row in enumerate(cells) if len(row) == len(FORM)]
    if len(wide) < MOST * len(cells) or all(is_blank(cells[k][1]) for k in wide):
        return False  # one blank in the place of the first pair moves the others by a cell, too
    full: list[Figures] = [f for k in wide if (f := figures_of(unsigned(cells[k])))]
    ours = [adds_up(f, quarter) for f in full]
    if all(ours):
        return False  # the usual table
    for order in _ORDERS:
        other = [adds_up(f.in_order(order), quarter) for f in full]
        alone = sum(there and not here for here, there in zip(ours, other, strict=True))
        ours_alone = sum(here and not there for here, there in zip(ours, other, strict=True))
        # what was achieved as planned adds up in both, and tells of neither
        is_told = alone >= FEWEST_ALIKE or alone == sum(other)
        if sum(other) >= BELIED * len(wide) and is_told and alone > AGAINST * ours_alone:
            return True
    return False


def _without_sum_of_block(cells: Sequence[str]) -> Sequence[str]:
    """The cells of a row that prints its meta again behind four P, as blocks with a total each do, without that."""
    again = len(cells) == len(FORM) + 1 and cells[5].replace(",", "") == cells[0].replace(",", "")
    return [*cells[:5], *cells[6:]] if again else cells


_ORDERS = (
    (0, 2, 1, 4, 3, 6, 5, 8, 7, 9, 10),
    (0, 1, 5, 2, 6, 3, 7, 4, 8, 9, 10),
    (0, 5, 1, 6, 2, 7, 3, 8, 4, 9, 10),
)
"""Where the form's columns stand in tables of another order: A before P; all P, then all A; all A, then all P. Meta,
total and percentage stand where they do in ours."""


def _closing(cells: Sequence[Sequence[str]], wide: Sequence[int], quarter: int) -> int:
    """How many of these rows add up with each figure in its place."""
    found: list[Figures] = [f for k in wide if (f := figures_of(unsigned(cells[k])))]
    return sum(adds_up(f, quarter) for f in found)
