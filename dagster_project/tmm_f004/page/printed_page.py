"""A form page as printed: what parsing a file gives, what is stored of it, what settling starts from.

In here: the page's parts read into fields and rows, and the hash it goes by. Not in here: where pages begin
(``page_split``), how their parts are read (``header``, ``rows``, ``signatures``), what they are about (``settle``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from sys import intern

from dagster_project.tmm_f004.model import ActionRow, HeaderField, Refusal, TableHead
from dagster_project.tmm_f004.page.header import read_header
from dagster_project.tmm_f004.page.header_fields import Vocabulary
from dagster_project.tmm_f004.page.line_kinds import is_date, split_label
from dagster_project.tmm_f004.page.objections import with_objections
from dagster_project.tmm_f004.page.other_table import other_table_at
from dagster_project.tmm_f004.page.page_split import MAX_REFUSED_TEXT, Line, PageLines, iter_pages
from dagster_project.tmm_f004.page.plan_signs import PlanSign, plan_signs
from dagster_project.tmm_f004.page.rows import parse_rows
from dagster_project.tmm_f004.page.side_by_side import right_halves
from dagster_project.tmm_f004.page.signatures import read_signatures
from dagster_project.tmm_f004.page.table_head import read_head
from dagster_project.tmm_f004.page.text_columns import in_our_order
from dagster_project.tmm_f004.page.totals import part_totals
from dagster_project.tmm_f004.page.truncation import Truncation, truncated_at
from dagster_project.tmm_f004.page.verbatim import with_verbatim_cells
from dagster_project.tmm_f004.text.cells import cells_of
from dagster_project.tmm_f004.text.dates import STATED, read_period, says_a_quarter
from dagster_project.tmm_f004.text.legible import legible


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One form page of a file: ``formato`` counts from 1, lines too.

    ``huella`` is the hash of its printed lines (``page_hash``); ``campos`` are title, header fields, dates and
    signatures in order of their lines, ``sin_cabecera`` says that no line of a header was found; ``signos_plan``
    what header and table show of the plan, ``truncada`` where and why the page ends before its time,
    ``totales`` its rows that print the total of others, which are no actions, ``cabeza`` what the table's head says;
    ``tecleada`` says that its characters are those that were typed: no engine looked at a picture of them.
    """

    formato: int
    linea_inicio: int
    linea_fin: int
    huella: str
    campos: tuple[HeaderField, ...]
    renglones: tuple[ActionRow, ...]
    sin_cabecera: bool
    signos_plan: tuple[PlanSign, ...] = ()
    truncada: Truncation | None = None
    totales: tuple[ActionRow, ...] = ()
    cabeza: TableHead | None = None
    tecleada: bool = False


def parse(
    printed: Iterable[str], vocabulary: Vocabulary, *, both_sides: bool = False, typed: Container[int] = ()
) -> tuple[list[PrintedPage], list[Refusal]]:
    """The form pages of a file's ``printed`` lines (without line ends), and what could not be read.

    Never raises on any text: what belongs to no page, or cannot be read, is refused with rule, reason and line.
    ``vocabulary`` are the names that the catalogues know for header fields: they tell a field's name from a remark.
    Of pages that stand side by side the right ones come last with ``both_sides``, else they are refused: who keeps rows
    by their line cannot keep two of one. ``typed`` are the lines of documents that no engine looked at (workbooks, the
    letters of a PDF). Lines are let go page by page, unless the caller holds them.
    """
    refused: list[Refusal] = []
    lines = list(printed)
    read = [legible(line) for line in lines]
    sides = right_halves(read)
    pages = _pages(1, lines, sides[0] if sides else read, vocabulary, refused)
    if sides:
        also = _pages(len(pages) + 1, list(sides[1]), list(sides[1]), vocabulary, [])
        refused += [_beside(page, sides[1]) for page in also]
        pages += also if both_sides else []
    if not pages:
        return [], _no_form(read, refused)
    pages = [replace(page, tecleada=True) if page.linea_inicio in typed else page for page in pages]
    return pages, sorted(refused, key=lambda r: (r.linea, r.regla))


