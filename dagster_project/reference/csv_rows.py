"""Rows of a reference CSV, each with where it stands. Not here: what they mean."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path


def read_rows(
    path: Path, columns: Sequence[str] = (), error: type[ValueError] = ValueError
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row as (``entes.csv, line 2``, values stripped); of a file that is not there, none.

    Raises:
        error: one of ``columns`` is missing, or a row has more or fewer values than there are columns.
    """
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [c for c in columns if c not in (reader.fieldnames or ())]:
            raise error(f"{path.name}: missing column(s) {', '.join(missing)}")
        for number, row in enumerate(reader, start=2):
            where = f"{path.name}, line {number}"
            if None in row or None in row.values():
                raise error(f"{where}: as many values as columns are needed")
            yield where, {name: value.strip() for name, value in row.items()}
