"""Fresh made-up forms as a PDF and a workbook with their truth, for ``benchmarks.documents`` to score.

``python -m benchmarks.render_forms FOLDER --forms 40`` needs Chromium (``tests/browser/install_browser.sh``).

Belongs here: which forms a document holds, and putting it together. Does not: drawing (``rendering``).
"""

from __future__ import annotations

import json
import random
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import openpyxl
import pypdfium2
import typer

from benchmarks.rendering.page_html import as_html
from benchmarks.rendering.sheets import add_sheet
from benchmarks.rendering.style import LAYOUTS, Style, draw_style, remark
from benchmarks.synthetic import words
from benchmarks.synthetic.plans import Pagina, draw_actions, page
from benchmarks.synthetic.world import catalogue_units


def draw_form(rng: random.Random) -> Pagina:
    """A form of a unit that the catalogue knows, in a year and quarter of its plans."""
    units = [u for u in catalogue_units() if u.ramo == "54"]
    while True:
        year, quarter = rng.choice(((2022, 1), (2022, 2), (2023, 1), (2023, 3), (2024, 4), (2025, 1), (2025, 2)))
        drawn = page(rng.choice(units), year, quarter, draw_actions(rng))
        if drawn.filas:
            return drawn


def truth_of(form: Pagina, style: Style, remarks: Sequence[str]) -> dict[str, Any]:
    """A form's truth in the fields that ``benchmarks.documents`` compares."""
    rows = [
        {
            "accion": row.accion,
            "descripcion": row.de.descripcion,
            "unidad_medida": row.de.unidad_medida,
            "observaciones": said,
            "meta": row.meta,
            "programado": row.programado,
            "avance": row.avance,
            "absoluto": row.absoluto,
            "relativo_pct": row.relativo_pct,
        }
        for row, said in zip(form.filas, remarks, strict=True)
    ]
    return {
        "unidad": form.unidad.codigo,
        "anio": form.anio,
        "trimestre": form.trimestre,
        "style": asdict(style),
        "rows": rows,
    }


def print_pdf(html: str, to: Path) -> None:
    """Print a page by Chromium."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise typer.BadParameter("no Chromium: sh tests/browser/install_browser.sh")
    source = to.with_suffix(".html")
    source.write_text(html, "utf-8")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={to.parent / 'profile'}", f"--print-to-pdf={to}", str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def main(
    folder: Annotated[Path, typer.Argument(help="Folder to write the documents and truth.json into.")],
    forms: Annotated[int, typer.Option(help="Forms in the document, six rows each on average.")] = 40,
    seed: Annotated[int | None, typer.Option(help="Drawn and printed if not given.")] = None,
    other: Annotated[
        bool, typer.Option("--other-layouts", help="Columns, heads and headers as offices set them.")
    ] = False,
) -> None:
    """Render a document of made-up forms."""
    seed = secrets.randbelow(1_000_000_000) if seed is None else seed
    print(f"seed {seed}")
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    whole, book = pypdfium2.PdfDocument.new(), openpyxl.Workbook(write_only=False)
    del book[book.sheetnames[0]]
    truth: list[dict[str, Any]] = []
    owners: list[int] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(forms):
            form, style = draw_form(rng), draw_style(rng)
            if other:
                style = replace(style, layout=LAYOUTS[number % len(LAYOUTS)])
            lines = {code: rng.choice(words.LINE_NAMES) for row in form.filas for code in row.de.lineas}
            remarks = [remark(style, rng, words.REMARKS) for _ in form.filas]
            signers = [
                f"{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)} {rng.choice(words.FAMILY)}" for _ in "abc"
            ]
            printed = Path(scratch) / f"{number}.pdf"
            print_pdf(as_html(form, style, lines, remarks, signers), printed)
            part = pypdfium2.PdfDocument(printed)
            whole.import_pages(part)
            owners += [number] * len(part)
            add_sheet(book, form, style, lines, remarks, signers, rng)
            truth.append(truth_of(form, style, remarks))
    whole.save(folder / "digital.pdf")
    book.save(folder / "workbook.xlsx")
    (folder / "truth.json").write_text(
        json.dumps({"forms": truth, "form_of_page": owners}, ensure_ascii=False), "utf-8"
    )
    print(f"{sum(len(form['rows']) for form in truth)} rows on {len(owners)} pages")


if __name__ == "__main__":
    typer.run(main)
