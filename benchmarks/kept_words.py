"""What the engine reads of made-up scans, kept: looking costs hours and does not change with the reader.

``python -m benchmarks.kept_words FOLDER --level office`` scans ``FOLDER/digital.pdf`` (``render_forms``), looks at it
and writes ``FOLDER/words/<level>.pdf/<page>.json``, which ``benchmarks.documents FOLDER`` takes; what stands there
stays. ``FOLDER`` is not in the checkout. Not here: scoring (``documents``), damage (``rendering.scan``).
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.rendering.scan import LEVELS
from benchmarks.rendering.scan import main as scan
from dagster_project.sources.document import Page
from dagster_project.sources.reading import read_document


def as_json(page: Page) -> str:
    """A page's words as ``benchmarks.documents`` takes them."""
    words = [[w.text, w.box.x0, w.box.y0, w.box.x1, w.box.y1, w.confidence] for w in page.words]
    return json.dumps({"width": page.width, "height": page.height, "words": words}, ensure_ascii=False)


def main(
    folders: Annotated[list[Path], typer.Argument(help="Folders with a digital.pdf each.")],
    levels: Annotated[list[str] | None, typer.Option("--level", help=", ".join(LEVELS))] = None,
    seed: Annotated[int, typer.Option(help="What the damage is drawn from.")] = 1,
) -> None:
    """Scan each folder's document at each level, look at it and keep the words."""
    for folder in folders:
        for name in levels or LEVELS:
            to = folder / "words" / f"{name}.pdf"
            if list(to.glob("*.json")):
                continue
            begun = time.perf_counter()
            to.mkdir(parents=True, exist_ok=True)
            scan(folder / "digital.pdf", to / "scan.pdf", name, seed)
            pages = read_document((to / "scan.pdf").read_bytes()).pages
            for page in pages:
                (to / f"{page.number}.json").write_text(as_json(page), "utf-8")
            print(f"{to}: {len(pages)} pages in {time.perf_counter() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    typer.run(main)
