"""``avance read``: one extract of any kind, without a warehouse, as a table, as JSON lines, or as its words.

Starts fast: no Dagster, dbt, DuckDB or pandas. Not here: the objects themselves
(``tmm_f004.rows_json``).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project.command.terminal_text import printable
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.reference.seed_folder import check_seeds
from dagster_project.settings import Settings, get_settings, worker_count
from dagster_project.sources.document import Kind, PlacedLine
from dagster_project.sources.kind import kind_of
from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.warehouse.files.extract_file import extracto_id, read_bytes
from dagster_project.warehouse.files.extract_folder import OTHERS
from dagster_project.warehouse.files.taken_file import TakenFile, take

if TYPE_CHECKING:
    from dagster_project.warehouse.files.looked_pages import LookedPages


class UnreadError(Exception):
    """An extract or catalogue that cannot be read; the message says which and why."""


NO_SHEET = "of a CSV each record must hold as many cells, as spreadsheets save it; save the sheet as .csv or .xlsx"
"""What to do of a .csv that holds no row."""


def read(path: Path, as_json: bool) -> int:
    """Print the rows of an extract; 0 where there is at least one, 1 where there is none, 2 where it is not read."""
    try:
        printed = _print_lines(_rows(path)) if as_json else _print_table(list(_rows(path)))
    except UnreadError as error:
        print(error, file=sys.stderr)
        return 2
    if not printed:
        suffix = path.suffix.lower()
        instead = NO_SHEET if suffix == ".csv" else OTHERS.get(suffix)
        said = "holds no action row of a TMM-F004 form" + (f"; {instead}" if instead else "")
        print(f"{printable(str(path))}: {said}", file=sys.stderr)
        return 1
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    settings = get_settings()
    try:
        found = _taken(path)
        placed, taken = found.placed, found.lines
        del found  # with what it was read from: 150 MiB of a file of 1,000,000 lines
        lines, typed = iter(taken.texts), taken.typed
        del taken
        for row in read_lines(lines, _catalogs(settings), typed):
            yield row | ({"lugar": place_of(placed[row["linea"] - 1])} if placed else {})
    except UnreadError:
        raise
    except Exception as error:  # a defect of ours, and no reason to print the stack at whoever reads a file
        raise UnreadError(f"{printable(str(path))}: the reader failed: {type(error).__name__}: {error}") from error


def _taken(path: Path) -> TakenFile:
    try:
        worker_count()
    except ValueError as error:
        raise UnreadError(str(error)) from error
    try:
        data = read_bytes(path)
        found = take(data, _on_page if sys.stderr.isatty() else None, looked=_looked(data))
    except RefusedFileError as refused:
        line = f", line {refused.linea}" if refused.linea else ""
        raise UnreadError(f"{printable(str(path))}{line}: {refused.razon}") from refused
    for notice in found.document.notices if found.document else ():
        print(f"{printable(str(path))}: {printable(notice.razon)}", file=sys.stderr)
    return found


def _looked(data: bytes) -> LookedPages | None:
    """The pages of a document that an engine looked at before: ten seconds each, which nobody waits for twice."""
    if kind_of(data) is Kind.TEXT:
        return None
    from dagster_project.warehouse.files.looked_pages import LookedPages  # and with it DuckDB, a tenth of a second

    return LookedPages(get_settings().originals, extracto_id(data)[0])


def _on_page(page: int, pages: int) -> None:
    print(f"page {page}" + (f" of {pages}" if pages else ""), file=sys.stderr)


def place_of(line: PlacedLine) -> dict[str, Any]:
    """Where a derived line stands: page, the box around its cells (points, x0 y0 x1 y1), the cells of its sheet."""
    places = [place for place in line.places if place]
    boxes = [place.box for place in places if place.box]
    place: dict[str, Any] = {"pagina": line.page}
    if boxes:
        edges = (min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
        place["caja"] = [round(edge, 1) for edge in edges]
    if references := [place.reference for place in places if place.reference]:
        place["celdas"] = references
    return place


def print_words(path: Path) -> int:
    """Print what was read of a document before the form was looked at; 0, or 2 where it is not read."""
    try:
        found = _taken(path)
    except UnreadError as error:
        print(error, file=sys.stderr)
        return 2
    if not found.document:
        for number, (text, _) in enumerate(found.text.lineas, start=1):
            print(f"{number}\t{printable(text)}")
        return 0
    for page in found.document.pages:
        for word in page.words:
            box = " ".join(f"{edge:.1f}" for edge in (word.box.x0, word.box.y0, word.box.x1, word.box.y1))
            sure = "" if word.confidence is None else f"{word.confidence:.2f}"
            print(f"{page.number}\t{box}\t{sure}\t{printable(word.text)}")
        for cell in page.cells:
            print(f"{cell.reference}\t{cell.formula or ''}\t{printable(cell.text)}")
    return 0


def _catalogs(settings: Settings) -> Catalogs:
    try:
        check_seeds(settings.seeds, settings.shipped_seeds)
        return load_catalogs(settings.seeds, settings.ente)
    except (KeyError, OSError, ValueError, csv.Error) as error:
        reason = f"{type(error).__name__}: {error}"
        raise UnreadError(f"the catalogues in {settings.seeds} cannot be read: {reason}") from error


def _print_lines(rows: Iterator[dict[str, Any]]) -> int:
    """Print each row as soon as it is read; how many there were."""
    as_ascii = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 (counted)
        print(json.dumps(row, ensure_ascii=as_ascii))
    return count


def _print_table(rows: list[dict[str, Any]]) -> int:
    """Print the rows as a table; how many there were."""
    if not rows:
        return 0
    from rich.console import Console

    from dagster_project.command.read_table import print_rows

    # Wide enough for every column also where the output is no terminal.
    print_rows(Console(width=None if sys.stdout.isatty() else 200), rows)
    return len(rows)
