"""What offices hand in over the years: made-up reports of four units, quarter by quarter, in every kind of file.

Belongs here: which files come when, and what a person says of them. Does not belong here: the forms
(``benchmarks.synthetic``, ``benchmarks.rendering``), and the home that takes them (``served``).
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pypdfium2

from benchmarks.render_forms import print_pdf
from benchmarks.rendering.page_html import as_html
from benchmarks.rendering.sheets import add_sheet
from benchmarks.rendering.style import draw_style
from benchmarks.synthetic import page as pages
from benchmarks.synthetic import words
from benchmarks.synthetic.plans import Accion, Pagina, draw_actions, page
from benchmarks.synthetic.rates import NONE
from benchmarks.synthetic.world import catalogue_units

YEARS = (2023, 2024, 2025)
"""Of one plan: what changes with a plan is tried elsewhere (``tests/integration``)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files that come at once, by name, and the commands that a person types then."""

    name: str
    files: dict[str, bytes]
    says: tuple[tuple[str, ...], ...] = ()


class Offices:
    """Four units and what they do, a year at a time; the same seed gives the same reports."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"years-{seed}")
        self.units = self.rng.sample([unit for unit in catalogue_units() if unit.ramo == "54"], 4)
        self.actions: list[list[Accion]] = []

    def plan(self) -> None:
        """Begin a year: every unit draws its actions, all counts."""
        drawn = ([a for a in draw_actions(self.rng) if not a.es_razon] for _ in self.units)
        self.actions = [actions or draw_actions(self.rng) for actions in drawn]

    def report(self, unit: int, year: int, quarter: int) -> Pagina:
        """A unit's report of a quarter."""
        return page(self.units[unit], year, quarter, self.actions[unit])

    def text(self, *reports: Pagina) -> bytes:
        """As the text of an extract, nothing damaged."""
        lines: list[str] = []
        for number, report in enumerate(reports, start=1):
            lines += ["", *pages.build(self.rng, NONE, report, number)[0]]
        return ("\n".join(lines) + "\n").encode()

    def workbook(self, *reports: Pagina) -> bytes:
        """As a workbook, a sheet a form."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for report in reports:
            add_sheet(book, report, draw_style(self.rng), *self._besides(report), self.rng)
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            book.save(file.name)
            return Path(file.name).read_bytes()

    def pdf(self, *reports: Pagina) -> bytes:
        """As a PDF that a browser prints.

        Raises:
            typer.BadParameter: there is no Chromium.
        """
        whole = pypdfium2.PdfDocument.new()
        with tempfile.TemporaryDirectory() as name:
            for number, report in enumerate(reports):
                printed = Path(name) / f"{number}.pdf"
                print_pdf(as_html(report, draw_style(self.rng), *self._besides(report)), printed)
                whole.import_pages(pypdfium2.PdfDocument(printed))
            whole.save(Path(name) / "whole.pdf")
            return (Path(name) / "whole.pdf").read_bytes()

    def _besides(self, report: Pagina) -> tuple[dict[str, str], list[str], list[str]]:
        lines = {code: self.rng.choice(words.LINE_NAMES) for row in report.filas for code in row.de.lineas}
        signers = [f"{self.rng.choice(words.GIVEN)} {self.rng.choice(words.FAMILY)}" for _ in "abc"]
        return lines, [""] * len(report.filas), signers


def corrected(report: Pagina) -> Pagina:
    """The same report with another figure in the last quarter of its first row, its totals with it."""
    first = report.filas[0]
    quarter = report.trimestre - 1
    done = list(first.avance)
    done[quarter] = (done[quarter] or 0) + 1
    total = first.absoluto + 1
    fresh = replace(
        first, avance=tuple(done), absoluto=total, relativo_pct=(200 * total + first.meta) // (2 * first.meta)
    )
    return replace(report, filas=(fresh, *report.filas[1:]))


def deliveries(seed: int, years: Sequence[int] = YEARS, *, with_pdf: bool = True) -> Iterator[Delivery]:
    """All that comes in, in order; in each year reports are late, twice, corrected, damaged and in dispute."""
    offices = Offices(seed)
    printed = offices.pdf if with_pdf else offices.workbook
    kind = "pdf" if with_pdf else "xlsx"
    for year in years:
        offices.plan()
        first, second, third, fourth = ([offices.report(unit, year, q) for unit in range(4)] for q in (1, 2, 3, 4))
        book = offices.workbook(*first[:3])
        yield Delivery(f"{year}-T1: a workbook of three units", {f"{year}-t1.xlsx": book})
        texts = {f"{year}-t2-{unit}.txt": offices.text(second[unit]) for unit in (0, 1)}
        letter = {f"{year}-carta.txt": b"Le escribo por lo del agua.\n", f"{year}-roto.xlsx": book[: len(book) // 2]}
        yield Delivery(f"{year}-T2: two texts, a letter and half a workbook", texts | letter)
        late = {f"{year}-tarde.{kind}": printed(first[3], second[2], second[3])}
        again = {f"copia de {year}-t1.xlsx": book}  # behind the first in the alphabet: equal bytes go by one name
        yield Delivery(f"{year}-T2: late ones as {kind}, a file once more under another name", late | again)
        other = {f"{year}-t3.txt": offices.text(*third), f"{year}-t3-otro.txt": offices.text(corrected(third[0]))}
        yield Delivery(f"{year}-T3: all units, one of them twice with other figures", other)
        decided = ("approve", f"inbox://{year}-t3.txt", "--date", f"{year}-10-15"), (
            "approve", f"inbox://{year}-t3-otro.txt", "--date", f"{year}-11-20",
        )  # fmt: skip
        yield Delivery(f"{year}-T4: all units; of the two reports the later counts",
                       {f"{year}-t4.txt": offices.text(*fourth)}, decided)  # fmt: skip
        mended = offices.text(corrected(fourth[0]), *fourth[1:])
        yield Delivery(f"{year}-T4: the file overwritten by a corrected one", {f"{year}-t4.txt": mended})
