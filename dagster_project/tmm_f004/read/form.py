"""Reading a form's rows: candidate readings, and how sure the row alone makes us of each figure.

In here: the verdict (estado, margin, alternatives, ranges). Not in here: the search
(``table``, ``branch_and_bound``), what other quarters say (``reconcile``), or any table of the warehouse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache, partial

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import (
    CAMPOS,
    DUDOSA,
    EXACTA,
    REPARADA,
    ActionRow,
    Cifra,
    Estado,
    Form,
    FormRead,
    Reading,
    RowReading,
    TableReading,
)
from dagster_project.tmm_f004.read.as_printed import as_printed, closed_in
from dagster_project.tmm_f004.read.cumulated import doubtful, doubtful_to_date
from dagster_project.tmm_f004.read.fewer_columns import is_of_other_periods
from dagster_project.tmm_f004.read.mixed_layouts import table_reading
from dagster_project.tmm_f004.read.parts import parts_of
from dagster_project.tmm_f004.read.percent_rule import as_printed_percent
from dagster_project.tmm_f004.read.proof import is_one_figure, is_supported, is_typed_so, kept
from dagster_project.tmm_f004.read.reading import reading_of
from dagster_project.tmm_f004.read.table_cells import OTHER, TableCells, table_cells
from dagster_project.tmm_f004.read.total_row import Sums, fits, fits_wholly, sums, weighed
from dagster_project.tmm_f004.read.unknown_ratio import doubted
from dagster_project.tmm_f004.search.costs import OPENING_LEFT_OUT, OPENING_PLANNED, OPENING_UNKNOWN
from dagster_project.tmm_f004.search.row_sums import placements
from dagster_project.tmm_f004.search.row_variants import RowVariant, variants, without_meta
from dagster_project.tmm_f004.search.symbols import NAMES
from dagster_project.tmm_f004.search.table import Found, Table, Workspace, read_table
from dagster_project.tmm_f004.search.to_date import to_date

READING_MARGIN = 4.0
"""Nats by which a reading must beat every other to be believed: odds of 55 to 1 (benchmarks/accuracy.py)."""

SHARED = 7.0
"""A doubtful row is known to be damaged: it keeps a figure only if all readings this close that need no more steps of
damage than the cheapest agree on it."""

DEAREST = 12.0
"""No reading that changes a figure is believed where it is costlier than its table's usual row by more than this: it
takes three slips to explain it. One that changes none closes with what is printed, however many noughts its row has
or lacks (of 67 rows so doubted, at real, harsh and drawn rates, none was wrong)."""

DEAREST_RATIO = 4.0
"""The same of a ratio, whose sums prove nothing (docs/form.md, fact 7): only its place in the layout does."""

TO_DATE = "fecha_acumulada"
"""How a page's quarter is settled whose date prints a period of several: ENERO-JUNIO (``text.dates``)."""

_SEVERITY = {e: k for k, e in enumerate(Estado)}


@lru_cache(maxsize=1)
def _workspace() -> Workspace:
    return Workspace()


def worst(estados: Iterable[Estado]) -> Estado:
    """The worst of several estados; ``exacta`` of none."""
    return max(estados, key=_SEVERITY.__getitem__, default=EXACTA)


