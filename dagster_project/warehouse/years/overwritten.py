"""Files that were overwritten by something that no longer holds their reports: what stood stays.

Belongs here: whether a report of an extract that lost its path is in any page of the extracts that are left, and what
follows. Does not belong here: retiring it (``files.load_files``), what is said of single actions that a correction lost
(``files.moved_and_lost``, ``int_hallazgos_sustitucion``).

New bytes under a path replace the old where they hold all its reports. Which reports pages are of is known once they
are settled, which takes all pages of their municipality and ejercicio, so it is looked at when every file is loaded and
before anything is checked. The old bytes then stand beside the new under a path of their own (``standing_paths``), and
what the new ones say otherwise of the same reports waits, as what the inbox says does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dagster_project.reference.registry import Registro
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.tmm_f004.reconcile.reports import UNDATED
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.load_counts import with_counts
from dagster_project.warehouse.files.load_files import parse_again
from dagster_project.warehouse.files.standing_paths import stand, standing_path
from dagster_project.warehouse.reader import Reader, tmm_f004_reader
from dagster_project.warehouse.results import ExtractLoad, Resultado
from dagster_project.warehouse.years.pages_in_force import load_pages, pages_by_ente, pages_in_force

NAMED = 5
"""Reports that a result names; it counts the others."""

Reporte = tuple[str | None, str | None, str | None]
"""(ente, unidad, corte)."""

TO_LOOK_AT_SQL = """
    select extracto_id, ruta, unnest(reportes_retirados, max_depth := 2)
    from raw.extractos
    where retirado_en is not null and por_revisar and lineas > 0
"""
"""The reports of extracts that lost their path and were not looked at since."""

STATED_SQL = f"""
    select distinct
        v.ente_codigo, v.unidad_codigo, v.corte,
        e.publicado_en is not null
            or exists (select 1 from raw.rutas r where r.extracto_id = e.extracto_id and r.ruta not like '{INBOX}%')
    from raw.vinculos v join raw.extractos e using (extracto_id)
    where e.retirado_en is null and not coalesce(e.rechazado, false)
"""
"""The reports that pages in force of live extracts had a part in when their years were read, but those the register
takes out by now, and whether more than a proposal of the inbox's: what stood in the extracts folder gives way to no
such thing unasked."""


@dataclass(frozen=True, slots=True)
class Read:
    """What pages are settled with."""

    catalogs: Catalogs
    decisions: Decisions
    registry: Registro
    reader: Reader | None = None
    originals: Path | None = None


def keep_what_stood(con: duckdb.DuckDBPyConnection, loads: Sequence[ExtractLoad], read: Read) -> list[ExtractLoad]:
    """Let overwritten extracts stand whose reports nothing else holds; the load's results, with what became of them.

    Raises:
        ContradictedDecisionError: a decision says that a page prints what it does not.
        duckdb.Error: the warehouse cannot be written; what was not looked at is by the next load.
    """
    reports: dict[tuple[str, str], set[Reporte]] = defaultdict(set)
    for extracto_id, ruta, ente, unidad, corte, _ in con.execute(TO_LOOK_AT_SQL).fetchall():
        reports[extracto_id, ruta].add((ente, unidad, corte))
    lost: dict[tuple[str, str], set[Reporte]] = {}
    if reports:
        stated = {((ente, unidad, corte), firm) for ente, unidad, corte, firm in con.execute(STATED_SQL).fetchall()}
        stated |= _held(con, {int(str(corte)[:4]) for of_one in reports.values() for _, _, corte in of_one}, read)
        firm = {report for report, is_firm in stated if is_firm}
        anything = {report for report, _ in stated}
        for key, of_one in reports.items():
            if gone := of_one - (anything if key[1].startswith(INBOX) else firm):
                lost[key] = gone
    done = list(loads)
    for (extracto_id, ruta), gone in sorted(lost.items()):
        path = standing_path(ruta, extracto_id)
        with transaction(con):
            stand(con, extracto_id, path)
            parse_again(con, extracto_id, read.catalogs, read.registry, read.reader, read.originals)
        named = ", ".join(f"{unidad} {corte}" for _, unidad, corte in sorted(gone, key=str)[:NAMED])
        named += f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
        done = [replace(r, retirado=None) if r.retirado == extracto_id else r for r in done if r.ruta != path]
        said = ExtractLoad(path, Resultado.STANDS, extracto_id, razon=f"the bytes of {ruta} now do not hold {named}")
        done += with_counts(con, [said])
    con.execute("update raw.extractos set por_revisar = false where por_revisar")
    return done


def _held(con: duckdb.DuckDBPyConnection, years: set[int], read: Read) -> set[tuple[Reporte, bool]]:
    """The reports that pages of live extracts settle to, of some ejercicios; told apart as ``STATED_SQL`` does."""
    reader = read.reader or tmm_f004_reader()
    known = pages_in_force(con, read.catalogs, read.decisions)
    keys = [key for year in years for key in known.of_year.get(year, ())]
    held: set[tuple[Reporte, bool]] = set()
    by_year: dict[object, list] = defaultdict(list)
    for page in load_pages(con, sorted(keys)):
        page = known.placed.get(page.place, page)
        by_year[page.anio.valor].append(page)
    for pages in by_year.values():
        for ente, pool in pages_by_ente(pages):
            for page, form, _ in reader.settle(pool, ente, read.catalogs, read.decisions.of_pages):
                if form.is_placed:
                    published, is_in_folder, _ = known.files[page.extracto_id].rank
                    report = form.ente.valor, form.unidad.valor, form.corte
                    held.add((report, is_in_folder or published != UNDATED))
    return held
