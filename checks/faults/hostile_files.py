"""Files that nobody should drop into a folder of extracts, made on demand: name, bytes, what must come of each.

Not here: loading them and judging what became of them (``hostile``).
"""

from __future__ import annotations

import codecs
import gzip
import os
import random
import re
import socket
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dagster_project.settings import RAIZ

LOADED, IGNORED, DUPLICATE = "loaded", "ignored", "duplicate"
ANY = "any"

HTML = "<script>alert('hostil')</script><img src=x onerror=alert(1)>"
PAYLOADS = {
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide formula": "＝1+1",
    "html": HTML,
    "markdown": "[clic](javascript:alert(1)) ![x](http://hostil.invalid/x.png)",
    "jinja": "{{ 7*7 }} {% raw %} ${7*7} %(name)s {0.__class__}",
    "rich": "[bold red]rojo[/nada] [/]",
    "sql": "'; drop table raw.lineas; -- \" \\",
    "escape sequence": "\x1b[31mrojo\x1b]0;titulo\x07\x1b[2J",
    "right to left": "\u202eadot ed otxet\u202c \u2066x\u2069",
    "zero width": "ayu\u200bda\ufeff al\u00adgo\u2060",
    "separators": "uno\u2028dos\u2029tres\x85cuatro\x0bcinco\x0cseis\x1cocho\rnueve",
    "combining": "a" + "\u0301" * 200,
    "400 digits": "9" * 400,
    "other digits": "١٢٣ ４５６ ²³ ½ Ⅻ",
}
"""Texts for descriptions and observations: to be kept as they are, and shown as text."""


@dataclass(frozen=True)
class Case:
    """One hostile thing: how it is made below the folder, and what is to become of it.

    ``outcome`` is the rule of its refusal, ``loaded``, ``ignored``, ``duplicate`` or ``any``;
    ``read`` the exit code of ``avance read`` on it, None where that is not tried.
    """

    name: str
    ruta: str
    make: Callable[[Path], None]
    outcome: str
    words: str = ""
    read: int | None = 2
    slow: bool = False


@cache
def form(year: int = 2024) -> str:
    """The extract of the seeds, as if it were of another year: it takes no real report's place."""
    text = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0].read_bytes().decode()
    return text.replace("2022", str(year))


def with_payloads(text: str) -> str:
    """The text with the payloads in turn for its rows' descriptions and at the end of their observations."""
    lines, turn = [], 0
    kinds = list(PAYLOADS.values())
    for line in text.split("\n"):
        cells = line.split("\t")
        at = next((k for k, c in enumerate(cells[:2]) if re.match(r"\s*\d{2,4}\s*\.\s*-", c)), None)
        if len(cells) > 8 and at is not None:
            payload = kinds[turn % len(kinds)]
            number = cells[at].split("-")[0]
            cells[at] = f"{number}- {payload}"
            cells[-1] = f"{cells[-1]} {payload}" if not cells[-1].rstrip("\r").endswith("%") else cells[-1]
            turn += 1
        lines.append("\t".join(cells))
    return "\n".join(lines)


def _put(name: str, data: bytes | Callable[[], bytes]) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data() if callable(data) else data)

    return make


def _sparse(folder: Path) -> None:
    with (folder / "giga.txt").open("wb") as file:
        file.write(b"TMM-F004 ")
        file.truncate(2**30)


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)  # the name of a socket holds no more than a hundred bytes
        try:
            made.bind("enchufe.txt")
        finally:
            os.chdir(here)


