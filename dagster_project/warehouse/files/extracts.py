"""What the warehouse knows of extracts: their bytes, their paths, and their pages as printed.

Belongs here: SQL over ``raw.extractos``, ``raw.rutas``, ``raw.lineas``, ``raw.paginas`` and ``raw.rechazos``. Does not
belong here: files on disk and the order of things (``load_files``), and what pages settle to (``years``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import duckdb

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.sources.document import Kind
from dagster_project.tmm_f004.model import Refusal
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse import rows
from dagster_project.warehouse.db.bulk_insert import insert
from dagster_project.warehouse.files.extract_file import DecodedFile
from dagster_project.warehouse.files.retired import keep_trace
from dagster_project.warehouse.spread.parts import insert_parts

Connection = duckdb.DuckDBPyConnection

PARSED = {"paginas": "true", "rechazos": "ejercicio is null"}
"""What parsing an extract gives, besides its lines: tables, and which of their rows."""


TO_BE_READ = "por_releer"
"""Stands for the inputs of a year (``raw.ejercicios.huella``) whose rows left with a retired extract."""


WITHOUT_ENGINE = "sin_lector_de_imagenes"
"""The refusal that is of this machine (``sources``), not of a file's bytes."""

UNREGISTERED = RegistroExtracto()


@dataclass(frozen=True, slots=True)
class StoredExtract:
    """A row of ``raw.extractos``, as far as the load needs it."""

    extracto_id: str
    ruta: str
    tipo: Kind
    huella: str
    retired: bool
    lectura: str | None = None
    is_kept: bool = True
    """Whether its lines are there: of what was retired, old ones go (``old_bytes``)."""
    registered: RegistroExtracto = UNREGISTERED
    """What the register said of it when it was parsed."""


class Refused(NamedTuple):
    """The rule that a file was refused by; the bytes it is ``of``, "" where these were not read or may pass by now."""

    regla: str
    of: str


NEVER = Refused("", "")


def stored_extracts(con: Connection) -> dict[str, StoredExtract]:
    """Every extract ever loaded, by id."""
    found = con.execute(
        "select extracto_id, ruta, tipo, huella, retirado_en is not null, lectura, lineas > 0, "
        "ente_codigo, publicado_en, coalesce(rechazado, false) from raw.extractos"
    ).fetchall()
    return {
        key: StoredExtract(key, ruta, Kind(tipo), huella, retired, read, kept, RegistroExtracto(*said))
        for key, ruta, tipo, huella, retired, read, kept, *said in found
    }


def stored_paths(con: Connection) -> dict[str, str]:
    """Every path ever loaded -> the extract whose bytes it held when last read."""
    return dict(con.execute("select ruta, extracto_id from raw.rutas").fetchall())


def by_extract(paths: Mapping[str, str]) -> dict[str, list[str]]:
    """The paths of each extract, in order, from ``stored_paths``."""
    found: dict[str, list[str]] = {}
    for path, extracto_id in sorted(paths.items()):
        found.setdefault(extracto_id, []).append(path)
    return found


def refused_paths(con: Connection) -> dict[str, Refused]:
    """Paths whose last file was not read, and of each why."""
    found = con.execute(
        "select ruta, regla, if(regla = ?, '', extracto_id) from raw.rechazos "
        "where extracto_id not in (select extracto_id from raw.extractos)",
        [WITHOUT_ENGINE],
    ).fetchall()
    return {ruta: Refused(regla, of) for ruta, regla, of in found}


def rebuild(con: Connection, extracto_id: str) -> bytes:
    """The bytes of a text, put together again from ``raw.lineas``; of a document, its lines as UTF-8.

    Raises:
        KeyError: there is no such extract.
    """
    found = con.execute("select codificacion from raw.extractos where extracto_id = ?", [extracto_id]).fetchone()
    if found is None:
        raise KeyError(f"there is no extract {extracto_id} in the warehouse")
    lines = con.execute(
        "select texto, fin from raw.lineas where extracto_id = ? order by linea", [extracto_id]
    ).fetchall()
    return "".join(text + end for text, end in lines).encode(found[0])


