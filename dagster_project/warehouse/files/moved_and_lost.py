"""What became of the files of earlier loads: moved, replaced or gone, and the reports that no extract holds since.

Belongs here: comparing what the warehouse knows with the files that are there, once all folders are read.
Does not belong here: reading a file and retiring what it replaces (``load_files``, ``extracts``). A file that
is gone retires nothing: what was loaded from it stays, and it is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from dagster_project.reference.registry import Registro, entry_of
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.files import extracts as store
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.standing_paths import overwritten_path
from dagster_project.warehouse.results import ExtractLoad, ReportePerdido, Resultado, Sustitucion

LOST_SQL = """
with retirados as (
    select extracto_id, ruta, retirado_en, unnest(reportes_retirados, max_depth := 2)
    from raw.extractos
    where retirado_en is not null
),
-- A report is a set of pages, in whatever files: what is left of it are the actions that its pages in force state.
quedan as (
    select v.ente_codigo, v.unidad_codigo, v.corte, count(distinct v.accion_id)::integer as quedan
    from raw.vinculos v
    join raw.extractos e using (extracto_id)
    where e.retirado_en is null
    group by all
),
por_releer as (
    select ejercicio from raw.ejercicios where huella = $1
)
select r.ruta, r.extracto_id, r.ente_codigo, r.unidad_codigo, r.corte, r.renglones, coalesce(q.quedan, 0)
from retirados r
left join quedan q
    on r.ente_codigo is not distinct from q.ente_codigo
    and r.unidad_codigo = q.unidad_codigo and r.corte = q.corte
where coalesce(q.quedan, 0) < greatest(r.renglones, 1)
    and left(r.corte, 4)::integer not in (select ejercicio from por_releer)
-- Said once, of the file that held it last.
qualify row_number() over (
    partition by r.ente_codigo, r.unidad_codigo, r.corte order by r.retirado_en desc, r.extracto_id
) = 1
order by r.ruta, r.extracto_id, r.ente_codigo, r.unidad_codigo, r.corte
"""
"""Reports of retired extracts that the pages in force hold no more, or with fewer actions.

Of a year that is still to be read nothing is known.
"""


def settle_paths(
    con: store.Connection,
    done: Sequence[ExtractLoad],
    before: Mapping[str, str],
    hidden: Sequence[str],
    registry: Registro,
) -> tuple[list[ExtractLoad], list[ExtractLoad]]:
    """What the folders' results say once it is known which files of before are gone, and those files.

    ``done`` has a result for every file that was seen, ``before`` the extract of each path as it was until then. What
    begins with one of ``hidden`` nobody could see: it counts as there. An extract that goes on under another path goes
    by that one from now on, and nothing of it is replaced or lost; a path by which a person took it out stays its own
    too, since by another name it would count again.
    """
    here = {r.ruta for r in done}
    there: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for path, key in sorted(store.stored_paths(con).items()):
        (there if path in here or _is_below(path, hidden) else gone)[key].append(path)
    for key in there.keys() & gone.keys():
        with transaction(con):
            store.forget_paths(con, key, [path for path in gone[key] if not entry_of(registry, path).rechazado])
    held = store.by_extract(before)
    replaced = _retire_replaced(con, {key: paths for key, paths in gone.items() if not there[key]})
    live = {key: extract.ruta for key, extract in store.stored_extracts(con).items() if not extract.retired}
    results = [_result(r, held.get(r.extracto_id or "", []), there[r.extracto_id or ""], live, replaced) for r in done]
    absent = [_absent(live[key], key) for key in gone if key in live and not there[key]]
    return results, sorted(absent, key=lambda r: r.ruta)


def _is_below(path: str, folders: Sequence[str]) -> bool:
    """Whether a path is below one of some folders; "" is the folder of extracts, which the inbox is not below."""
    return any(path.startswith(folder) and (folder or not path.startswith(INBOX)) for folder in folders)


def _retire_replaced(con: store.Connection, gone: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Retire extracts whose bytes were replaced at one of their paths and are gone from the others: a copy that is
    removed leaves no ghost. Gives each by the extract that took its place."""
    found = con.execute(
        "select extracto_id, retirado_por from raw.extractos "
        "where retirado_en is null and retirado_por is not null and extracto_id in (select unnest(?::varchar[]))",
        [[key for key, paths in gone.items() if not any(map(overwritten_path, paths))]],
    ).fetchall()
    for key, taken_by in found:
        with transaction(con):
            store.forget_paths(con, key, gone[key])
            store.retire_if_lost(con, key, taken_by)
    return {taken_by: key for key, taken_by in found}


def _absent(ruta: str, key: str) -> ExtractLoad:
    """What is said of an extract without a file."""
    if overwritten := overwritten_path(ruta):
        return ExtractLoad(ruta, Resultado.STANDS, key, razon=f"the bytes of {overwritten} hold not all of its reports")
    return ExtractLoad(ruta, Resultado.GONE, key, ausente=True)


def _result(
    result: ExtractLoad,
    held: Sequence[str],
    there: Sequence[str],
    live: Collection[str],
    replaced: Mapping[str, str],
) -> ExtractLoad:
    """The result once every file is known: ``held`` are its extract's paths of before, ``there`` those of now."""
    if result.retirado in live:  # its bytes are at another path now: nothing was replaced but a name
        result = replace(result, retirado=None)
    if result.retirado is None:
        result = replace(result, retirado=replaced.get(result.extracto_id or ""))
    is_new = result.resultado in (Resultado.LOADED, Resultado.DUPLICATE)
    if is_new and held and not set(held) & set(there):
        return replace(result, resultado=Resultado.MOVED, razon=f"moved from {held[-1]}")
    return result


def standing_losses(con: store.Connection) -> list[Sustitucion]:
    """The extracts whose bytes were replaced, with the reports that left with them and did not come back."""
    by_extract: dict[tuple[str, str], list[ReportePerdido]] = {}
    for ruta, key, *report in con.execute(LOST_SQL, [store.TO_BE_READ]).fetchall():
        by_extract.setdefault((ruta, key), []).append(ReportePerdido(*report))
    return [Sustitucion(ruta, key, tuple(reports)) for (ruta, key), reports in by_extract.items()]
