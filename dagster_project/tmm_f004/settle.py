"""From the lines of an extract to its form pages, settled: the reader's ``settle`` step (design §2).

Calls the modules that read the parts and weigh the evidence, in the order in which one needs the
other; no rule of its own.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dagster_project.tmm_f004.action_lines import settle_lines
from dagster_project.tmm_f004.completeness import cut_of, find_cuts
from dagster_project.tmm_f004.cut import settle_quarters, settle_years
from dagster_project.tmm_f004.cut_by_cells import settle_by_cells
from dagster_project.tmm_f004.functional import settle_branch, settle_functional
from dagster_project.tmm_f004.header import read_header
from dagster_project.tmm_f004.header_align import Vocabulary, vocabulary_of
from dagster_project.tmm_f004.model import Asentado, Campo, Catalogos, Estado, Extracto, Formato, Rechazo, Renglon
from dagster_project.tmm_f004.pages import MAX_REFUSED_TEXT, Pagina, iter_pages
from dagster_project.tmm_f004.period import read_period
from dagster_project.tmm_f004.place import settle_places
from dagster_project.tmm_f004.plan import settle_plan, shown_plan
from dagster_project.tmm_f004.programme import repeated_programmes, settle_programme
from dagster_project.tmm_f004.row_keys import Fila, keys_of
from dagster_project.tmm_f004.rows import parse_rows
from dagster_project.tmm_f004.sequence import infer_numbers
from dagster_project.tmm_f004.shared import shared_actions
from dagster_project.tmm_f004.sheet import Hoja
from dagster_project.tmm_f004.signatures import read_signatures
from dagster_project.tmm_f004.table import Workspace
from dagster_project.tmm_f004.units import settle_units

KEPT_ROWS = 5_000  # of an extract that are kept as read; the rest is read again when its page goes out


def settle_extract(lines: Sequence[str], catalogs: Catalogos) -> Extracto:
    """Read the lines of an extract (without line ends; the first is line 1) into settled form pages.

    Never raises on any text: what cannot be read is among the ``rechazos`` with rule, reason and line.
    """
    refused: list[Rechazo] = []
    forms = tuple(settle_pages(lines, catalogs, refused))
    return Extracto(forms, tuple(sorted(refused, key=lambda r: (r.linea, r.regla))))


def settle_pages(lines: Sequence[str], catalogs: Catalogos, refused: list[Rechazo]) -> Iterator[Formato]:
    """The settled form pages of an extract, one at a time; what cannot be read goes to ``refused``.

    All headers settle before the first page goes out. ``lines`` are read twice and may stand on disk: what
    is held meanwhile are headers and the keys of rows, not the text.
    """
    sheets: list[Hoja] = []
    vocabulary = vocabulary_of(catalogs)
    kept = 0
    for k, page in enumerate(iter_pages(lines, refused), start=1):
        sheet = _read(k, page, lines, vocabulary, refused, kept < KEPT_ROWS)
        kept += len(sheet.claves.filas)
        sheets.append(sheet)
    if sheets:
        yield from _settle(sheets, catalogs, refused)
    else:
        refused[:] = _no_form(lines, refused)


def _no_form(lines: Sequence[str], refused: Sequence[Rechazo]) -> list[Rechazo]:
    cut = [r for r in refused if r.regla == "forma_cortada"]
    filled = [i for i, text in enumerate(lines, start=1) if text.strip()]
    if not filled:
        return [Rechazo("archivo_vacio", "the file holds no text", "", 0)]
    reason = "no TMM-F004 form: neither its title, header labels and table columns nor action rows are found"
    text = "\n".join(lines[i - 1].strip()[:MAX_REFUSED_TEXT] for i in filled[:5])[:MAX_REFUSED_TEXT]
    return cut or [Rechazo("sin_formato", reason, text, filled[0])]


def _read(
    order: int, page: Pagina, lines: Sequence[str], vocabulary: Vocabulary, refused: list[Rechazo], keep: bool
) -> Hoja:
    header = read_header(page.cabecera, vocabulary)
    signatures, loose = read_signatures(page.firmas)
    rows, unread = parse_rows(page.tabla)
    refused += unread
    reason = "a line of the header that is no field, label or date of the form"
    refused += [Rechazo("encabezado_ilegible", reason, t.strip()[:MAX_REFUSED_TEXT], n) for n, t in header.resto]
    reason = "a line among the signatures that is neither a name nor a role"
    refused += [Rechazo("firma_ilegible", reason, text[:MAX_REFUSED_TEXT], n) for n, text in loose]
    return Hoja(
        order, page.inicio, page.fin, page.titulo, header, tuple(signatures), tuple(t for _, t in page.tabla[:2]),
        keys_of(rows), array("q", [n for n, _ in page.tabla]), lines, cut_of(page, rows), tuple(rows) if keep else None,
    )  # fmt: skip


def _settle(sheets: Sequence[Hoja], catalogs: Catalogos, refused: list[Rechazo]) -> Iterator[Formato]:
    alike = shared_actions(sheets)
    places = settle_places(sheets, catalogs)
    units = settle_units(sheets, places, catalogs, alike)
    years = settle_years(sheets, units)
    quarters = settle_quarters(sheets, units, [shown_plan(s) for s in sheets], alike)
    room = Workspace()
    quarters = [
        settle_by_cells(q, s.renglones, catalogs.razones, room) if q.estado is Estado.DUDOSA else q
        for q, s in zip(quarters, sheets, strict=True)
    ]
    plans = [
        settle_plan(s, y, q, catalogs.planes_de(p.valor))
        for s, p, y, q in zip(sheets, places, years, quarters, strict=True)
    ]
    of_unit = {(u.ente_codigo, u.unidad_codigo): u.programa_codigo for u in catalogs.unidades}
    repeated = repeated_programmes(sheets)
    programmes = [
        settle_programme(s, catalogs, of_unit.get((p.valor or "", u.valor or "")) if _sure(u) else None, repeated)
        for s, p, u in zip(sheets, places, units, strict=True)
    ]
    reports = list(zip((u.valor for u in units), (y.valor for y in years), (q.valor for q in quarters), strict=True))
    refused += find_cuts(sheets, [r if all(r) else None for r in reports])
    rows = _numbered(sheets, places, units, years, quarters)
    lines = settle_lines(
        [(s.cabecera.campos, r, p.valor if _sure(p) else None) for s, r, p in zip(sheets, rows, plans, strict=True)]
    )
    branches = Counter(c.codigo_impreso for s in sheets for c in s.cabecera.fields("ramo") if c.codigo_impreso)
    for k, sheet in enumerate(sheets):
        fields = settle_functional(lines[k], catalogs.clasificacion)
        fields = settle_branch(fields, branches, units[k].valor)
        fields = _with_settled(fields, {"unidad_ejecutora": units[k], "programa": programmes[k]})
        yield Formato(
            sheet.orden, sheet.inicio, sheet.fin, places[k], units[k], years[k], quarters[k], plans[k], programmes[k],
            _all_fields(sheet, fields), _with_numbers(sheet.renglones, rows[k]),
        )  # fmt: skip


def _with_numbers(rows: Sequence[Renglon], keys: Sequence[Fila]) -> tuple[Renglon, ...]:
    """The rows with the numbers inferred for them."""
    return tuple(
        row
        if key.accion_regla == row.accion_regla
        else replace(row, accion=key.accion, accion_inferida=key.accion_inferida, accion_regla=key.accion_regla)
        for row, key in zip(rows, keys, strict=True)
    )


def _sure(settled: Asentado) -> bool:
    return settled.valor is not None and settled.estado is not Estado.DUDOSA


def _numbered(
    sheets: Sequence[Hoja],
    places: Sequence[Asentado],
    units: Sequence[Asentado],
    years: Sequence[Asentado],
    quarters: Sequence[Asentado],
) -> list[list[Fila]]:
    """The row keys of each page, lost action numbers inferred over the pages of the same settled reporte."""
    reports: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for k in range(len(sheets)):
        key = (places[k].valor, units[k].valor, years[k].valor, quarters[k].valor)
        settled = _sure(units[k]) and _sure(years[k]) and _sure(quarters[k])
        reports[key if settled else (str(k),)].append(k)
    rows: list[list[Fila]] = [[] for _ in sheets]
    for members in reports.values():
        for k, filled in zip(members, infer_numbers([sheets[k].claves.filas for k in members]), strict=True):
            rows[k] = filled
    return rows


def _with_settled(fields: Sequence[Campo], settled: Mapping[str, Asentado]) -> list[Campo]:
    return [
        replace(c, valor=s.valor, puntaje=s.puntaje, regla=s.regla) if (s := settled.get(c.campo)) else c
        for c in fields
    ]


def _all_fields(sheet: Hoja, fields: Sequence[Campo]) -> tuple[Campo, ...]:
    """Title, header, dates and signatures of a page as fields, in order of their lines."""
    titles = [Campo("titulo", None, text.strip(" *_#"), n) for n, text in sheet.titulo]
    dates = [_date(n, text) for n, text in sheet.cabecera.fechas if text.strip()]
    return tuple(sorted([*titles, *fields, *dates, *sheet.firmas], key=lambda c: c.linea))


def _date(line: int, text: str) -> Campo:
    period = read_period(text)
    best = max(period.trimestres.items(), key=lambda q: q[1][1], default=None)
    if best is None:
        return Campo("fecha", None, text, line, None, None, "sin_periodo")
    quarter, (rule, _) = best
    whole = rule in ("fecha_impresa", "trimestre_impreso", "fecha_de_corte") and period.anios
    return Campo("fecha", None, text, line, f"{period.anios[0]}-T{quarter}" if whole else None, None, rule)
