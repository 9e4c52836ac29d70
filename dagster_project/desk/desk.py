"""What the desk knows while it is open: the version it shows, and the lines it wrote, which can be taken back.

Belongs here: from a choice to a line, and back. Does not belong here: requests and pages (``app``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from dagster_project.desk import choices, queue
from dagster_project.desk.queue import Open
from dagster_project.reference.decision_lines import add_lines, take_back
from dagster_project.reference.registry import REJECTED, load_registry, write_entry
from dagster_project.reference.seed_file import edit
from dagster_project.settings import Settings, today
from dagster_project.warehouse.publish.publication import publicacion_vigente

FILES = {"fila": "correcciones.csv", "vinculo": "vinculos.csv", "pagina": "paginas.csv", "archivo": "extractos.csv"}


class RefusedChoiceError(ValueError):
    """What was sent decides nothing; the message, in Spanish, says what is missing."""


@dataclass(frozen=True, slots=True)
class Written:
    """Lines that the desk wrote: of which file, about what.

    Of the register, where a line may be another's changed: its path in ``lines``, what it said of the date in
    ``stood``, and the file's content ``before`` and ``after``.
    """

    number: int
    file: str
    kind: str
    id: str
    lines: tuple[str, ...]
    stood: str = ""
    before: bytes = b""
    after: bytes = b""


@dataclass
class Desk:
    """The desk of one home; ``written`` are the decisions of this sitting, in order."""

    settings: Settings
    written: list[Written] = field(default_factory=list)
    count: int = 0

    def version(self) -> str | None:
        """The published version that is shown; None where there is none yet."""
        current = publicacion_vigente(self.settings.published)
        return None if current is None else current.version

    def open(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection to the published version, read-only."""
        current = publicacion_vigente(self.settings.published)
        if current is None:
            raise RefusedChoiceError("Todavía no hay una versión publicada.")
        return duckdb.connect(str(current.path(self.settings.published)), read_only=True)

    def things(self) -> list[Open]:
        """What is open and was not decided at this sitting."""
        done = {(one.kind, one.id) for one in self.written}
        with self.open() as con:
            return [one for one in queue.open_things(con) if (one.kind, one.id) not in done]

    def thing(self, kind: str, id: str) -> Open | None:
        """One of the open things, by its kind and id."""
        with self.open() as con:
            return next((one for one in queue.open_things(con) if (one.kind, one.id) == (kind, id)), None)

    def decide(self, kind: str, id: str, given: Mapping[str, Any]) -> Written:
        """Write the lines of a choice.

        Args:
            kind: ``fila``, ``pagina``, ``vinculo`` or ``archivo``.
            id: the id of the open thing.
            given: ``motivo`` and ``autor``, and by kind ``cifras`` (field to text), ``con`` (a printed line's hash, ''
                for none) or ``publicado_en`` (a date, or ``rechazado``).

        Raises:
            RefusedChoiceError: nothing open goes by that name, or a reason, name or value is missing.
            ValueError: a run would refuse the line (``DecisionError``, ``RegistryError``); nothing was written.
            OSError: the file cannot be written.
        """
        thing = self.thing(kind, id)
        if thing is None or any((one.kind, one.id) == (kind, id) for one in self.written):
            raise RefusedChoiceError("Eso ya no está abierto: vuelva a la lista.")
        said = {name: str(given.get(name, "")).strip() for name in ("motivo", "autor")}
        if missing := [name for name, text in said.items() if not text]:
            raise RefusedChoiceError(f"Falta {' y '.join(missing)}.")
        said["fecha"] = today().isoformat()
        self.count += 1
        if kind == "archivo":
            done = self._register(thing, str(given.get("publicado_en", "")).strip(), said)
        else:
            lines = self._lines(thing, given, said)
            if not lines:
                raise RefusedChoiceError("No se eligió ningún valor.")
            written = add_lines(self.settings.seeds, FILES[kind], lines)
            done = Written(self.count, FILES[kind], kind, id, tuple(written))
        self.written.append(done)
        return done

    def undo(self, number: int) -> bool:
        """Take a decision of this sitting back; False where its lines are not there any more as they were written."""
        one = next((one for one in self.written if one.number == number), None)
        if one is None:
            return False
        if one.kind == "archivo":
            self._unregister(one)
        elif not take_back(self.settings.seeds, one.file, one.lines):
            return False
        self.written.remove(one)
        return True

    def _lines(self, thing: Open, given: Mapping[str, Any], said: Mapping[str, str]) -> list[dict[str, Any]]:
        figures = {str(k): str(v) for k, v in dict(given.get("cifras") or {}).items()}
        if thing.kind == "pagina":
            return choices.page_lines(thing.row, figures, said)
        with self.open() as con:
            if thing.kind == "fila":
                if not figures:
                    raise RefusedChoiceError("Elija una lectura o escriba las cifras.")
                return choices.corrections(thing.row, figures, queue.readings_of(con, thing.row), said)
            wanted = str(given.get("con", ""))
            other = next((o for o in queue.others_of(con, thing.row) if o["renglon_huella"] == wanted), None)
            if wanted and other is None:
                raise RefusedChoiceError("Ese renglón ya no está entre los de la unidad: vuelva a la lista.")
            return [choices.link_line(thing.row, other, said)]

    def _register(self, thing: Open, published: str, said: Mapping[str, str]) -> Written:
        if not published:
            raise RefusedChoiceError("Falta la fecha de publicación, o rechazarlo.")
        ruta = thing.row["ruta"]
        entry = load_registry(self.settings.seeds).get(ruta)
        stood = "" if entry is None else REJECTED if entry.rechazado else (entry.publicado_en or "")
        if published != REJECTED:
            date.fromisoformat(published)
        register = self.settings.seeds / FILES["archivo"]
        before = register.read_bytes()
        write_entry(self.settings.seeds, ruta, published, f"{said['motivo']} ({said['autor']}, {said['fecha']})")
        return Written(
            self.count, FILES["archivo"], "archivo", thing.id, (ruta,), str(stood), before, register.read_bytes()
        )

    def _unregister(self, one: Written) -> None:
        """The file as it was, where nobody wrote to it since; else the date that it had."""
        done: list[bool] = []

        def back(old: bytes) -> bytes:
            if old != one.after:
                return old
            done.append(True)
            return one.before

        edit(self.settings.seeds / one.file, back)
        if not done:
            write_entry(self.settings.seeds, one.lines[0], one.stood, "")
