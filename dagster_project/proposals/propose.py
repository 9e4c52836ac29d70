"""All proposals of a home, in the order of the files, and their way into them. Not in here: the lines of each (a module
each), and how a file is written (``seed_writer``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dagster_project.proposals.entes import propose_entes
from dagster_project.proposals.lines import propose_lines
from dagster_project.proposals.measures import propose_measures
from dagster_project.proposals.plans import propose_plans
from dagster_project.proposals.proposal import COLUMNS, FILES, Proposal, Seeds
from dagster_project.proposals.seen import Page
from dagster_project.proposals.units import propose_programmes, propose_units
from dagster_project.reference.csv_rows import read_rows
from dagster_project.reference.seed_writer import Values, add_lines


def read_seeds(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each catalogue of ``FILES`` that stands in a folder.

    Raises:
        OSError, ValueError: a file cannot be read, or lacks a column.
    """
    return {
        name: [row for _, row in read_rows(folder / name, COLUMNS[name])] for name in FILES if (folder / name).exists()
    }


def propose(pages: Sequence[Page], seeds: Seeds) -> list[Proposal]:
    """The lines that pages call for and the seeds lack; a function of both, whatever the order of the pages."""
    pages = sorted(pages, key=lambda page: (page.corte or "", page.ruta, page.formato))
    plans = list(propose_plans(pages, seeds))
    in_force = [*seeds.get("planes.csv", ()), *(plan.values for plan in plans)]
    found = [
        *propose_entes(pages, seeds),
        *plans,
        *propose_programmes(pages, seeds),
        *propose_units(pages, seeds),
        *propose_measures(pages, seeds),
        *propose_lines(pages, seeds, in_force),
    ]
    return [replace(p, doubt="holds signs that no name has") if _is_odd(p) else p for p in found]


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


def _is_odd(proposal: Proposal) -> bool:
    """Whether a value would steer a terminal, or be taken for a formula by a spreadsheet that opens the file."""
    return any(not value.isprintable() or value.startswith(("=", "+", "-", "@")) for value in proposal.values.values())
