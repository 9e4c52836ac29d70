"""Files parsed elsewhere, a batch at a time: each leaves a folder with the rows of its pages and refusals.

Belongs here: which files go to such a task, the task, and what comes of it. Does not belong here: who runs the tasks
(``spread``), and the load of a file, which takes a folder that is there and parses where there is none
(``load_files``).

A folder goes by the hash of the file's bytes, as the task read them, and the ``huella`` it is parsed with (code,
catalogues, entry of the register): it is never taken for other bytes, and one that stands is not made again.
Documents are read by the load itself: reading one is a process of its own already.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from dagster_project.sources.document import Kind
from dagster_project.sources.kind import kind_of
from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Refusal
from dagster_project.warehouse.files.extract_file import decode, extracto_id, read_opened
from dagster_project.warehouse.files.extract_folder import ExtractFile
from dagster_project.warehouse.reader import tmm_f004_reader
from dagster_project.warehouse.rows import page_rows
from dagster_project.warehouse.spread.parts import PartsFolder
from dagster_project.warehouse.spread.said import read_said
from dagster_project.warehouse.spread.seam import Lost, Spread

REFUSED = "rechazos.json"

A_BATCH = 20
"""Files of a task: few enough that one process does not keep the last of them, and that little is done again."""


@dataclass(frozen=True, slots=True)
class FileToParse:
    """A file below its folder, whose the register says it is, and the ``huella`` of parsing it."""

    ruta: str
    root: Path
    parts: tuple[str, ...]
    ente: str | None
    huella: str

    @classmethod
    def listed(cls, file: ExtractFile, ente: str | None, huella: str) -> FileToParse:
        """A file of the listing."""
        return cls(file.ruta, file.root, file.parts, ente, huella)


@dataclass(frozen=True, slots=True)
class ParseTask:
    """Files to parse, what the seeds say, and the folder that takes a folder of each."""

    files: tuple[FileToParse, ...]
    said: Path
    folder: Path
    max_bytes: int


class ParsedAhead:
    """Files that are parsed elsewhere, in the order in which they were given."""

    def __init__(self, spread: Spread, files: Sequence[FileToParse], said: Path, max_bytes: int) -> None:
        self.spread, self.said, self.max_bytes = spread, said, max_bytes
        self.lost: dict[str, Lost] = {}
        self.waiting = {file.ruta for file in files}
        batches = [tuple(files[k : k + A_BATCH]) for k in range(0, len(files), A_BATCH)]
        self.answers = zip(batches, spread.map(parse_files, map(self._task, batches)), strict=True)

    def of(self, ruta: str, key: str, huella: str) -> Path | Lost | None:
        """What came of a file: the folder of its rows, or why there is none; None where it is to be parsed here."""
        while ruta in self.waiting:
            batch, answer = next(self.answers)
            self.waiting -= {file.ruta for file in batch}
            if isinstance(answer, Lost):
                self._one_by_one(batch)
        folder = folder_of(self.spread.folder, key, huella)
        return folder if folder.is_dir() else self.lost.get(ruta)

    def _one_by_one(self, batch: Sequence[FileToParse]) -> None:
        """One file of a batch ended a process: the others must not suffer."""
        tasks = [self._task((file,)) for file in batch]
        for file, answer in zip(batch, self.spread.map(parse_files, tasks), strict=True):
            if isinstance(answer, Lost):
                self.lost[file.ruta] = answer

    def _task(self, files: tuple[FileToParse, ...]) -> ParseTask:
        return ParseTask(files, self.said, self.spread.folder, self.max_bytes)


def parse_files(task: ParseTask) -> None:
    """Parse the texts among some files and leave a folder of each; what cannot be read is the load's to refuse."""
    for file in task.files:
        try:
            opened = ExtractFile(file.ruta, file.root, file.parts, None)
            data = read_opened(opened.open, task.max_bytes)
            if kind_of(data) is not Kind.TEXT:
                continue
            lines = [line for line, _ in decode(data).lineas]
        except (OSError, RefusedFileError):
            continue
        key, _ = extracto_id(data)
        target = folder_of(task.folder, key, file.huella)
        if target.is_dir():
            continue
        pages, refused = tmm_f004_reader().pages_of(key, lines, (), _catalogs(task.said, file.ente))
        parts = PartsFolder(target)
        parts.put("paginas", page_rows(pages))
        parts.note(REFUSED, json.dumps([asdict(r) for r in refused]))
        parts.done()


def refused_in(folder: Path) -> list[Refusal]:
    """What could not be read of the file whose folder this is."""
    return [Refusal(**said) for said in json.loads((folder / REFUSED).read_text("utf-8"))]


def folder_of(folder: Path, key: str, huella: str) -> Path:
    """The folder of a file's rows, by its bytes and what they are parsed with."""
    return folder / f"{key}-{huella}"


LOST = "perdido"
"""In place of what a file was parsed with, where nothing could: the next load parses it again."""


def lost_file(lost: Lost) -> Refusal:
    """What is said of a file that nothing could parse."""
    why = f"could not be read: {lost.razon}; the next run reads it by itself; where that ends too, take the file out"
    return Refusal("falla_del_lector", why, "", 0)


@cache
def _catalogs(said: Path, ente: str | None) -> Catalogs:
    """The catalogues for the files of an ente; the same object each time, since what follows from it is kept."""
    return replace(read_said(said).catalogs, ente_registrado=ente)
