"""All that is open, most figures first, and what is decided already and waits for the run.

Belongs here: the order, and leaving out what the files decide. Does not belong here: what is open (a module a kind).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from dagster_project.desk.catalogues import missing_lines
from dagster_project.desk.effects import Band, bands_of
from dagster_project.desk.items import KINDS, Item
from dagster_project.desk.links import unsure_links
from dagster_project.desk.pages import pages_aside, waiting_reports
from dagster_project.desk.rows import doubtful_rows
from dagster_project.proposals.proposal import Proposal
from dagster_project.proposals.propose import propose, read_seeds
from dagster_project.proposals.seen import pages_seen
from dagster_project.reference.decisions import load_decisions
from dagster_project.reference.registry import load_registry
from dagster_project.settings import Settings
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock
from dagster_project.warehouse.db.migrations import NewerWarehouseError
from dagster_project.warehouse.publish.ask import ask_current


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is open in a version ('' where nothing is published), most figures first; ``notes`` say what could not be.

    ``decided``: how many items of it are decided in the files and wait for the run.
    """

    version: str
    items: tuple[Item, ...] = ()
    decided: int = 0
    notes: tuple[str, ...] = ()


def agenda_of(settings: Settings, today: date) -> Agenda:
    """What is open in the published version and the home, by the seeds as they are now.

    Raises:
        PointerError, duckdb.Error: the published version cannot be read.
        OSError, ValueError: a file of the seeds cannot be read.
    """
    done = _decided(settings.seeds)
    answer = ask_current(settings.published, partial(_open, today, bands_of(settings.seeds), done))
    if answer is None:
        return Agenda("")
    version, found = answer
    try:
        found += missing_lines(_proposals(settings))
        notes: tuple[str, ...] = ()
    except WarehouseBusyError:
        notes = ("Una corrida trabaja: lo que falta en los catálogos se pregunta cuando termine.",)
    except (duckdb.Error, NewerWarehouseError) as error:
        notes = (f"Lo que falta en los catálogos no se puede preguntar: {error}",)
    still = [item for item in found if item.applied or not _keys(item) & done]
    return Agenda(version.version, tuple(_ordered(still)), len(found) - len(still), notes)


def _open(today: date, bands: Sequence[Band], done: Set[tuple[str, ...]], con: duckdb.DuckDBPyConnection) -> list[Item]:
    return [*doubtful_rows(con, bands, done), *unsure_links(con), *pages_aside(con),
            *waiting_reports(con, today, done)]  # fmt: skip


def _proposals(settings: Settings) -> list[Proposal]:
    if not settings.warehouse.exists():
        return []
    with (
        writer_lock(settings.home, what="avance desk"),
        open_warehouse(settings.warehouse, read_only=True) as con,
    ):
        pages = pages_seen(con)
    return propose(pages, read_seeds(settings.seeds))


def _ordered(items: Iterable[Item]) -> list[Item]:
    kinds = list(KINDS)
    return sorted(items, key=lambda item: (-item.figures, kinds.index(item.kind), item.where, item.title))


def _decided(seeds: Path) -> set[tuple[str, ...]]:
    """(file, what it decides) of each line of the decision files; of a figure its field, of a file its date besides."""
    said = load_decisions(seeds)
    done: set[tuple[str, ...]] = set()
    for figure in said.correcciones:
        done |= {("correcciones.csv", figure.huella), ("correcciones.csv", figure.huella, figure.campo)}
    done |= {("vinculos.csv", link.huella) for link in said.vinculos}
    done |= {("paginas.csv", page.huella, page.campo) for page in said.paginas}
    for ruta, entry in load_registry(seeds).items():
        if entry.publicado_en or entry.rechazado:
            done |= {("extractos.csv", ruta), ("extractos.csv", ruta, str(entry.publicado_en or ""))}
    return done


def _keys(item: Item) -> set[tuple[str, ...]]:
    name = {
        "renglon": "correcciones.csv",
        "vinculo": "vinculos.csv",
        "pagina": "paginas.csv",
        "reporte": "extractos.csv",
    }
    return {(name[item.kind], *item.key)} if item.kind in name else set()
