"""Appending proposed lines to seed files. Not in here: which lines, and how a file is written (``seed_writer``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from dagster_project.proposals.proposal import Proposal
from dagster_project.reference.seed_writer import Values, add_lines


def append_lines(seeds: Path, proposals: Sequence[Proposal]) -> dict[str, int]:
    """Append the proposals without doubt to their files, all or none; how many lines each took.

    Raises:
        DuplicateLineError: a line of the same key is there.
        OSError, ValueError: a file cannot be read or written, or would not be taken with the line.
    """
    by_file: dict[str, list[Values]] = defaultdict(list)
    for proposal in proposals:
        if not proposal.doubt:
            by_file[proposal.file].append(proposal.values)
    add_lines(seeds, by_file)
    return {name: len(lines) for name, lines in by_file.items()}
