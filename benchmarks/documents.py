"""How often documents (workbooks, PDF, scans) are read right, flagged, lost, or wrong and sure, against their truth.

``python -m benchmarks.documents FOLDER`` reads each document of a folder that holds ``truth.json``: the forms in order
(header and rows) and the form on each page, ``form_of_page``; the sheets of a workbook are its forms in order. What an
engine read is taken from ``FOLDER/words/<file>/<page>.json`` (``kept_words``) where that is (text, four edges of its
box and confidence of each word), so that a change of the grid is measured without reading images again.

Belongs here: pairing rows with the truth, and counting. Does not: the rules of comparison (``scoring``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rapidfuzz import fuzz
from rich.console import Console

from benchmarks.corpus import catalogs
from benchmarks.intervals import share_text
from benchmarks.scoring import Row, Verdict, judge, judge_header, same_text
from dagster_project.sources.document import Box, Document, Kind, Page, PlacedLine, Word
from dagster_project.sources.reading import read_document
from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.rows_json import read_lines
from dagster_project.warehouse.files.taken_file import taken

KINDS = (".pdf", ".xlsx", ".xlsm", ".xls", ".png", ".jpg", ".tif", ".tiff")
LIKE_TEXT, SAME_TEXT = 0.45, 0.72
"""How alike two texts are, at least, to be of one action: with the same number, and without it."""

TEXTS = {"text": "descripcion", "measure": "unidad_medida", "remark": "observaciones"}
"""What is printed beside a row's figures, by the names that it is counted under."""

ROUNDED = 0.5
"""A percentage printed with decimals may be read in whole per cent."""


def truth_rows(form: Row) -> list[Row]:
    """The rows of a form's truth with its header's facts, as ``scoring`` compares them."""
    head = {"unidad": form["unidad"], "anio": form["anio"], "trimestre": form["trimestre"]}
    return [{**row, **head} for row in form["rows"]]


def pairs(truth: Sequence[Row], read: Sequence[Row]) -> tuple[list[tuple[Row, Row | None]], list[Row]]:
    """Each row of a form's truth with the row read for it, and rows that were read for none: the likest first."""
    likely = []
    for i, t in enumerate(truth):
        for j, r in enumerate(read):
            text = _likeness(t, r)
            number = r["accion"] == t["accion"]
            figures = _shared(t, r)
            if text >= (LIKE_TEXT if number else SAME_TEXT) or (number and figures >= 0.3) or figures >= 0.8:
                likely.append((text + number + figures / 2, i, j))
    mine: dict[int, int] = {}
    for _, i, j in sorted(likely, reverse=True):
        if i not in mine and j not in mine.values():
            mine[i] = j
    spare = [r for j, r in enumerate(read) if j not in mine.values()]
    return [(t, read[mine[i]] if i in mine else None) for i, t in enumerate(truth)], spare


def _likeness(truth: Row, read: Row) -> float:
    if len(read["descripcion"]) < 12:
        return 0.0
    return fuzz.partial_ratio(truth["descripcion"].upper()[:300], read["descripcion"].upper()[:300]) / 100


def _shared(truth: Row, read: Row) -> float:
    """The share of six figures that agree; 0 where hardly any was read."""
    own, other = ([row["meta"], *row["programado"], row["absoluto"]] for row in (truth, read))
    if sum(bool(x) for x in other) < 2:
        return 0.0
    return sum((a or 0) == (b or 0) for a, b in zip(own, other, strict=True)) / len(own)


class Score:
    """Counts of a file, and its rows that are not sure and right."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.off: list[tuple[str, Row | None, Row | None]] = []

    def add_form(self, form: Row, read: Sequence[Row]) -> None:
        """Count a form's rows and its header."""
        truth = truth_rows(form)
        paired, spare = pairs(truth, read)
        for t, r in paired:
            if r is not None and abs(float(t["relativo_pct"] or 0) - float(r["relativo_pct"] or 0)) <= ROUNDED:
                r = {**r, "relativo_pct": t["relativo_pct"]}
            verdict = judge(t, r)
            self._count(verdict.value, t, r)
            for what, field in TEXTS.items():
                if r is None or (what == "remark" and form.get("style", {}).get("cols") == "no_obs"):
                    continue  # a form without that column
                is_right = same_text(t[field], r[field] or "")
                self._count(f"{what} {'right' if is_right else 'wrong'}", t, r)
            if r and r["accion"] not in (None, t["accion"]) and not r.get("accion_dudosa"):
                self._count("number wrong and sure", t, r)
        for r in spare:
            self._count("spurious, sure" if r["estado"] != "dudosa" else "spurious, flagged", None, r)
        for what in ("unidad", "corte"):
            told = {judge_header(truth[0], r, what) for r in read}
            self.counts[f"{what} {next((v for v in ('wrong', 'flagged', 'right') if v in told), 'missing')}"] += 1

    def _count(self, what: str, truth: Row | None, read: Row | None) -> None:
        self.counts[what] += 1
        if not what.endswith(" right"):
            self.off.append((what, truth, read))


