"""The pages of live extracts by the ejercicio that they are settled with.

Belongs here: finding them, placing those whose file leaves municipality or year open, and what a year's rows follow
from. Does not belong here: settling and writing them (``load_year``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import duckdb

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.tmm_f004.reconcile.reports import UNDATED, PageKey, Rank
from dagster_project.tmm_f004.settle.open_pages import place_open
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.rows import PAGE_COLUMNS, pool_year, stored_page
from dagster_project.warehouse.years.decisions_on_rows import check_printed

NO_EJERCICIO = 0
"""Stands for the year of the pages that are of no settled year; in the tables their ejercicio is null."""

PAGES_SQL = f"""
    select
        p.extracto_id, p.formato, p.huella, p.ejercicio, p.ente_codigo, p.unidad_codigo,
        e.ruta, e.huella,
        -- The same bytes may lie in both folders.
        exists (select 1 from raw.rutas r where r.extracto_id = e.extracto_id and not starts_with(r.ruta, '{INBOX}')),
        -- Bytes that stand without a file where this one's are now: what is said here otherwise of theirs waits.
        exists (
            select 1 from raw.rutas y join raw.rutas x on x.ruta = concat(y.ruta, '@', x.extracto_id)
            join raw.extractos o on o.extracto_id = x.extracto_id
            where y.extracto_id = e.extracto_id and o.retirado_en is null and not o.rechazado
        ),
        e.ente_codigo, e.publicado_en
    from raw.paginas p
    join raw.extractos e using (extracto_id)
    where e.retirado_en is null and not e.rechazado
    order by p.extracto_id, p.formato
"""


SAME_ACTIONS_SQL = """
    with paginas as (
        select p.* from raw.paginas p join raw.extractos e using (extracto_id)
        where e.retirado_en is null and not e.rechazado
    ),
    abiertas as (
        select extracto_id, formato, len(tramos) as cuantos, unnest(tramos) as tramo
        from paginas
        join (select unnest(?::varchar[]) as extracto_id, unnest(?::integer[]) as formato)
            using (extracto_id, formato)
    ),
    firmes as (
        select extracto_id, formato, len(tramos) as cuantos, unnest(tramos) as tramo
        from paginas
        where ente_codigo is not null and ejercicio is not null
    )
    select a.extracto_id, a.formato, f.extracto_id, f.formato
    from abiertas a
    join firmes f using (tramo)
    group by a.extracto_id, a.formato, f.extracto_id, f.formato, a.cuantos, f.cuantos
    -- A report may take two pages: of the lesser one's text.
    having 2 * count(*) >= least(a.cuantos, f.cuantos)
    qualify row_number() over (
        partition by a.extracto_id, a.formato order by count(*) desc, f.extracto_id, f.formato
    ) <= 40
    order by all
"""
"""For each page at hand the pages that are certain and have half of what its actions say, 40 at most."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What is known of an extract: its path, what it was parsed with, and what the register says of it."""

    ruta: str
    huella: str
    is_in_folder: bool
    """Whether it lies in the extracts folder, and not in the inbox alone."""
    is_overwriting: bool
    """Whether its bytes took the place of others that stand, since they hold not all of their reports."""
    registered: RegistroExtracto

    @property
    def rank(self) -> Rank:
        """How high its pages stand among those of one report."""
        return self.registered.publicado_en or UNDATED, self.is_in_folder, not self.is_overwriting


@dataclass(frozen=True, slots=True)
class PagesInForce:
    """By ejercicio the places of its pages, in order; the pages that other files placed; the files."""

    of_year: Mapping[int, list[PageKey]]
    ente_of: Mapping[PageKey, str | None]
    """Of each page its municipality, where that is certain."""
    placed: Mapping[PageKey, PlacedPage]
    files: Mapping[str, SourceFile]

    def inputs(self, year: int) -> list[object]:
        """What the pages of a year are: where they stand, what their files are, and whose other files say they are."""
        found: list[object] = []
        for key in self.of_year.get(year, ()):
            file, page = self.files[key[0]], self.placed.get(key)
            told = [repr(page.ente), repr(page.anio), page.printed.huella] if page else None
            found.append([*key, file.huella, file.rank, told])
        return found