def lines_of(con: Connection, extracto_id: str) -> list[str]:
    """The lines of an extract without their ends, in order."""
    found = con.execute("select texto from raw.lineas where extracto_id = ? order by linea", [extracto_id]).fetchall()
    return [text for (text,) in found]


def add_extract(con: Connection, extracto_id: str, sha256: str, ruta: str, size: int, text: DecodedFile) -> None:
    """Keep a new extract and its lines, as a text's; its pages follow in ``write_printed``, a document's words in
    ``documents.write_document``."""
    row = {
        "extracto_id": extracto_id,
        "ruta": ruta,
        "nombre": PurePosixPath(ruta).name,
        "bytes": size,
        "sha256": sha256,
        "codificacion": text.codificacion,
        "tipo": Kind.TEXT,
        "lineas": len(text.lineas),
        "huella": "",
        "cargado_en": datetime.now(UTC).isoformat(),
    }
    insert(con, "extractos", [row])
    insert(con, "lineas", rows.line_rows(extracto_id, text.lineas))


def replace_lines(con: Connection, extracto_id: str, text: DecodedFile) -> None:
    """Keep a document's lines, made again from its words, in place of those there were."""
    con.execute("delete from raw.lineas where extracto_id = ?", [extracto_id])
    insert(con, "lineas", rows.line_rows(extracto_id, text.lineas))
    con.execute("update raw.extractos set lineas = ? where extracto_id = ?", [len(text.lineas), extracto_id])


def take_path(con: Connection, ruta: str, extracto_id: str) -> str | None:
    """Note that a path now holds an extract; returns the extract it held before, if another.

    Of several paths with the same bytes the extract goes by the greatest name, so that the
    order in which they were found decides nothing. One that lost this path and has others left goes by those; that it
    was replaced, and by which, stays with it until it takes a path back from that one.
    """
    found = con.execute("select extracto_id from raw.rutas where ruta = ?", [ruta]).fetchone()
    before = found[0] if found and found[0] != extracto_id else None
    con.execute("insert or replace into raw.rutas values (?, ?)", [ruta, extracto_id])
    con.execute(
        "update raw.extractos set retirado_en = null, por_revisar = false, "
        "retirado_por = nullif(retirado_por, ?) where extracto_id = ?",
        [before or "", extracto_id],
    )
    _name(con, extracto_id)
    if before:
        con.execute("update raw.extractos set retirado_por = ? where extracto_id = ?", [extracto_id, before])
        _name(con, before)
    return before


def forget_paths(con: Connection, extracto_id: str, paths: Sequence[str]) -> None:
    """Drop paths where an extract is no more: it goes by what is left."""
    con.execute(
        "delete from raw.rutas where extracto_id = ? and ruta in (select unnest(?::varchar[]))",
        [extracto_id, list(paths)],
    )
    _name(con, extracto_id)


def _name(con: Connection, extracto_id: str) -> None:
    """Name an extract by its paths; without any it keeps the name it had."""
    paths = con.execute("select ruta from raw.rutas where extracto_id = ?", [extracto_id]).fetchall()
    if paths:
        name, best = max((PurePosixPath(path).name, path) for (path,) in paths)
        con.execute("update raw.extractos set ruta = ?, nombre = ? where extracto_id = ?", [best, name, extracto_id])