def line_hash(text: str) -> str:
    """What a printed line goes by in people's decisions: 16 hex digits of its SHA-256, line end left off."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _pages(
    first: int, lines: list[str], read: list[str], vocabulary: Vocabulary, refused: list[Refusal]
) -> list[PrintedPage]:
    """The pages of a file's lines as they are ``read``, numbered from ``first``; both lists let go what pages hold.

    A page takes less than its lines: together they would be 90 MiB more of a file of 950,000 lines.
    """
    pages = []
    for number, page in enumerate(iter_pages(read, refused), start=first):
        pages.append(_printed(number, page, lines, read, vocabulary, refused))
        for line, _ in (*page.titulo, *page.cabecera, *page.tabla, *page.firmas):
            lines[line - 1] = read[line - 1] = ""
    return pages


def _beside(page: PrintedPage, read: Sequence[str]) -> Refusal:
    row = page.renglones[0].linea if page.renglones else page.linea_inicio
    reason = (
        f"a form page stands to the right of another (lines {page.linea_inicio} to {page.linea_fin}, "
        f"{len(page.renglones)} action rows): two forms, of which a line holds one"
    )
    return Refusal("forma_al_lado", reason, read[row - 1].strip()[:MAX_REFUSED_TEXT], row)


def page_hash(lines: Sequence[str]) -> str:
    """What a page goes by in people's decisions: 16 hex digits of the SHA-256 of its lines.

    Blank lines and blanks at the ends of lines are left out, so that it does not depend on the file around it.
    """
    return line_hash("\n".join([text for line in lines if (text := line.strip())]))


def _printed(
    number: int,
    page: PageLines,
    lines: Sequence[str],
    read: Sequence[str],
    vocabulary: Vocabulary,
    refused: list[Refusal],
) -> PrintedPage:
    """A page of lines as they are ``read``; ``lines`` are those of the file."""
    page = replace(page, tabla=tuple(in_our_order(page.tabla)))
    header = read_header(page.cabecera, vocabulary)
    signatures, loose = read_signatures(page.firmas)
    rows, unread = _rows(page.tabla, lambda n: line_hash(lines[n - 1]))
    actions, totals = part_totals(rows)
    head = [text for n, text in page.tabla if not rows or n < rows[0].linea]
    refused += unread
    reason = "a line of the header that is no field, label or date of the form"
    refused += [Refusal("encabezado_ilegible", reason, t.strip()[:MAX_REFUSED_TEXT], n) for n, t in header.resto]
    reason = "a line among the signatures that is neither a name nor a role"
    refused += [Refusal("firma_ilegible", reason, text[:MAX_REFUSED_TEXT], n) for n, text in loose]
    title = [HeaderField("titulo", None, intern(text.strip(" *_#")), n) for n, text in page.titulo]
    above = [(n, text) for n, text in header.fechas if text.strip()]
    dates = [_date(n, text) for n, text in above or _dates_elsewhere(page, head)]
    named = read_head(head)
    checked = with_objections(actions, head, named.columnas if named else ())
    return PrintedPage(
        formato=number,
        linea_inicio=page.inicio,
        linea_fin=page.fin,
        huella=page_hash(lines[page.inicio - 1 : page.fin]),
        campos=tuple(sorted([*title, *header.campos, *dates, *signatures], key=lambda c: c.linea)),
        renglones=tuple(with_verbatim_cells(row, lines, read) for row in checked),
        sin_cabecera=not (header.campos or header.etiquetas or header.fechas),
        signos_plan=plan_signs(header, page.tabla),
        truncada=truncated_at(page, actions),
        totales=tuple(with_verbatim_cells(row, lines, read) for row in totals),
        cabeza=named,
    )


def _rows(table: Sequence[Line], hash_of: Callable[[int], str]) -> tuple[list[ActionRow], list[Refusal]]:
    """The rows of a page's table and what is none; another table below is refused as one piece."""
    rows, unread = parse_rows(table, hash_of)
    begin = other_table_at(table, rows)
    if begin is None:
        return rows, unread
    below = [(n, text) for n, text in table if n >= begin]
    rows, unread = parse_rows([(n, text) for n, text in table if n < begin], hash_of)
    said = "its rows have no codes, and no number that goes on"
    reason = f"another table below the form's (lines {begin} to {below[-1][0]}): {said}"
    return rows, [*unread, Refusal("texto_sin_lugar", reason, below[0][1].strip()[:MAX_REFUSED_TEXT], begin)]


def _dates_elsewhere(page: PageLines, head: Sequence[str]) -> list[Line]:
    """The dates of a page that has none in its header: below its table, or in the name of its PERIODO's columns."""
    named = [c for text in head for c in cells_of(text) if c.upper().startswith("PERIODO") and says_a_quarter(c)]
    below = [(n, split_label(text)[1]) for n, text in (*page.firmas, *page.sueltas) if is_date(text)]
    return [*((page.tabla[0][0], text) for text in named), *((n, text) for n, text in below if text)]


def _date(line: int, text: str) -> HeaderField:
    text = intern(text)
    period = read_period(text)
    best = max(period.trimestres.items(), key=lambda q: q[1][1], default=None)
    if best is None:
        return HeaderField("fecha", None, text, line, None, None, "sin_periodo")
    quarter, (rule, _) = best
    whole = rule in STATED and period.anios
    return HeaderField("fecha", None, text, line, f"{period.anios[0]}-T{quarter}" if whole else None, None, rule)


def _no_form(lines: Sequence[str], refused: Sequence[Refusal]) -> list[Refusal]:
    filled = [i for i, text in enumerate(lines, start=1) if text.strip()]
    if not filled:
        return [Refusal("archivo_vacio", "the file holds no text", "", 0)]
    reason = "no TMM-F004 form: neither its title, header labels and table columns nor action rows are found"
    text = "\n".join(lines[i - 1].strip()[:MAX_REFUSED_TEXT] for i in filled[:5])[:MAX_REFUSED_TEXT]
    return [r for r in refused if r.regla == "forma_cortada"] or [Refusal("sin_formato", reason, text, filled[0])]
