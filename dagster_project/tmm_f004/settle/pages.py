"""From printed pages to forms that say what they are about: the reader's ``settle`` step (docs/form.md).

Calls the modules that weigh the evidence, in the order in which one needs the other; no rule of its own. Year and
municipality come first, file by file (``place_pages``), then everything else over all pages in force of one ente and
ejercicio (``settle_pool``).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import ActionRow, Extract, Form, HeaderField, Refusal, Settled
from dagster_project.tmm_f004.page.header_fields import vocabulary_of
from dagster_project.tmm_f004.page.printed_page import PrintedPage, parse
from dagster_project.tmm_f004.page.sheet import PageEvidence, evidence_of
from dagster_project.tmm_f004.settle.action_lines import ActionLines
from dagster_project.tmm_f004.settle.action_numbers import judge_numbers
from dagster_project.tmm_f004.settle.header_codes import settle_branch, settle_functional
from dagster_project.tmm_f004.settle.municipality import settle_municipalities
from dagster_project.tmm_f004.settle.number_sequence import infer_numbers
from dagster_project.tmm_f004.settle.plan import UNCATALOGUED, settle_plan
from dagster_project.tmm_f004.settle.pool import PlacedPage, Pool, pool_of
from dagster_project.tmm_f004.settle.programme import repeated_programmes, settle_programme
from dagster_project.tmm_f004.settle.quarter import settle_quarters
from dagster_project.tmm_f004.settle.quarter_by_cells import settle_open_quarters
from dagster_project.tmm_f004.settle.unit import settle_units, units_alone
from dagster_project.tmm_f004.settle.year import settle_years

TRUNCATED = "forma_cortada"

DecidedPages = Mapping[str, Mapping[str, Settled]]
"""What people decided of pages: by the hash of a page, then by field (unidad, trimestre, plan)."""

PoolKey = tuple[str | None, int | None]
"""Ente and ejercicio of a pool, None where a page leaves it open."""

SettledPage = tuple[PlacedPage, Form, Refusal | None]
"""A page with its form, and what is said of it where it ends before its time and goes on nowhere."""


def settle_extract(lines: Sequence[str], catalogs: Catalogs, *, both_sides: bool = False) -> Extract:
    """Read the lines of one file (without line ends; the first is line 1) into settled form pages, by themselves.

    Never raises on any text: what cannot be read is among the ``rechazos`` with rule, reason and line. ``both_sides``
    as in ``parse``.
    """
    return settle_printed(*parse(lines, vocabulary_of(catalogs), both_sides=both_sides), catalogs)


def settle_printed(printed: Sequence[PrintedPage], refused: Sequence[Refusal], catalogs: Catalogs) -> Extract:
    """As ``settle_extract``, of what ``parse`` made of the lines."""
    settled = list(_settled(printed, catalogs))
    cuts = [cut for _, _, cut in settled if cut]
    return Extract(
        tuple(form for _, form, _ in settled),
        tuple(sorted([*refused, *cuts], key=lambda r: (r.linea, r.regla))),
    )


def settled_forms(printed: Sequence[PrintedPage], catalogs: Catalogs) -> Iterator[Form]:
    """The forms of ``settle_printed``, made one at a time: of a file of 16,000 pages all at once are 90 MiB."""
    return (form for _, form, _ in _settled(printed, catalogs))


def _settled(printed: Sequence[PrintedPage], catalogs: Catalogs) -> Iterator[SettledPage]:
    pools: dict[PoolKey, list[PlacedPage]] = defaultdict(list)
    for page in place_pages("", printed, catalogs):
        pools[pool_key(page)].append(page)
    each = [settle_pool(pages, key[0], catalogs) for key, pages in pools.items()]
    return heapq.merge(*each, key=lambda settled: settled[1].formato)


def place_pages(extracto_id: str, printed: Sequence[PrintedPage], catalogs: Catalogs) -> list[PlacedPage]:
    """The pages of a file with the municipality and year that it shows of each, in order.

    What the file leaves open is ``dudosa``.
    """
    sheets = [evidence_of(page) for page in printed]
    places = settle_municipalities(sheets, catalogs)
    units = units_alone(sheets, places, catalogs)
    years = settle_years(sheets, units)
    return [PlacedPage(extracto_id, *page) for page in zip(printed, places, years, units, sheets, strict=True)]


def pool_key(page: PlacedPage) -> PoolKey:
    """The pool that a page belongs to."""
    year = int(page.anio.valor) if page.anio.valor and page.anio.is_sure else None
    return (page.ente.valor if page.ente.is_sure else None), year


def settle_pool(
    pages: Sequence[PlacedPage], ente: str | None, catalogs: Catalogs, decided: DecidedPages | None = None
) -> Iterator[SettledPage]:
    """Settle all pages in force of one ente and ejercicio, in any order, and yield their forms by file and page.

    ``decided`` is what people decided of pages; it counts as evidence for the others too.
    """
    pool = pool_of(pages)
    if not pool.sheets:
        return
    decisions = [(decided or {}).get(sheet.printed.huella, {}) for sheet in pool.sheets]
    units = settle_units(pool, ente, catalogs, [d.get("unidad") for d in decisions])
    quarters = settle_quarters(pool, units, [d.get("trimestre") for d in decisions])
    quarters = settle_open_quarters(pool, quarters, units, catalogs.adds_up)
    plans = [decisions[k].get("plan") or _plan(pool, k, quarters[k], catalogs) for k in range(len(units))]
    numbers = _inferred(pool, units, quarters)
    truncated = _truncated(pool, units, quarters)
    lines = ActionLines()
    for k, sheet in enumerate(pool.sheets):
        lines.note(k, sheet.campos, _line_codes_of(sheet, plans[k]))
    branches = Counter(s.ramo[0] for s in pool.sheets if s.ramo[0])
    of_unit = {u.unidad_codigo: u.programa_codigo for u in catalogs.unidades if ente in (None, u.ente_codigo)}
    repeated = repeated_programmes(pool.sheets)
    programmes = catalogs.programmes_of(ente)
    settled_programmes = [
        settle_programme(sheet, programmes, of_unit.get(unit.valor or "") if unit.is_sure else None, repeated)
        for sheet, unit in zip(pool.sheets, units, strict=True)
    ]
    in_order = sorted(((page, k) for k, same in enumerate(pool.copies) for page in same), key=lambda p: p[0].place)
    for page, k in in_order:
        unit, programme, printed = units[k], settled_programmes[k], page.printed
        rows = judge_numbers(_numbered(printed.renglones, numbers.get(k)))
        fields = lines.settle(k, printed.campos, rows, _line_codes_of(pool.sheets[k], plans[k]))
        fields = settle_branch(settle_functional(fields, catalogs.clasificacion), branches, unit.valor)
        told = _with_settled(fields, {"unidad_ejecutora": unit, "programa": programme})
        form = Form(
            printed.formato, printed.linea_inicio, printed.linea_fin, page.ente, unit, page.anio, quarters[k], plans[k],
            programme, told, rows, printed.totales, printed.cabeza, printed.tecleada,
        )  # fmt: skip
        yield page, form, _truncation(page) if k in truncated else None


def _truncation(page: PlacedPage) -> Refusal | None:
    if page.printed.truncada is None:
        return None
    line, reason, text = page.printed.truncada
    return Refusal(TRUNCATED, f"form page {page.printed.formato} {reason}", text, line)


def _plan(pool: Pool, k: int, quarter: Settled, catalogs: Catalogs) -> Settled:
    page = pool.copies[k][0]
    return settle_plan(pool.sheets[k], page.anio, quarter, catalogs.plans_of(page.ente.valor))


def _line_codes_of(sheet: PageEvidence, plan: Settled) -> str | None:
    """Whose línea codes a page prints: its plan's, None where it is in doubt.

    Pages under plans that the catalogue lacks go by what their headers show: a change of plan may renumber líneas.
    """
    if plan.regla == UNCATALOGUED:
        return f"{UNCATALOGUED} {sheet.header_sign[0] if sheet.header_sign else ''}"
    return plan.valor if plan.is_sure else None


def _reports(units: Sequence[Settled], quarters: Sequence[Settled]) -> dict[tuple[str | None, str | None], list[int]]:
    """The prints of each report whose unit and quarter are settled."""
    reports: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for k, (unit, quarter) in enumerate(zip(units, quarters, strict=True)):
        if unit.is_sure and quarter.is_sure:
            reports[unit.valor, quarter.valor].append(k)
    return reports


def _inferred(pool: Pool, units: Sequence[Settled], quarters: Sequence[Settled]) -> dict[int, list[ActionRow]]:
    """The rows of each print that lost an action number, inferred over the prints of the same settled report."""
    reports = _reports(units, quarters)
    settled = {k for members in reports.values() for k in members}
    groups = [*reports.values(), *([k] for k in range(len(units)) if k not in settled)]
    found: dict[int, list[ActionRow]] = {}
    for members in groups:
        lost = {k for k in members if any(r.accion is None for r in pool.sheets[k].renglones)}
        if lost:
            ordered = in_print_order(pool, members)
            filled = infer_numbers([pool.sheets[k].renglones for k in ordered])
            found |= {k: rows for k, rows in zip(ordered, filled, strict=True) if k in lost}
    return found


def in_print_order(pool: Pool, members: Sequence[int]) -> list[int]:
    """The prints of one report in the order of their first numbers; one without any comes first.

    Unless it stands right after one of them in a file: then it follows that one.
    """
    ordered = sorted(members, key=lambda k: (pool.sheets[k].claves.first or -1, k))
    for k in [k for k in ordered if not pool.sheets[k].claves.numbers]:
        behind = [i for i in pool.before[k] if i in ordered]
        if behind:
            ordered.remove(k)
            ordered.insert(ordered.index(behind[0]) + 1, k)
    return ordered


def _truncated(pool: Pool, units: Sequence[Settled], quarters: Sequence[Settled]) -> set[int]:
    """The prints that end before their time, and whose table goes on on no other page of their report."""
    report_of = {k: members for members in _reports(units, quarters).values() for k in members}
    found = set()
    for k, sheet in enumerate(pool.sheets):
        goes_on = sheet.claves.numbers and any(
            i in pool.after[k] or sheet.claves.run_on_to(pool.sheets[i].claves) for i in report_of.get(k, ()) if i != k
        )
        if sheet.printed.truncada and not goes_on:
            found.add(k)
    return found


def _numbered(rows: tuple[ActionRow, ...], inferred: Sequence[ActionRow] | None) -> tuple[ActionRow, ...]:
    """The rows with the numbers inferred for their print."""
    if inferred is None:
        return rows
    return tuple(
        replace(row, accion=i.accion, accion_inferida=i.accion_inferida, accion_regla=i.accion_regla)
        for row, i in zip(rows, inferred, strict=True)
    )


def _with_settled(fields: Sequence[HeaderField], settled: Mapping[str, Settled]) -> tuple[HeaderField, ...]:
    """The fields in order of their lines, some with what they settled to."""
    told = (
        replace(c, valor=s.valor, puntaje=s.puntaje, regla=s.regla) if (s := settled.get(c.campo)) else c
        for c in fields
    )
    return tuple(sorted(told, key=lambda c: c.linea))