def _device(folder: Path) -> None:
    try:
        os.mknod(folder / "cero.txt", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:  # only root makes devices
        os.mkfifo(folder / "cero.txt")


def _dir(folder: Path) -> None:
    (folder / "carpeta.txt").mkdir()


def _deep(folder: Path) -> None:
    place = folder / "hondo"
    for _ in range(40):
        place = place / "x"
    place.mkdir(parents=True)
    (place / "a.txt").write_text("nunca")


def _closed(folder: Path) -> None:
    (folder / "cerrado.txt").write_text("sin permisos\n")
    (folder / "cerrado.txt").chmod(0)


def _link(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).symlink_to(target)


def _named(name: bytes, number: int) -> Case:
    """A file of a hostile name, with a letter for its text."""
    text = f"carta {number}\n".encode()
    shown = name.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return Case(f"name {name[:24]!r}", shown, _put(os.fsdecode(name), text), "sin_formato", read=1)


def _row(cells: str) -> Callable[[], bytes]:
    """A form whose first row is replaced by these cells."""

    def made() -> bytes:
        lines = form(2025).split("\n")
        at = next(k for k, line in enumerate(lines) if line.count("\t") > 8)
        return "\n".join([*lines[:at], "2.3.1\t100.- Algo bueno\tApoyo" + cells, *lines[at + 1 :]]).encode()

    return made


def _junk(count: int) -> bytes:
    """A form with so many lines of no use after its first row."""
    lines = form(2027).split("\n")
    at = next(k for k, line in enumerate(lines) if line.count("\t") > 8)
    return "\n".join([*lines[: at + 1], *(f"basura\t{n} x" for n in range(count)), *lines[at + 1 :]]).encode()


NAMES = [
    b"$(touch pwned).txt", b"; rm -rf $HOME;.txt", b"`id`.txt", b"-rf.txt", b"--help.txt",
    b"'; drop table raw.lineas;--.txt", b"a\nb.txt", b"a\tb.txt", b"\x1b[31mrojo\x1b[0m.txt",
    b"caf\xe9 \xff.txt", rb"x\..\..\passwd.txt",
    "\u202etxt.exe.txt".encode(), b"<script>alert(1)</script >.txt".replace(b"/", b""), b"{0}%s%(x)s{{7*7}}.txt",
    b"[bold red]rojo[/bold red].txt".replace(b"/", b""), b"n" * 251 + b".txt", b"=cmd().txt", b"*.txt", b"con\\.txt",
]  # fmt: skip

CASES = [
    Case("a sparse gigabyte on one line", "giga.txt", _sparse, "demasiado_grande", "1,073,741,824"),
    Case("a line of 60 MiB", "linea.txt", _put("linea.txt", lambda: b"x " * (30 * 2**20)), "sin_formato", read=1,
         slow=True),
    Case("two million lines", "lineas.txt", _put("lineas.txt", b"x\n" * 2_000_000), "demasiado_grande", "2,000,001"),
    Case("900,000 short lines", "muchas.txt", _put("muchas.txt", lambda: b"ab 1\n" * 900_000), "sin_formato", read=1,
         slow=True),
    Case("200,000 lines within a table that are no rows", "basura.txt", _put("basura.txt", lambda: _junk(200_000)),
         LOADED, read=0, slow=True),
    Case("a million columns in a row", "columnas.txt", _put("columnas.txt", _row("\t7" * 1_000_000)), LOADED, read=0),
    Case("a million tabs", "tabs.txt", _put("tabs.txt", b"\t" * 10**6 + b"a\n"), "sin_formato", read=1),
    Case("a number of 400 digits", "digitos.txt", _put("digitos.txt", _row("\t" + "9" * 400 + "\t1" * 9 + "\t5%")),
         LOADED, read=0),
    Case("NUL bytes in a form", "nul.txt", _put("nul.txt", lambda: form(2026).replace("RAMO", "RA\0MO").encode()),
         "binario", "NUL byte in line"),
    Case("random bytes", "azar.txt", _put("azar.txt", lambda: random.Random(5).randbytes(50_000)), "binario"),
    Case("gzip", "zip.txt", _put("zip.txt", lambda: gzip.compress(form().encode(), mtime=0)), "formato_no_admitido"),
    Case("control characters", "control.txt", _put("control.txt", bytes(range(1, 32)) * 50), "binario", "control"),
    Case("UTF-16 with its mark", "utf16.txt", _put("utf16.txt", lambda: form().encode("utf-16")), "codificacion",
         "UTF-16"),
    Case("UTF-16 without it", "utf16le.txt", _put("utf16le.txt", lambda: form().encode("utf-16-le")), "codificacion",
         "without its mark"),
    Case("UTF-32", "utf32.txt", _put("utf32.txt", lambda: form().encode("utf-32")), "codificacion", "UTF-32"),
    Case("EBCDIC", "ebcdic.txt", _put("ebcdic.txt", lambda: form().encode("cp500", "replace")), ANY, read=None),
    Case("windows-1252", "cp1252.txt", _put("cp1252.txt", lambda: form(2019).encode("cp1252", "replace")), LOADED,
         read=0),
    Case("DOS code page", "cp850.txt", _put("cp850.txt", lambda: form(2018).encode("cp850", "replace")), LOADED,
         read=0),
    Case("UTF-8 cut in a character", "cortado.txt", _put("cortado.txt", form(2017).encode() + b"\xc3"), LOADED, read=0),
    Case("UTF-8 mark twice", "bom.txt", _put("bom.txt", codecs.BOM_UTF8 * 2 + form(2016).encode()), LOADED, read=0),
    Case("lines that CR alone ends", "mac.txt", _put("mac.txt", lambda: form().replace("\n", "\r").encode()),
         "codificacion", "CR alone"),
    Case("empty", "vacio.txt", _put("vacio.txt", b""), "vacio"),
    Case("blanks", "blancos.txt", _put("blancos.txt", b" \r\n\t\n\xef\xbb\xbf"), "vacio"),
    Case("a letter", "carta.txt", _put("carta.txt", b"Estimado: le escribo.\n"), "sin_formato", read=1),
    Case("hostile texts in the rows of a form", "textos.txt",
         _put("textos.txt", lambda: with_payloads(form()).encode()), LOADED, read=0),
    Case("a link out of the folder", "fuera.txt", _link("fuera.txt", "/etc/passwd"), "no_es_archivo", "leaves", None),
    Case("a link up and out", "arriba.txt", _link("arriba.txt", "../../secreto.txt"), "no_es_archivo", "leaves", None),
    Case("a link to itself", "vuelta.txt", _link("vuelta.txt", "vuelta.txt"), "no_es_archivo", "no regular file"),
    Case("a link to nothing", "nada.txt", _link("nada.txt", "no-hay.txt"), "no_es_archivo", "no regular file"),
    Case("a pipe", "tubo.txt", lambda f: os.mkfifo(f / "tubo.txt"), "no_es_archivo", "no regular file"),
    Case("a device", "cero.txt", _device, "no_es_archivo", "no regular file"),
    Case("a socket", "enchufe.txt", _socket, "no_es_archivo", "no regular file"),
    Case("a folder named like a file", "carpeta.txt", _dir, IGNORED, "named like a file"),
    Case("folders 40 deep", "hondo" + "/x" * 20, _deep, IGNORED, "deep", None),
    Case("no right to read it", "cerrado.txt", _closed, "sin_formato" if os.geteuid() == 0 else "ilegible",
         read=1 if os.geteuid() == 0 else 2),
    Case("markup over a folder's name and a file's", "[/b].txt", _put("[/b].txt", b"carta de nadie\n"), "sin_formato",
         read=1),
    Case("the same bytes under a second name", "vez1.txt", _put("vez1.txt", form(2015).encode()), DUPLICATE, read=0),
    Case("and the first", "vez2.txt", _put("vez2.txt", form(2015).encode()), DUPLICATE, read=0),
    *(_named(name, number) for number, name in enumerate(NAMES)),
]  # fmt: skip
