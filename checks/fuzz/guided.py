"""The reader on bytes that coverage guides (atheris, libFuzzer), starting from the pages of the real extract.

Not here: what must hold (``bounds``). The compiled kernels are left as they are: instrumented bytecode
does not compile.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dagster_project.settings import RAIZ

PACKAGE = "dagster_project.tmm_f004"
SLACK = 5.0
"""How much longer instrumented code may take."""


def fuzz(minutes: float, corpus: str) -> int:
    """Run libFuzzer for so many minutes on a folder of texts; 0 where nothing was found."""
    import atheris

    with atheris.instrument_imports(include=[PACKAGE], exclude=_compiled()):
        from checks.fuzz.bounds import check_bytes, warm_up
    from checks.fuzz.texts import ODD, pages

    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages()):
        (folder / f"page-{number:02}.txt").write_bytes(_short(page).encode())
    words = folder.with_suffix(".dict")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in ODD if word.isprintable()), encoding="ascii")

    def one(data: bytes) -> None:
        check_bytes(data.replace(b"\0", b" "), SLACK, reading_alone=True)

    options = [
        f"-max_total_time={int(60 * minutes)}", "-max_len=3000", "-timeout=60", "-rss_limit_mb=3000",
        f"-dict={words}", f"-artifact_prefix={folder}/found-", "-print_final_stats=1", str(folder),
    ]  # fmt: skip
    warm_up()
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()
    return 0


def _short(page: Sequence[str]) -> str:
    """A page with two rows and its texts cut: the fuzzer goes through more of them in its time."""
    rows = 0
    lines = []
    for line in page[:120]:
        rows += line.count("\t") > 8
        if line.strip() and (rows <= 5 or line.count("\t") < 2):
            lines.append("\t".join(cell[:40] for cell in line.split("\t")))
    return "\n".join(lines)


def _compiled() -> list[str]:
    """The modules that hold compiled functions."""
    here = RAIZ / "dagster_project" / "tmm_f004"
    return [
        ".".join((PACKAGE, *path.relative_to(here).with_suffix("").parts))
        for path in sorted(here.rglob("*.py"))
        if "jit import" in path.read_text("utf-8")
    ]


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())