def read_form(formato: Form, catalogs: Catalogs) -> FormRead:
    """Read the cells of a form page: its table's layout, then every row's candidate readings.

    The quarter of the form decides which A are still unknown (docs/form.md, fact 2). Where it is in doubt, a row is
    ``dudosa`` unless it closes as printed; where it has no value, the last one is assumed and every row is ``dudosa``.
    """
    rows = formato.renglones
    quarter = int(formato.trimestre.valor or 4)
    left_out = catalogs.left_out(formato.ente.valor, formato.plan.valor, formato.anio.valor)
    before = left_out or 0
    adds_up = [catalogs.adds_up(r.unidad_medida) for r in rows]
    cells = table_cells(rows, formato.cabeza, quarter, adds_up)
    if cells.clase == OTHER:
        return replace(_other_table(formato, cells), antes_del_plan=before)
    prints = [[] if k in cells.apart else variants(r) for k, r in enumerate(cells.renglones)]
    readable = [k for k, p in enumerate(prints) if p]
    if not readable:
        return FormRead(formato, tuple(_unread(r) for r in rows), antes_del_plan=before)
    additive = {k: adds_up[k] for k in readable}
    opening = _opening(formato, left_out)
    named = tuple(NAMES.index(c) for c in cells.columnas)
    is_quarter_sure = formato.trimestre.valor is not None
    judged: dict[int, Callable[[Sums | None], RowReading]] = {}
    told: list[TableReading] = []
    dated: dict[int, RowReading] = {}
    found: dict[int, Sequence[Found]] = {}
    is_said = TO_DATE in formato.trimestre.regla or (formato.cabeza is not None and formato.cabeza.acumulado)
    for part in parts_of(rows, readable, prints, additive, quarter, _workspace()):
        adds = [additive[k] for k in part]
        table = read_table([prints[k] for k in part], adds, quarter, opening, _workspace(), named)
        reading = table_reading([cells.renglones[k] for k in part], table, quarter)
        printed = {k: cells.renglones[k].impreso for k in part}
        kind = to_date([printed[k] for k in part if additive[k]], quarter, table.columns, is_said=is_said)
        if kind:
            reading = replace(reading, off_layout_rows={})  # what departs from it are figures to date
        told.append(replace(reading, clase=kind or cells.clase, relativo=cells.relativo.nombre))
        if not kind and is_of_other_periods(table, adds, opening, formato.cabeza):
            told[-1] = replace(told[-1], clase=OTHER, off_layout_rows={})
            continue
        for n, k in enumerate(part):
            if kind:
                dated[k] = doubtful(rows[k], placements(printed[k], quarter, table.columns), kind, quarter)
                continue
            found[k] = table.readings[n]
            judged[k] = partial(
                _verdict, rows[k], prints[k], table.readings[n], table, quarter, adds[n], is_quarter_sure, before,
                formato.tecleada,
            )  # fmt: skip
    read = {k: judge(None) for k, judge in judged.items()}
    if len(read) == len(rows):  # a row that could not be read may be a part of any sum
        read = _with_total_row(read, judged, additive)
    read |= doubtful_to_date({k: row for k, row in read.items() if additive[k]}, found, quarter)
    read = {k: doubted(as_printed_percent(row, cells.relativo), catalogs) for k, row in read.items()}
    read |= dated
    if not formato.trimestre.is_sure:  # another quarter reads the cells in other columns
        read = {k: _undated(row) for k, row in read.items()}
    return FormRead(formato, tuple(read.get(k) or _unread(r) for k, r in enumerate(rows)), tuple(told), before)


def _other_table(formato: Form, cells: TableCells) -> FormRead:
    """A table that is not the form's: named, and its rows doubtful in all figures."""
    table = TableReading(
        tuple(row.linea for row in formato.renglones), (), None, clase=cells.clase, relativo=cells.relativo.nombre
    )
    return FormRead(formato, tuple(map(_unread, formato.renglones)), (table,))


def _with_total_row(
    read: dict[int, RowReading],
    judged: Mapping[int, Callable[[Sums | None], RowReading]],
    additive: Mapping[int, bool],
) -> dict[int, RowReading]:
    """Judge doubtful and repaired rows again by the sum of the total row, where the others bear it out."""
    order = sorted(read)
    for at, k in enumerate(order):
        if read[k].estado in (DUDOSA, REPARADA):
            rows = [read[n] for n in order]
            if read[k].estado == REPARADA:  # a wrong repair makes sound figures look sure: none is held to be
                rows[at] = replace(read[k], estados=dict.fromkeys(CAMPOS, DUDOSA))
            wanted = sums(rows, [additive[n] for n in order], at)
            read[k] = judged[k](wanted) if wanted else read[k]
    return read


def _opening(formato: Form, left_out: int | None) -> int:
    """What the plan of a page says of its first quarter: one begun in the year leaves it out (docs/form.md, fact 4)."""
    if left_out is None or not (formato.plan.is_sure and formato.anio.is_sure):
        return OPENING_UNKNOWN
    return OPENING_LEFT_OUT if left_out else OPENING_PLANNED


def _unread(row: ActionRow) -> RowReading:
    none = dict.fromkeys(CAMPOS)
    return RowReading(row, (), DUDOSA, dict.fromkeys(CAMPOS, DUDOSA), none, None)


