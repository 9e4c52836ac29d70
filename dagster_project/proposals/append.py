"""Appending proposed lines to seed files: what people wrote stays byte for byte. Not in here: which lines."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from dagster_project.proposals.proposal import KEYS, Proposal
from dagster_project.reference.seed_file import BOM, line_end, swap
from dagster_project.tmm_f004.text.fold import plain


class DuplicateLineError(ValueError):
    """A line of the same key stands in the file already; the message names both. Nothing was written."""


def append_lines(seeds: Path, proposals: Sequence[Proposal]) -> dict[str, int]:
    """Append the proposals without doubt to their files, each file swapped in whole; how many lines each took.

    A file keeps its columns and their order, its encoding mark and its line ends; what it has more of stays empty.

    Raises:
        DuplicateLineError: a line of the same key is there.
        OSError, ValueError: a file is not there, cannot be read or written, or lacks a column of the line.
    """
    by_file: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if not proposal.doubt:
            by_file[proposal.file].append(proposal)
    made = {(seeds / name).resolve(): _longer(seeds / name, lines) for name, lines in by_file.items()}
    for path, content in made.items():
        swap(path, content)
    return {name: len(lines) for name, lines in by_file.items()}


def _longer(path: Path, proposals: Sequence[Proposal]) -> bytes:
    """The content of a file with the lines after its last one."""
    old = path.read_bytes()
    end = line_end(old)
    rows = list(csv.DictReader(old.removeprefix(BOM).decode("utf-8").splitlines()))
    columns = next(csv.reader(old.removeprefix(BOM).decode("utf-8").splitlines()), [])
    if missing := [column for column in proposals[0].values if column not in columns]:
        raise ValueError(f"{path.name} has no column {', '.join(missing)}; nothing was written")
    there = {_key(row, path.name) for row in rows}
    for proposal in proposals:
        if (key := _key(proposal.values, path.name)) in there:
            raise DuplicateLineError(f"{path.name} has a line of {', '.join(key)} already; nothing was written")
        there.add(key)
    glue = "" if not old or old.endswith(b"\n") else end
    return old + (glue + "".join(proposal.line(columns) + end for proposal in proposals)).encode()


def _key(row: object, name: str) -> tuple[str, ...]:
    assert isinstance(row, dict)
    return tuple(plain(row[column] or "") for column in KEYS[name])
