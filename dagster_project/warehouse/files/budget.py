"""How much of a folder is read, and how much a run takes in: a folder that somebody fills must not fill the machine.

Belongs here: the bounds, and which files are within them. Does not belong here: the bounds of one file
(``extract_file``, ``sources``) and loading (``load_files``).

Smallest first, so that few large files never hold back many small ones. What is over a folder's budget is refused by
name; what is over a run's waits, by name, for the next.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.extract_file import MAX_BYTES
from dagster_project.warehouse.files.extract_folder import ExtractFile, content_hash, find_extract_files

MIB = 2**20
FULL = "carpeta_llena"


@dataclass(frozen=True, slots=True)
class FolderBudget:
    """Files of a folder that are read, and the bytes they may hold together."""

    files: int
    bytes: int


OF_EXTRACTS = FolderBudget(200_000, 64 * 1024 * MIB)
"""The folder that the installation is kept in: a state's municipalities in scans, half a megabyte a page, for years."""

OF_INBOX = FolderBudget(20_000, 2 * 1024 * MIB)
"""The folder that others drop files into: some four thousand scanned pages, between two times that somebody looks."""


@dataclass(frozen=True, slots=True)
class RunBudget:
    """Bytes of new extracts that one run takes in, and seconds that it spends reading them."""

    bytes: int = 1024 * MIB
    seconds: float = 4 * 3600.0


A_RUN = RunBudget()


@dataclass(slots=True)
class Spending:
    """What a run has spent of its budget; the file at hand is always finished, so every run comes forward."""

    budget: RunBudget
    bytes: int = 0
    since: float = field(default_factory=time.monotonic)

    def over(self) -> str | None:
        """Why nothing more is read in this run; None where there is budget left."""
        took = time.monotonic() - self.since
        if self.bytes < self.budget.bytes and took < self.budget.seconds:
            return None
        read = f"{self.bytes // MIB:,} MiB of new extracts in {took / 60:.0f} minutes"
        return f"waits: this run has read {read}, as much as one run reads; the next run goes on with it"


def within(files: Sequence[ExtractFile], budget: FolderBudget) -> list[ExtractFile]:
    """The files in their order, those over the folder's budget with a refusal that says what to do."""
    left, fits = budget, set[str]()
    for file in sorted((f for f in files if not f.rechazo), key=lambda f: (f.size, f.ruta)):
        cost = file.size if file.size <= MAX_BYTES else 0  # what is larger is refused unread
        left = FolderBudget(left.files - 1, left.bytes - cost)
        if left.files < 0 or left.bytes < 0:
            break
        fits.add(file.ruta)
    refused = RefusedFileError(
        FULL,
        f"was not read: its folder holds more than the {budget.files:,} files or {budget.bytes // MIB:,} MiB that are "
        "read of one, smallest first; take out what is no extract or was loaded (what was loaded stays)",
    )
    return [file if file.rechazo or file.ruta in fits else replace(file, rechazo=refused) for file in files]


def folder_state(folder: Path, budget: FolderBudget) -> list[tuple[str, str]]:
    """The path of each extract below ``folder`` with a hash of what it holds; [] where there is no folder.

    What is passed over comes after, each with the reason; what is refused unread goes by its reason and size.
    """
    if not folder.is_dir():
        return []
    files, others = find_extract_files(folder)
    state = [
        (file.ruta, f"{file.size} {file.rechazo.razon}" if file.rechazo else content_hash(file))
        for file in within(files, budget)
    ]
    return state + [(other.ruta, other.razon) for other in others]