def retire_if_lost(con: Connection, extracto_id: str, taken_by: str) -> bool:
    """Retire an extract that no path holds any more; its lines and the list of its reports and actions stay.

    Its years are to be read again: should its bytes come back, their rows would not. Whether its reports are in what
    is left is looked at once all files are known (``years.overwritten``).
    """
    left = con.execute("select count(*) from raw.rutas where extracto_id = ?", [extracto_id]).fetchone()
    if left and left[0]:
        return False
    con.execute(
        "update raw.extractos set retirado_en = now(), retirado_por = ?, huella = '', por_revisar = true "
        "where extracto_id = ?",
        [taken_by, extracto_id],
    )
    keep_trace(con, extracto_id)
    con.execute(
        "update raw.ejercicios set huella = ? where ejercicio in "
        "(select coalesce(ejercicio, 0) from raw.formatos where extracto_id = ?)",
        [TO_BE_READ, extracto_id],
    )
    for table in ("paginas", "rechazos", "formatos", "campos"):
        con.execute(f"delete from raw.{table} where extracto_id = ?", [extracto_id])
    return True


def write_printed(
    con: Connection,
    extracto_id: str,
    ruta: str,
    pages: Sequence[PlacedPage] | Path,
    refused: Sequence[Refusal],
    entry: RegistroExtracto,
    huella: str,
    is_new: bool,
) -> None:
    """Write the pages of an extract and what could not be read of it, and note with which code and catalogues.

    Of one that ``is_new`` nothing was written before. ``pages`` may be a folder that holds their rows already.
    """
    if not is_new:
        for table, parsed in PARSED.items():
            con.execute(f"delete from raw.{table} where extracto_id = ? and {parsed}", [extracto_id])
    if isinstance(pages, Path):
        insert_parts(con, pages)
    else:
        insert(con, "paginas", rows.page_rows(pages))
    insert(con, "rechazos", rows.refusal_rows(extracto_id, ruta, refused))
    con.execute(
        "update raw.extractos set ente_codigo = ?, publicado_en = ?, rechazado = ?, huella = ? where extracto_id = ?",
        [entry.ente_codigo, entry.publicado_en, entry.rechazado, huella, extracto_id],
    )


def clear_file_refusals(con: Connection, ruta: str) -> None:
    """Forget why an earlier file of this path was not read; refusals of live extracts stay."""
    con.execute(
        "delete from raw.rechazos where ruta = ? and extracto_id not in (select extracto_id from raw.extractos)",
        [ruta],
    )


def write_file_refusal(con: Connection, extracto_id: str, ruta: str, refusal: Refusal) -> None:
    """Record why a whole file was not read."""
    clear_file_refusals(con, ruta)
    insert(con, "rechazos", rows.refusal_rows(extracto_id, ruta, (refusal,)))


def printed_summary(con: Connection, ids: Sequence[str]) -> dict[str, tuple]:
    """For each extract: bytes, lines, form pages, rows, ejercicios that it settles itself; one query for all."""
    found = con.execute(
        """
        select
            e.extracto_id,
            any_value(e.bytes),
            any_value(e.lineas),
            count(f.formato),
            coalesce(sum(f.renglones), 0)::integer,
            coalesce(list_sort(list(distinct f.ejercicio) filter (f.ejercicio is not null)), [])
        from raw.extractos e
        left join raw.paginas f using (extracto_id)
        where e.extracto_id in (select unnest(?::varchar[]))
        group by e.extracto_id
        """,
        [list(ids)],
    ).fetchall()
    return {row[0]: row[1:] for row in found}


def refusals_of(con: Connection, ids: Sequence[str]) -> dict[str, tuple[Refusal, ...]]:
    """What of each extract could not be read as it was parsed, in line order; an ejercicio tells of its own."""
    found = con.execute(
        "select extracto_id, regla, razon, texto, linea from raw.rechazos "
        "where extracto_id in (select unnest(?::varchar[])) and ejercicio is null order by extracto_id, linea, regla",
        [list(ids)],
    ).fetchall()
    grouped: dict[str, list[Refusal]] = {}
    for extracto_id, *rest in found:
        grouped.setdefault(extracto_id, []).append(Refusal(*rest))
    return {key: tuple(value) for key, value in grouped.items()}
