"""The reader on bytes that coverage guides (atheris, libFuzzer), starting from the pages of the real extract.

Not here: what must hold (``bounds``). The compiled kernels are left as they are: instrumented bytecode
does not compile.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dagster_project.settings import RAIZ

PACKAGE = "dagster_project.tmm_f004"


def fuzz(minutes: float, corpus: str) -> int:
    """Run libFuzzer for so many minutes on a folder of texts; 0 where nothing was found."""
    import atheris

    with atheris.instrument_imports(include=[PACKAGE], exclude=_compiled()):
        from tests.fuzz.bounds import check_bytes
    from tests.fuzz.texts import ODD, pages

    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages()):
        (folder / f"page-{number:02}.txt").write_bytes("\n".join(page).encode())
    words = folder.with_suffix(".dict")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in ODD if word.isprintable()), encoding="ascii")

    def one(data: bytes) -> None:
        check_bytes(data.replace(b"\0", b" "))

    options = [
        f"-max_total_time={int(60 * minutes)}", "-max_len=12000", "-timeout=60", "-rss_limit_mb=3000",
        f"-dict={words}", f"-artifact_prefix={folder}/found-", "-print_final_stats=1", str(folder),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()
    return 0


def _compiled() -> list[str]:
    """The modules that hold compiled functions."""
    here = RAIZ / "dagster_project" / "tmm_f004"
    return [f"{PACKAGE}.{path.stem}" for path in sorted(here.glob("*.py")) if "njit" in path.read_text("utf-8")]


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())
