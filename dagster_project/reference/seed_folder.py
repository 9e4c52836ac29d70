"""A folder of catalogues and decisions of one's own, outside the checkout: its templates, and what it lacks.

Belongs here: which files it holds. Does not belong here: where it is (``settings``) and what its files mean.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dagster_project.reference.csv_rows import hint, read_rows
from dagster_project.reference.seed_file import place

DECISIONS = frozenset({"correcciones.csv", "extractos.csv", "paginas.csv", "vinculos.csv"})
"""What people decide of their own extracts: a folder begins with none."""

RULES = "reglas.csv"


class SeedsError(ValueError):
    """A folder of seeds lacks what this release reads; the message names it and says what to do."""


def write_templates(folder: Path, shipped: Path) -> list[str]:
    """Write the files that a folder lacks: catalogues as they come along, decision files with their columns alone.

    Each is there whole or not at all, and no file that is there is touched. Returns the names written, sorted.

    Raises:
        OSError: the folder or a file cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    for source in sorted(shipped.glob("*.csv")):
        content = source.read_bytes()
        if source.name in DECISIONS:
            content = content[: content.index(b"\n") + 1]
        if place(folder / source.name, content):
            written.append(source.name)
    return written


def lacking(folder: Path, shipped: Path) -> list[str]:
    """What a folder lacks of what the shipped one has, or has besides: a file, a column, a rule; a sentence each.

    Raises:
        ValueError: a file cannot be read; the message names its line.
    """
    return list(_lacking(folder, shipped))


def check_seeds(folder: Path, shipped: Path) -> None:
    """That a folder has all that this release reads and nothing that dbt takes for a seed besides.

    The shipped one always has.

    Raises:
        SeedsError: it has not, or has more.
    """
    if folder == shipped:
        return
    if said := lacking(folder, shipped):
        raise SeedsError(
            f"{'; '.join(said)}. `avance init {folder}` writes the files that are missing and touches no other"
        )


def _lacking(folder: Path, shipped: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield f"there is no folder {folder} (AVANCE_SEEDS)"
        return
    for source in sorted(shipped.glob("*.csv")):
        path = folder / source.name
        if not path.is_file():
            yield f"{path} is missing"
        elif missing := _columns(source).difference(_columns(path)):
            lacks = f"lacks the column(s) {', '.join(sorted(missing))}, which this release has in {source}"
            yield f"{path} {lacks}{hint(','.join(_columns(path)))}"
        elif path.name == RULES and (missing := _rules(source).difference(_rules(path))):
            yield f"{path} lacks the rule(s) {', '.join(sorted(missing))}: copy their lines from {source}"
    for path in _not_read(folder, {source.name for source in shipped.glob("*.csv")}):
        yield f"{path} is no file of this release, and dbt would load it as one: move it out of {folder}"


def _not_read(folder: Path, names: set[str]) -> Iterator[Path]:
    """What dbt takes for a seed beyond the files that are read, as it looks: in all subfolders, by any case."""
    for at, below, files in os.walk(folder):
        below.sort()
        for name in sorted(files):
            if name.lower().endswith(".csv") and not (Path(at) == folder and name in names):
                yield Path(at, name)


def _columns(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return {name.strip().strip('"') for name in file.readline().split(",")}


def _rules(path: Path) -> set[str]:
    return {row["regla"] for _, row in read_rows(path, ("regla",))}