SCANNED = 300
"""Dots an inch of the pictures whose words were kept: any but 0 says that an engine looked."""


def document_of(path: Path, words: Path | None) -> Document:
    """A file as pages: as the product reads it, or from the words that an engine read before."""
    pages = sorted((words / path.name).glob("*.json"), key=lambda p: int(p.stem)) if words else []
    if not pages:
        return read_document(path.read_bytes())
    read = [(int(p.stem), json.loads(p.read_text("utf-8"))) for p in pages]
    found = tuple(
        Page(number, None, page["width"], page["height"], dpi=SCANNED, words=tuple(_word(*w) for w in page["words"]))
        for number, page in read
    )
    return Document(Kind.SCAN, found, "words")


def _word(text: str, x0: float, y0: float, x1: float, y1: float, confidence: float | None = None) -> Word:
    return Word(text, Box(x0, y0, x1, y1), confidence)


def score(path: Path, truth: Row, words: Path | None) -> Score:
    """The score of one document."""
    document = document_of(path, words)
    found = taken(document)
    placed, lines = found.placed, found.lines
    rows = list(read_lines(lines.texts, catalogs(), lines.typed))
    scored = Score()
    for number, form in enumerate(truth["forms"]):
        own = [r for r in rows if _form_of(placed[r["linea"] - 1], document, truth) == number]
        scored.add_form(form, own)
    return scored


def _form_of(line: PlacedLine, document: Document, truth: Row) -> int:
    if document.kind is Kind.WORKBOOK:
        return line.page - 1
    form: int = truth["form_of_page"][line.page - 1]
    return form


def main(
    folders: Annotated[list[Path], typer.Argument(help="Folders with truth.json and the documents.")],
    only: Annotated[list[str] | None, typer.Option("--file", help="Name of a file; may be repeated.")] = None,
    words: Annotated[Path | None, typer.Option(help="Folder of words that an engine read, else FOLDER/words.")] = None,
    errors: Annotated[int, typer.Option(help="Show this many rows of each file that are not sure and right.")] = 0,
    least: Annotated[float, typer.Option(help="Exit code 1 below so many per cent sure and right, or one wrong.")] = 0,
) -> None:
    """Score the documents of folders against their truth, files of one name together."""
    console = Console(width=200)
    totals: dict[str, Counter[str]] = {}
    for folder in folders:
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        read = words or folder / "words"
        looked_at = {page.parent.name for page in read.glob("*/*.json")}
        names = {path.name for path in folder.iterdir() if path.suffix.lower() in KINDS} | looked_at
        for name in sorted(names.intersection(only) if only else names):
            try:
                found = score(folder / name, truth, read)
            except RefusedFileError as refused:
                console.print(f"{name}: refused: {refused}", markup=False)
                continue
            totals.setdefault(name, Counter()).update(found.counts)
            for what, t, r in found.off[:errors]:
                field = TEXTS.get(what.removesuffix(" wrong"))
                told = [row and (row["accion"], row[field]) if field else _told(row) for row in (t, r)]
                console.print("  ", folder.name, name, what, *told, r and r["impreso"], r and r["estado"], markup=False)
    for name, counts in totals.items():
        console.print(f"{name}: {summary(counts)}", markup=False, soft_wrap=True)
    if least and not all(keeps(counts, least) for counts in totals.values()):
        raise typer.Exit(1)


def rows_of(counts: Counter[str]) -> int:
    """The rows of the truth that were counted."""
    return sum(counts[verdict.value] for verdict in Verdict)


def summary(counts: Counter[str]) -> str:
    """Rows sure and right, and wrong and sure, with their intervals; all else as counted."""
    rows, right, wrong = rows_of(counts), counts[Verdict.RIGHT.value], counts[Verdict.WRONG.value]
    rest = {what: n for what, n in sorted(counts.items()) if what not in (Verdict.RIGHT.value, Verdict.WRONG.value)}
    shares = f"sure and right {share_text(right, rows)}; wrong and sure {wrong}, {share_text(wrong, rows)}"
    return f"{rows} rows; {shares}; {rest}"


def keeps(counts: Counter[str], least: float) -> bool:
    """Whether enough rows are sure and right, and none is wrong and sure, nor one that no form has."""
    wrong = counts[Verdict.WRONG.value] + counts["spurious, sure"] + counts["unidad wrong"] + counts["corte wrong"]
    return not wrong and 100 * counts[Verdict.RIGHT.value] >= least * rows_of(counts)


def _told(row: Row | None) -> Any:
    return row and {k: row[k] for k in ("accion", "meta", "programado", "avance", "absoluto", "relativo_pct")}


if __name__ == "__main__":
    typer.run(main)
