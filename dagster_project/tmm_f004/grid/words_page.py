"""A page of words as lines: header, tables, signatures, in the order of the page.

In here: which part of the page is which, and tables that go on from the page before. Not in here: each part's lines
(``plain``, ``table``).
"""

from __future__ import annotations

from collections.abc import Sequence

from dagster_project.sources.document import Page, PlacedLine
from dagster_project.tmm_f004.grid.columns import Columns, continued, fit_columns, shift_to
from dagster_project.tmm_f004.grid.head import Head, heads
from dagster_project.tmm_f004.grid.levels import Level, levels, text_of, texts_on
from dagster_project.tmm_f004.grid.pieces import Piece, line_height, pieces_of
from dagster_project.tmm_f004.grid.plain import header_lines, tabbed_lines
from dagster_project.tmm_f004.grid.rows import last_figures, rows_of
from dagster_project.tmm_f004.grid.ruled import RuledTable, ruled_table
from dagster_project.tmm_f004.grid.table import head_lines, row_lines
from dagster_project.tmm_f004.page.line_kinds import (
    is_date,
    is_form_code,
    label_of,
    looks_like_name,
    role_of,
    split_label,
    title_of,
)

SIGNATURE, HEADER = 9, 5
"""Levels in which signatures, a title or a header show again."""

APART = 1.6
"""Heights of a line between the last row and who signs below it, more than from line to line of a text."""


def page_lines(page: Page, before: Columns | None) -> tuple[list[PlacedLine], Columns | None]:
    """The lines of a page of words, and the columns of its last table; ``before`` are those of the page before."""
    pieces = pieces_of(page.words)
    if not pieces:
        return [], before
    height = line_height(pieces)
    found = heads(pieces, height)
    lines, start, columns = _continued(pieces, before, found, height, page.number)
    for k, head in enumerate(found):
        limit = found[k + 1].top - 0.3 * height if k + 1 < len(found) else float("inf")
        within = [p for p in pieces if start < p.y < limit]
        below = [p for p in within if p.y > head.bottom + 0.7 * height]
        columns = fit_columns(head, below, height)
        if ruled := ruled_table(within, height, page.number):
            lines += _ruled(ruled, within, height, page.number)
            start = ruled.bottom + 0.3 * height
            continue
        lines += header_lines([p for p in within if p.y < head.top - 0.3 * height], height, page.number)
        last = last_figures(below, columns, height)
        start = _end(below, last, height)
        dated = _dates([p for p in below if last is not None and last < p.y < start], columns, height)
        body = [p for p in below if p.y < start and p not in dated]
        columns = fit_columns(head, body, height)
        lines += head_lines(head, columns, height, page.number)
        lines += _body(body, columns, height, page.number)
        lines += [PlacedLine("", page.number), *tabbed_lines(dated, height, page.number)] if dated else []
    while not found and (ruled := ruled_table(left := [p for p in pieces if p.y > start], height, page.number)):
        lines += [*_ruled(ruled, left, height, page.number), PlacedLine("", page.number)]
        start = ruled.bottom + 0.3 * height
    if found:
        lines.append(PlacedLine("", page.number))
    return lines + tabbed_lines([p for p in pieces if p.y >= start], height, page.number), columns


def _ruled(table: RuledTable, within: Sequence[Piece], height: float, page: int) -> list[PlacedLine]:
    """The lines of a table whose rules are drawn, those above it and those beside it."""
    above = header_lines([p for p in within if p.y < table.top - 0.5 * height], height, page)
    return [*above, *table.lines, *tabbed_lines(table.loose, height, page)]


def _dates(under: Sequence[Piece], columns: Columns, height: float) -> list[Piece]:
    """The dates below a table's last figures: they are no row's, whatever columns they stand under."""
    texts = [t for level in levels(under, height) for t in texts_on(level, height)]
    return [
        piece
        for text in texts
        if is_date(said := text_of(text))
        and (split_label(said)[0] or not any(columns.text_column(piece) for piece in text))
        for piece in text
    ]


def _continued(
    pieces: Sequence[Piece], before: Columns | None, found: Sequence[Head], height: float, page: int
) -> tuple[list[PlacedLine], float, Columns | None]:
    """The lines of a table that goes on from the page before without a head of its own, where they end, and its
    columns on this page."""
    if before is None:
        return [], float("-inf"), None
    top = found[0].top - 0.3 * height if found else float("inf")
    above = [p for p in pieces if p.y < min(top, _next_form(pieces, height))]
    last = last_figures(above, before.moved(shift_to(before, above)), height)
    if last is None:
        return [], float("-inf"), None
    end = _end(above, last, height)
    body = [p for p in above if p.y < end]
    columns = continued(before, body, height)
    end = max(p.y for p in body) + 0.5 * height
    return _body(body, columns, height, page), end, columns


def _next_form(pieces: Sequence[Piece], height: float) -> float:
    """The level at which another form begins, told by its title or its code alone."""
    for level in levels(pieces, height):
        if any(title_of(text_of(t)) or is_form_code(text_of(t)) for t in texts_on(level, height)):
            return level.y - 0.5 * height
    return float("inf")


def _body(body: Sequence[Piece], columns: Columns, height: float, page: int) -> list[PlacedLine]:
    rows, loose = rows_of(body, columns, height)
    return row_lines(rows, columns, page) + tabbed_lines(loose, height, page)


def _end(below: Sequence[Piece], last: float | None, height: float) -> float:
    """The level at which a table is over: signatures, or the title or header of the next form, below its last row.

    Either shows twice: a line of a wrapped text may say MUNICIPIO or Revisó by itself.
    """
    if last is None:
        return float("inf")
    under = levels([p for p in below if p.y > last + 0.5 * height], height)
    told = [_signs(level, height) for level in under]
    for k, (level, (signed, headed)) in enumerate(zip(under, told, strict=True)):
        if signed and sum(s for s, _ in told[k : k + SIGNATURE]) > 1:
            above = [last, *(lv.y for lv in under[:k])]
            is_named = k > 0 and _is_name(under[k - 1], above[-1] - above[-2], height)
            return (under[k - 1] if is_named else level).y - 0.5 * height
        if headed and sum(h for _, h in told[k : k + HEADER]) > 1:
            return level.y - 0.5 * height
    return float("inf")


def _is_name(level: Level, gap: float, height: float) -> bool:
    """Whether a level above a role holds who signs: names that stand apart from what is above, as no wrapped text."""
    return gap > APART * height and all(looks_like_name(text_of(t)) for t in texts_on(level, height))


def _signs(level: Level, height: float) -> tuple[int, int]:
    """How many texts of a level are of signatures (none where most are not), and how many of a title or header."""
    texts = [text_of(t) for t in texts_on(level, height)]
    signed = sum(role_of(text) is not None for text in texts)
    headed = sum(bool(title_of(t) or is_form_code(t) or label_of(t.partition(":")[0])) for t in texts[:2])
    return signed if signed * 2 >= len(texts) else 0, headed
