"""From the lines of an extract to its form pages, settled: the reader's ``settle`` step (design §2).

Calls the modules that read the parts and weigh the evidence, in the order in which one needs the
other; no rule of its own.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import ActionRow, Catalogs, Estado, Extract, Form, HeaderField, Refusal, Settled
from dagster_project.tmm_f004.page.header import Header, read_header
from dagster_project.tmm_f004.page.header_fields import Vocabulary, vocabulary_of
from dagster_project.tmm_f004.page.page_split import MAX_REFUSED_TEXT, Line, PageLines, iter_pages
from dagster_project.tmm_f004.page.row_keys import RowKey, keys_of, shingles
from dagster_project.tmm_f004.page.rows import parse_rows
from dagster_project.tmm_f004.page.sheet import PageEvidence, PrintedField, line_numbers, pack
from dagster_project.tmm_f004.page.signatures import read_signatures
from dagster_project.tmm_f004.page.truncation import find_truncated, truncated_at
from dagster_project.tmm_f004.settle.action_lines import ActionLines
from dagster_project.tmm_f004.settle.action_numbers import judge_numbers
from dagster_project.tmm_f004.settle.header_codes import settle_branch, settle_functional
from dagster_project.tmm_f004.settle.municipality import settle_municipalities
from dagster_project.tmm_f004.settle.number_sequence import infer_numbers
from dagster_project.tmm_f004.settle.plan import plans_shown, settle_plan, shown_plan
from dagster_project.tmm_f004.settle.programme import repeated_programmes, settle_programme
from dagster_project.tmm_f004.settle.quarter import settle_quarters, settle_years
from dagster_project.tmm_f004.settle.quarter_by_cells import settle_open_quarters
from dagster_project.tmm_f004.settle.same_actions import shared_actions
from dagster_project.tmm_f004.settle.unit import settle_units
from dagster_project.tmm_f004.text.dates import read_period, read_years
from dagster_project.tmm_f004.text.interning import interned

KEPT_ROWS = 5_000  # of an extract that are kept as read; the rest is read again when its page goes out


def settle_extract(lines: Sequence[str], catalogs: Catalogs) -> Extract:
    """Read the lines of an extract (without line ends; the first is line 1) into settled form pages.

    Never raises on any text: what cannot be read is among the ``rechazos`` with rule, reason and line.
    """
    refused: list[Refusal] = []
    forms = tuple(settle_pages(lines, catalogs, refused))
    return Extract(forms, tuple(sorted(refused, key=lambda r: (r.linea, r.regla))))


def settle_pages(lines: Sequence[str], catalogs: Catalogs, refused: list[Refusal]) -> Iterator[Form]:
    """The settled form pages of an extract, one at a time; what cannot be read goes to ``refused``.

    All headers settle before the first page goes out. ``lines`` are read twice and may stand on disk: what
    is held meanwhile are headers and the keys of rows, not the text.
    """
    extract = _Extract()
    vocabulary = vocabulary_of(catalogs)
    for page in iter_pages(lines, refused):
        extract.add(page, lines, vocabulary, refused)
    if extract.sheets:
        yield from _settle(extract, catalogs, refused)
    else:
        refused[:] = _no_form(lines, refused)


class _Extract:
    """The pages of an extract as they are read, and what is counted over all of them.

    ``shingles`` are the word runs of all pages, ``sizes`` how many each has (see ``same_actions``); ``branches`` how
    often each ramo is printed.
    """

    def __init__(self) -> None:
        self.sheets: list[PageEvidence] = []
        self.shingles, self.sizes = array("q"), array("q")
        self.branches: Counter[str] = Counter()
        self.kept = 0

    def add(self, page: PageLines, lines: Sequence[str], vocabulary: Vocabulary, refused: list[Refusal]) -> None:
        """Read a page; its rows are kept as read while they are few."""
        header = read_header(page.cabecera, vocabulary)
        signatures, loose = read_signatures(page.firmas)
        rows, unread = parse_rows(page.tabla)
        refused += unread
        reason = "a line of the header that is no field, label or date of the form"
        refused += [Refusal("encabezado_ilegible", reason, t.strip()[:MAX_REFUSED_TEXT], n) for n, t in header.resto]
        reason = "a line among the signatures that is neither a name nor a role"
        refused += [Refusal("firma_ilegible", reason, text[:MAX_REFUSED_TEXT], n) for n, text in loose]
        self.branches.update(c.codigo_impreso for c in header.fields("ramo") if c.codigo_impreso)
        runs = shingles(rows)
        self.shingles += runs
        self.sizes.append(len(runs))
        keep = self.kept < KEPT_ROWS
        self.kept += len(rows)
        self.sheets.append(
            PageEvidence(
                orden=len(self.sheets) + 1, inicio=page.inicio, fin=page.fin, partes=pack(page, header, signatures),
                sin_cabecera=not (header.campos or header.etiquetas or header.fechas),
                unidad=_printed(header, "unidad_ejecutora"), programa=_printed(header, "programa"),
                periodos=tuple(read_period(text) for _, text in header.fechas),
                anios=interned(tuple(year for _, text in page.titulo for year in read_years(text))),
                planes=plans_shown(header, page.tabla), claves=keys_of(rows, bool(runs)),
                tabla=line_numbers(page.tabla), fuente=lines, corta=truncated_at(page, rows),
                leidos=tuple(rows) if keep else None,
            )
        )  # fmt: skip

    def alike(self) -> dict[int, dict[int, float]]:
        """The pages that report the same actions (see ``shared_actions``); asked once, the word runs go."""
        found = shared_actions(self.shingles, self.sizes)
        self.shingles = array("q")
        return found


def _printed(header: Header, field: str) -> PrintedField:
    printed = header.field(field)
    return interned((printed.codigo_impreso, printed.texto_impreso)) if printed else (None, None)


def _no_form(lines: Sequence[str], refused: Sequence[Refusal]) -> list[Refusal]:
    truncated = [r for r in refused if r.regla == "forma_cortada"]
    filled = [i for i, text in enumerate(lines, start=1) if text.strip()]
    if not filled:
        return [Refusal("archivo_vacio", "the file holds no text", "", 0)]
    reason = "no TMM-F004 form: neither its title, header labels and table columns nor action rows are found"
    text = "\n".join(lines[i - 1].strip()[:MAX_REFUSED_TEXT] for i in filled[:5])[:MAX_REFUSED_TEXT]
    return truncated or [Refusal("sin_formato", reason, text, filled[0])]


def _settle(extract: _Extract, catalogs: Catalogs, refused: list[Refusal]) -> Iterator[Form]:
    sheets, alike = extract.sheets, extract.alike()
    municipalities = settle_municipalities(sheets, catalogs)
    units = settle_units(sheets, municipalities, catalogs, alike)
    years = settle_years(sheets, units)
    quarters = settle_quarters(sheets, units, [shown_plan(s) for s in sheets], alike)
    quarters = settle_open_quarters(quarters, sheets, units, years, alike, catalogs.razones)
    plans = [
        settle_plan(s, y, q, catalogs.plans_of(p.valor))
        for s, p, y, q in zip(sheets, municipalities, years, quarters, strict=True)
    ]
    reports = list(zip((u.valor for u in units), (y.valor for y in years), (q.valor for q in quarters), strict=True))
    refused += find_truncated(sheets, [r if all(r) else None for r in reports])
    numbers = _inferred(sheets, municipalities, units, years, quarters)
    lines = ActionLines()
    for k, (sheet, plan) in enumerate(zip(sheets, plans, strict=True)):
        lines.note(k, sheet.campos, plan.valor if _sure(plan) else None)
    of_unit = {(u.ente_codigo, u.unidad_codigo): u.programa_codigo for u in catalogs.unidades}
    repeated = repeated_programmes(sheets)
    for k, sheet in enumerate(sheets):
        title, fields, dates, signatures = sheet.unpack()
        rows = judge_numbers(_with_numbers(sheet.renglones, numbers.get(k)))
        settled = lines.settle(k, fields, rows, plans[k].valor if _sure(plans[k]) else None)
        settled = settle_functional(settled, catalogs.clasificacion)
        settled = settle_branch(settled, extract.branches, units[k].valor)
        of_its_unit = of_unit.get((municipalities[k].valor or "", units[k].valor or "")) if _sure(units[k]) else None
        programme = settle_programme(sheet, catalogs, of_its_unit, repeated)
        settled = _with_settled(settled, {"unidad_ejecutora": units[k], "programa": programme})
        yield Form(
            sheet.orden, sheet.inicio, sheet.fin, municipalities[k], units[k], years[k], quarters[k], plans[k],
            programme, _all_fields(title, settled, dates, signatures), rows,
        )  # fmt: skip


def _with_numbers(rows: tuple[ActionRow, ...], keys: Sequence[RowKey] | None) -> tuple[ActionRow, ...]:
    """The rows with the numbers inferred for them."""
    if keys is None:
        return rows
    return tuple(
        row
        if key.accion_regla == row.accion_regla
        else replace(row, accion=key.accion, accion_inferida=key.accion_inferida, accion_regla=key.accion_regla)
        for row, key in zip(rows, keys, strict=True)
    )


def _sure(settled: Settled) -> bool:
    return settled.valor is not None and settled.estado is not Estado.DUDOSA


def _inferred(
    sheets: Sequence[PageEvidence],
    municipalities: Sequence[Settled],
    units: Sequence[Settled],
    years: Sequence[Settled],
    quarters: Sequence[Settled],
) -> dict[int, list[RowKey]]:
    """The row keys of each page that lost an action number, inferred over the pages of the same settled reporte."""
    reports: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for k in range(len(sheets)):
        key = (municipalities[k].valor, units[k].valor, years[k].valor, quarters[k].valor)
        settled = _sure(units[k]) and _sure(years[k]) and _sure(quarters[k])
        reports[key if settled else (str(k),)].append(k)
    found: dict[int, list[RowKey]] = {}
    for members in reports.values():
        lost = [k for k in members if not sheets[k].claves.is_numbered]
        if lost:
            filled = infer_numbers([sheets[k].claves.rows() for k in members])
            found |= {k: rows for k, rows in zip(members, filled, strict=True) if k in set(lost)}
    return found


def _with_settled(fields: Sequence[HeaderField], settled: Mapping[str, Settled]) -> list[HeaderField]:
    return [
        replace(c, valor=s.valor, puntaje=s.puntaje, regla=s.regla) if (s := settled.get(c.campo)) else c
        for c in fields
    ]


def _all_fields(
    title: Sequence[Line], fields: Sequence[HeaderField], dates: Sequence[Line], signatures: Sequence[HeaderField]
) -> tuple[HeaderField, ...]:
    """Title, header, dates and signatures of a page as fields, in order of their lines."""
    titles = [HeaderField("titulo", None, text.strip(" *_#"), n) for n, text in title]
    dated = [_date(n, text) for n, text in dates if text.strip()]
    return tuple(sorted([*titles, *fields, *dated, *signatures], key=lambda c: c.linea))


def _date(line: int, text: str) -> HeaderField:
    period = read_period(text)
    best = max(period.trimestres.items(), key=lambda q: q[1][1], default=None)
    if best is None:
        return HeaderField("fecha", None, text, line, None, None, "sin_periodo")
    quarter, (rule, _) = best
    whole = rule in ("fecha_impresa", "trimestre_impreso", "fecha_de_corte") and period.anios
    return HeaderField("fecha", None, text, line, f"{period.anios[0]}-T{quarter}" if whole else None, None, rule)