def pages_in_force(con: duckdb.DuckDBPyConnection, catalogs: Catalogs, decisions: Decisions) -> PagesInForce:
    """Every page of a live extract, each under the ejercicio that a person, its own file or else the others settle.

    Raises:
        ContradictedDecisionError: a decision says that a page prints what it does not.
    """
    decided = decisions.of_pages
    files: dict[str, SourceFile] = {}
    years: dict[PageKey, int] = {}
    ente_of: dict[PageKey, str | None] = {}
    entes: dict[str, set[str]] = defaultdict(set)
    still_open: list[PageKey] = []
    for extracto_id, formato, page, year, ente, unit, *file in con.execute(PAGES_SQL).fetchall():
        if extracto_id not in files:
            ruta, huella, is_in_folder, is_over, of_ente, published = file
            registered = RegistroExtracto(of_ente, published)
            files[extracto_id] = SourceFile(ruta, huella, is_in_folder, is_over, registered)
        years[extracto_id, formato], ente_of[extracto_id, formato] = year or NO_EJERCICIO, ente
        if ente is None or year is None or page in decided:
            still_open.append((extracto_id, formato))
        elif unit is not None:
            entes[unit].add(ente)
    placed = {}
    alike = _same_actions(con, still_open)
    for one in load_pages(con, still_open):
        said = decided.get(one.printed.huella, {})
        one = replace(one, ente=said.get("ente", one.ente), anio=said.get("ejercicio", one.anio))
        of_unit = entes[str(one.unidad.valor)] if one.unidad.is_sure else ()
        placed[one.place] = place_open(one, of_unit, alike[one.place], catalogs)
    check_printed(placed.values(), decisions)
    years |= {key: pool_year(page) or NO_EJERCICIO for key, page in placed.items()}
    ente_of |= {key: pool_ente(page) for key, page in placed.items()}
    of_year: dict[int, list[PageKey]] = defaultdict(list)
    for key, year in years.items():
        of_year[year].append(key)
    return PagesInForce(of_year, ente_of, placed, files)


def _same_actions(con: duckdb.DuckDBPyConnection, still_open: list[PageKey]) -> dict[PageKey, list[PlacedPage]]:
    """For each open page the pages that are certain and say half of what its actions do, or the other way round."""
    found: dict[PageKey, list[PageKey]] = defaultdict(list)
    if still_open:
        files, numbers = zip(*still_open, strict=True)
        for extracto_id, formato, *other in con.execute(SAME_ACTIONS_SQL, [files, numbers]).fetchall():
            found[extracto_id, formato].append((other[0], other[1]))
    pages = {page.place: page for page in load_pages(con, sorted({key for keys in found.values() for key in keys}))}
    return defaultdict(list, {key: [pages[other] for other in others] for key, others in found.items()})


def pages_by_ente(pages: Iterable[PlacedPage]) -> list[tuple[str | None, list[PlacedPage]]]:
    """The pages of a year that are settled together, those of an ente, by its key; None: of none that is sure."""
    pools: dict[str | None, list[PlacedPage]] = defaultdict(list)
    for page in pages:
        pools[pool_ente(page)].append(page)
    return sorted(pools.items(), key=lambda p: p[0] or "")


def pool_ente(page: PlacedPage) -> str | None:
    """The ente among whose pages one is settled, None where its ente is not."""
    return page.ente.valor if page.ente.is_sure else None


def lines_of_pages(con: duckdb.DuckDBPyConnection, keys: list[PageKey]) -> list[tuple[str, int, int]]:
    """The file, first and last line of pages."""
    if not keys:
        return []
    files, numbers = zip(*keys, strict=True)
    return con.execute(
        "select p.extracto_id, p.linea_inicio, p.linea_fin from raw.paginas p "
        "join (select unnest(?::varchar[]) as extracto_id, unnest(?::integer[]) as formato) "
        "using (extracto_id, formato) order by p.extracto_id, p.formato",
        [files, numbers],
    ).fetchall()


def load_pages(con: duckdb.DuckDBPyConnection, keys: list[PageKey]) -> list[PlacedPage]:
    """Pages as their files were parsed, by file and number."""
    if not keys:
        return []
    files, numbers = zip(*keys, strict=True)
    found = con.execute(
        f"select {', '.join(f'p.{c}::varchar' for c in PAGE_COLUMNS)} from raw.paginas p "
        "join (select unnest(?::varchar[]) as extracto_id, unnest(?::integer[]) as formato) "
        "using (extracto_id, formato) order by p.extracto_id, p.formato",
        [files, numbers],
    ).fetchall()
    return [stored_page(*row) for row in found]