def _verdict(
    row: ActionRow,
    prints: list[RowVariant],
    found: Sequence[Found],
    table: Table,
    quarter: int,
    additive: bool,
    is_quarter_sure: bool,
    left_out: int,
    is_typed: bool,
    wanted: Sums | None,
) -> RowReading:
    """The verdict on a row; ``wanted`` is what a total row that bears itself out makes of its figures.

    Nothing misread a print that ``is_typed``: sums that fail were published so (docs/form.md, fact 8).
    """
    dearest = table.usual + (DEAREST if additive else DEAREST_RATIO)
    read = [(reading_of(f), f) for f in found]
    believable = bool(found) and (found[0].cost <= dearest or (additive and _changes_nothing(read[0][0])))
    if not believable:
        read += [(reading_of(f), f) for f in _second_look(row, table, quarter, additive)]
        read.sort(key=lambda pair: pair[1].cost)
        found = [f for _, f in read]
    if not found:
        return as_printed(row, prints[0], table.columns, quarter, additive, _workspace())
    pairs = [(weighed(reading, wanted or {}), f.printed) for reading, f in read]
    pairs.sort(key=lambda pair: pair[0].costo)
    readings = [reading for reading, _ in pairs]
    best = readings[0].costo
    margin = readings[1].costo - best if len(readings) > 1 else None
    near = [r for r in readings if r.costo - best < READING_MARGIN]
    # six 4s may be six 2s, or their sums misread (docs/form.md, fact 9)
    likely = believable and (best <= dearest or (additive and _changes_nothing(readings[0])))
    printed = pairs[0][1]
    likely = likely and (printed.is_as_shown or (printed.is_legible and additive and is_one_figure(readings[0])))
    proven = is_supported(readings[0], additive, quarter, left_out)
    if wanted:
        likely = likely or fits_wholly(readings[0], wanted, quarter)
        proven = proven or fits(readings[0], wanted, quarter)
    is_denied = is_typed and not is_typed_so(readings[0])
    sure = is_quarter_sure and likely and proven and len(near) == 1 and not is_denied
    steps = len(readings[0].operaciones)
    wider = [
        r
        for r in readings
        if r.costo - best < READING_MARGIN or (r.costo - best < SHARED and len(r.operaciones) <= steps)
    ]
    closed: Set[str] = frozenset()
    if not sure and (len(near) == 1 or is_denied):
        margin = None  # its rivals lie far: what is not believed is that the print was changed so, or what it proves
        if is_denied or REPARADA in readings[0].estados.values():
            shown = as_printed(row, prints[0], table.columns, quarter, additive, _workspace())
            rivals = [replace(r, costo=readings[0].costo) for r in shown.lecturas]
            wider, margin = [*wider, *rivals], 0.0
            closed = closed_in(shown, readings[0]) if is_typed else closed
    margin = None if margin is None else round(margin, 3)
    is_layout_sure = table.margin is None or table.margin >= READING_MARGIN
    in_place = is_layout_sure and all(f.path == table.columns for f in found)
    return decide(row, readings, wider, sure, margin, additive, quarter, in_place=in_place, closed=closed)


def _changes_nothing(reading: Reading) -> bool:
    """Whether every figure is one that is printed, and no sum of a total row is broken."""
    is_broken = any(step.operacion == "fuera_de_la_suma" for step in reading.operaciones)
    return not is_broken and REPARADA not in reading.estados.values()


def _second_look(row: ActionRow, table: Table, quarter: int, additive: bool) -> list[Found]:
    """Readings of a row whose meta itself may be lost: tried only where nothing else closes."""
    prints = without_meta(row)
    if not prints:
        return []
    return list(read_table([prints], [additive], quarter, OPENING_UNKNOWN, _workspace()).readings[0])


def decide(
    row: ActionRow,
    readings: Sequence[Reading],
    running: Sequence[Reading],
    sure: bool,
    margin: float | None,
    additive: bool = True,
    quarter: int = 4,
    *,
    in_place: bool = False,
    closed: Set[str] = frozenset(),
) -> RowReading:
    """Believe the cheapest reading, or keep only the figures that all of ``running`` prove (``proof.kept``).

    ``running`` are the readings that may be the row's: the alternatives of a doubtful one; ``in_place`` says that they
    have every cell where the table's layout has it. ``closed`` are figures that a typed print itself closes.
    """
    first = readings[0]
    if sure:
        state = worst(first.estados.values())
        return RowReading(row, tuple(readings), state, first.estados, first.valores, margin)
    held = kept(running, additive, quarter, in_place=in_place) | closed
    values = {f: first.valores[f] if f in held else None for f in CAMPOS}
    estados = {f: first.estados[f] if f in held else DUDOSA for f in CAMPOS}
    ranges = _ranges(running, held)
    return RowReading(row, tuple(readings), DUDOSA, estados, values, margin, ranges, tuple(running))


def _ranges(running: Sequence[Reading], held: Set[str]) -> dict[str, tuple[Cifra, Cifra]]:
    """[min, max] of each figure that is not held, over the readings that may be the row's; none where all are blank."""
    ranges: dict[str, tuple[Cifra, Cifra]] = {}
    for field in CAMPOS:
        options = [r.valores[field] or 0 for r in running]
        if field not in held and (max(options) or any(r.valores[field] is not None for r in running)):
            ranges[field] = (min(options), max(options))
    return ranges


def _undated(row: RowReading) -> RowReading:
    """A row under a quarter that is in doubt: as it is where it closes as printed, else open in every figure."""
    options = row.alternativas or row.lecturas
    if row.estado == EXACTA or not options:
        return row
    open_, none = dict.fromkeys(CAMPOS, DUDOSA), dict.fromkeys(CAMPOS)
    ranges = _ranges(options, frozenset())
    return replace(row, estado=DUDOSA, estados=open_, valores=none, rango=ranges, alternativas=options)
