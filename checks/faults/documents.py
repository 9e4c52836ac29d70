"""Hostile workbooks, PDF and images, each read in a process of its own: what came of it, in which seconds and memory.

What must hold: each is read or refused by its rule within its bounds, whatever the child that reads it comes to. Not
here: cheap ones (``tests/unit/sources``), and what a load makes of a refused file (``hostile``).
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import openpyxl

from checks.faults.table import Result
from dagster_project.settings import RAIZ

TABLE = "hostile documents"
SAMPLES = RAIZ / "tests" / "data" / "documents"
READ, EMPTY = "read", "documento_sin_texto"
PICTURE = "sin_lector_de_imagenes"
DEAR, BROKEN = "documento_demasiado_caro", "documento_danado"
SHEET = "xl/worksheets/sheet1.xml"
MAX_MB = 2_500
"""Resident memory of the child that reads, at most; its address space is bounded by ``reading.LIMITS``."""

_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from dagster_project.sources.reading import read_document
from dagster_project.sources.refused import RefusedFileError
try:
    document = read_document(Path(sys.argv[1]).read_bytes())
    said = ["read", str(len(document.pages))]
except RefusedFileError as refused:
    said = [refused.regla, str(refused)]
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([*said, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""


@dataclass(frozen=True)
class Case:
    """A document, the rules any of which may come of it, and the seconds of processor that it may take."""

    name: str
    make: Callable[[], bytes]
    expected: tuple[str, ...]
    seconds: int = 30


def cases(full: bool) -> Iterator[Result]:
    """Every hostile document; without ``full`` those that take more than some seconds are left out."""
    for case in (*CASES, *(_SLOW if full else ())):
        yield _tried(case)
    for name in ("workbook.xlsx", "workbook.xls", "digital.pdf") if full else ():
        for seed in range(20):
            yield _tried(Case(f"{name} damaged, {seed}", _damaged(name, seed), (READ, BROKEN, DEAR, "*")))


def _tried(case: Case) -> Result:
    """One document through ``read_document`` in a process of its own."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(case.make())
        file.flush()
        began = time.perf_counter()
        command = [sys.executable, "-c", _PROGRAM, file.name]
        done = subprocess.run(command, capture_output=True, text=True, cwd=RAIZ, check=False)
    took = time.perf_counter() - began
    expected = f"{' or '.join(case.expected)} in {case.seconds} s, {MAX_MB:,} MB"
    if done.returncode:
        return Result(TABLE, case.name, expected, done.stderr[-300:], ok=False, seconds=took)
    rule, words, seconds, memory = json.loads(done.stdout)
    fits = rule in case.expected or "*" in case.expected
    observed = f"{rule} in {seconds:.1f} s, {memory:,} MB: {words[:90]}"
    return Result(TABLE, case.name, expected, observed, fits and seconds <= case.seconds and memory <= MAX_MB, took)


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def _with_sheet(sheet: str) -> bytes:
    """A workbook whose only sheet is the given rows and what follows them."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts[SHEET] = f'<worksheet xmlns="{space}">{sheet}</worksheet>'.encode()
    return _archive(parts)


def _rows(rows: int, columns: int) -> str:
    """Cells of text within a sheet, each some 60 bytes."""
    cell = '<c t="inlineStr"><is><t>texto de una celda cualquiera</t></is></c>'
    return f"<sheetData>{f'<row>{cell * columns}</row>' * rows}</sheetData>"


def _merged(area: str) -> str:
    one = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    return f'{one}<mergeCells><mergeCell ref="{area}"/></mergeCells>'


_CORNER = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _pdf(content: bytes, packed: bool = False) -> bytes:
    """A PDF of one page with the given content."""
    body = zlib.compress(content, 9) if packed else content
    kind = b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< " + kind + b"/Length %d >>\nstream\n" % len(body) + body + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n" % n + o + b"\nendobj\n" for n, o in enumerate(objects, 1))
    return out + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"


def _damaged(name: str, seed: int) -> Callable[[], bytes]:
    """A sample with fifty bytes changed anywhere."""

    def make() -> bytes:
        chance, data = random.Random(seed), bytearray((SAMPLES / name).read_bytes())
        for _ in range(50):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    return make


def _entities() -> bytes:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ja"}">' for n in range(7))
    return _archive({"xl/workbook.xml": f"<!DOCTYPE x [{laughs}]><x>&a6;</x>".encode()})


CASES = (
    Case("300 MB in 300 kB", lambda: _archive({"xl/workbook.xml": b"<a/>", SHEET: b"<c/>" * 75_000_000}), (DEAR,)),
    Case("a million entities", _entities, (BROKEN,)),
    Case("a cell in the last corner", lambda: _with_sheet(_CORNER), (DEAR,)),
    Case("200,000 cells", lambda: _with_sheet(_rows(10_000, 20)), (DEAR,), 60),
    Case("100 kB after a workbook", lambda: (SAMPLES / "workbook.xlsx").read_bytes() + b"x" * 100_000, (READ, BROKEN)),
    Case("PDF cut off", lambda: (SAMPLES / "digital.pdf").read_bytes()[:100_000], (BROKEN,)),
    Case("PDF of nothing but its name", lambda: b"%PDF-1.7\n%%EOF", (BROKEN,)),
    Case("a million paths", lambda: _pdf(b"0 0 m 9 9 l S\n" * 1_000_000, packed=True), (READ, DEAR, PICTURE), 60),
    Case("300 MB of blanks", lambda: _pdf(b" " * 300_000_000 + b"BT ET", packed=True), (DEAR, BROKEN, EMPTY), 60),
    Case("brackets 100,000 deep", lambda: _pdf(b"[" * 100_000 + b"]" * 100_000), (BROKEN, DEAR, EMPTY)),
)
"""What is refused, or not, within some seconds."""

_SLOW = (
    Case("all cells merged into one", lambda: _with_sheet(_merged("A1:XFD1048576")), (DEAR, BROKEN), 65),
    Case("60 MB of cells", lambda: _with_sheet(_rows(40_000, 20)), (DEAR, BROKEN), 65),
    Case(
        "a page of 200,000 letters",
        lambda: _pdf(b"BT /F1 8 Tf " + b"1 0 0 1 9 9 Tm (abcdefghij) Tj " * 20_000 + b"ET", packed=True),
        (READ,),
        60,
    ),
)
"""What is let go on to the child's own limits."""
