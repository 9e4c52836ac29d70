"""A sitting at the desk: what is open now, what was decided in it, and taking that back. Not here: pages (``app``)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dagster_project.desk.agenda import Agenda, agenda_of
from dagster_project.desk.items import ChoiceError, Item, Option, signed
from dagster_project.reference.seed_writer import Change, add_lines, columns_of, put_line, take_back
from dagster_project.settings import Settings, today
from dagster_project.warehouse.publish.publication import POINTER

OTHER = "otra"
"""In place of a choice's number: a value that none of them has."""

SHIPPED = (
    "Las semillas en uso vinieron con la instalación y se reemplazan con ella; esta mesa no escribe en ellas. Escriba "
    "avance init una vez: deja una carpeta propia en la casa, y la mesa la sigue."
)
"""Why nothing is written, where the seeds are those of an installed wheel."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of an item, with the changes that take it back."""

    item: str
    title: str
    changes: tuple[Change, ...]


class Sitting:
    """The desk of one process; safe for several threads. Files may change under it: each question looks again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.decisions: list[Decision] = []
        self._guard = threading.RLock()
        self._asked: tuple[object, Agenda] | None = None

    def agenda(self) -> Agenda:
        """What is open; worked out anew where the version or a file of the seeds changed.

        Raises:
            PointerError, duckdb.Error, OSError, ValueError: as ``agenda_of``.
        """
        with self._guard:
            day = today()
            seen = (day, _stamp(self.settings.published / POINTER),
                    *(_stamp(path) for path in sorted(self.settings.seeds.glob("*.csv"))))  # fmt: skip
            if self._asked is None or self._asked[0] != seen or self._asked[1].notes:
                self._asked = seen, agenda_of(self.settings, day)
            return self._asked[1]

    def item(self, its_id: str) -> Item | None:
        """The open item of an id; None where it is open no more."""
        return next((item for item in self.agenda().items if item.id == its_id), None)

    def decide(self, its_id: str, choice: str, said: Mapping[str, str]) -> Decision:
        """Write the lines of a choice: its number from 1, or ``OTHER`` with ``campo`` and ``valor``.

        ``said`` holds ``motivo`` and ``autor``, and what the choice asks for.

        Raises:
            ChoiceError: the item is open no more, there is no such choice, or something was not said.
            OSError, ValueError: the line cannot be written, or a run would not take it.
        """
        with self._guard:
            item = self.item(its_id)
            if item is None:
                raise ChoiceError("Esto ya no está abierto: alguien lo decidió, o hay una versión nueva.")
            reason, author = said.get("motivo", "").strip(), said.get("autor", "").strip()
            if not reason or not author:
                raise ChoiceError("Falta el motivo o el nombre de quien decide.")
            decision = Decision(item.id, item.title, tuple(self._write(_chosen(item, choice, said), reason, author)))
            self.decisions.append(decision)
            return decision

    def undo(self, its_id: str = "") -> Decision | None:
        """Take back the last decision of the sitting, which is on ``its_id`` as far as who asks knows; None for none.

        Raises:
            ChoiceError: the last one is another by now, of another page perhaps.
            LineGoneError: its lines were changed since. OSError, ValueError: a file cannot be written.
        """
        with self._guard:
            if not self.decisions:
                return None
            if its_id and self.decisions[-1].item != its_id:
                raise ChoiceError("La última decisión ya es otra: vuelva a cargar la página.")
            take_back(self._to_write(), self.decisions[-1].changes)
            return self.decisions.pop()

    def _to_write(self) -> Path:
        if self.settings.has_shipped_seeds:
            raise ChoiceError(SHIPPED)
        return self.settings.seeds

    def _write(self, option: Option, reason: str, author: str) -> list[Change]:
        seeds = self._to_write()
        lines: dict[str, list[Mapping[str, str]]] = {}
        for line in option.lines:
            lines.setdefault(line[0], []).append(signed(line, columns_of(seeds / line[0]), reason, author, today()))
        if register := lines.pop("extractos.csv", None):
            (values,) = register
            return [put_line(seeds, "extractos.csv", values["ruta"], values)]
        return add_lines(seeds, lines)


def _chosen(item: Item, choice: str, said: Mapping[str, str]) -> Option:
    if choice == OTHER:
        field, value = said.get("campo", ""), said.get("valor", "").strip()
        if field not in item.typed or not value:
            raise ChoiceError("Falta el campo o su valor; donde la celda está vacía, escriba 0.")
        assert item.base is not None  # whatever may be typed has it
        file, line = item.base
        return Option(OTHER, ((file, {**line, "campo": field, "impreso": item.typed[field], "valor": value}),))
    if not choice.isdecimal() or not 1 <= int(choice) <= len(item.options):
        raise ChoiceError("No hay tal opción.")
    option = item.options[int(choice) - 1]
    if said.get("huella", option.digest) != option.digest:
        raise ChoiceError("Esto cambió desde que se mostró: vuelva a cargar la página y elija otra vez.")
    if option.asks:
        if not said.get(option.asks, "").strip():
            raise ChoiceError("Falta la fecha.")
        option = replace(option, lines=tuple((file, {**values, option.asks: said[option.asks].strip()})
                                             for file, values in option.lines))  # fmt: skip
    return option


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return path.name, 0, 0
    return path.name, found.st_mtime_ns, found.st_ino
