"""Loading extract files into the raw layer: each file in a transaction of its own.

Belongs here: the order of things for ``raw.extractos``, ``lineas``, ``formatos``, ``campos``
and ``rechazos``. Does not belong here: SQL (``store``), reading (``tmm_f004``), and the
tables of an ejercicio (``load_year``).

Loading again is free: an extract is known by its bytes, and ``huella`` says which code,
catalogues and register entry it was settled with. Where that differs it is settled again
from ``raw.lineas``, whether its file is still there or not. A file that fails is recorded
and the rest goes on; a file that vanished changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from dagster_project.reference.registry import Registro, RegistroExtracto
from dagster_project.tmm_f004.model import Catalogs, Extract, Refusal
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.files import extracts as store
from dagster_project.warehouse.files.extract_file import (
    MAX_BYTES,
    RefusedFileError,
    decode,
    extracto_id,
    read_bytes,
)
from dagster_project.warehouse.files.extract_folder import ExtractFile, find_extract_files
from dagster_project.warehouse.files.extracts import rebuild
from dagster_project.warehouse.files.moved_and_lost import settle_paths, standing_losses
from dagster_project.warehouse.files.other_prints import as_seen, seen_elsewhere, stored_seen
from dagster_project.warehouse.reader import Reader, tmm_f004_reader
from dagster_project.warehouse.results import ExtractLoad, Resultado
from dagster_project.warehouse.state.fingerprint import catalog_fingerprint, extract_fingerprint
from dagster_project.warehouse.years.load_year import load_ejercicio, pending_ejercicios

__all__ = ["load_ejercicio", "load_extracts", "load_folders", "pending_ejercicios", "rebuild"]

Progress = Callable[[ExtractLoad], None]

MAX_TOLD = 50
"""Refused pieces of one extract that a result names; all of them are in the table."""


def load_extracts(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    catalogs: Catalogs,
    registry: Registro,
    *,
    reader: Reader | None = None,
    on_file: Progress | None = None,
    max_bytes: int = MAX_BYTES,
) -> list[ExtractLoad]:
    """Load every extract below one folder; see ``load_folders``."""
    return load_folders(
        con, {"": extracts}, catalogs, registry, reader=reader, on_file=on_file, max_bytes=max_bytes
    )  # fmt: skip


def load_folders(
    con: duckdb.DuckDBPyConnection,
    folders: Mapping[str, Path | None],
    catalogs: Catalogs,
    registry: Registro,
    *,
    reader: Reader | None = None,
    on_file: Progress | None = None,
    max_bytes: int = MAX_BYTES,
) -> list[ExtractLoad]:
    """Load every extract below some folders; returns what became of each file, sorted by path within its folder.

    ``folders`` gives each folder by what goes before its paths (``""`` or ``presence.INBOX``), so that two may
    hold files of the same name; None where there is no such folder. What became of a file of before, moved or
    gone, is known once all of them are read. Extracts of earlier loads that were settled again, or whose
    file is gone, come after the files. ``on_file`` is told of each as it is done, before counts are known.

    Raises:
        FileNotFoundError: a path of ``folders`` is not a folder.
        duckdb.Error: the warehouse itself cannot be written (a full disk): nothing of the
            file at hand is kept, everything before it is.
    """
    load = _Load(con, catalogs, registry, reader, max_bytes)
    before = dict(load.paths)
    done: list[ExtractLoad] = []
    for prefix, folder in folders.items():
        if folder is None:
            continue
        found, ignored = find_extract_files(folder)
        part = [ExtractLoad(prefix + i.ruta, Resultado.IGNORED, razon=i.razon) for i in ignored]
        for file in found:
            part.append(load.file(replace(file, ruta=prefix + file.ruta)))
            if on_file:
                on_file(part[-1])
        done += sorted(part, key=lambda r: r.ruta)
    done, gone = settle_paths(con, done, before, folders)
    for result in gone:
        if on_file:
            on_file(result)
    again = [*load.stale(on_file), *load.in_company(on_file)]
    return _with_losses(con, _with_counts(con, _merged([*done, *gone], again)))


class _Load:
    """One pass over a folder: what is known so far, and how each file is settled."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        catalogs: Catalogs,
        registry: Registro,
        reader: Reader | None,
        max_bytes: int,
    ) -> None:
        self.con, self.catalogs, self.registry = con, catalogs, registry
        self.reader, self.max_bytes = reader, max_bytes
        self.catalogs_huella = catalog_fingerprint(catalogs)
        self.known = store.stored_extracts(con)
        self.paths = store.stored_paths(con)
        self.refused = store.refused_paths(con)

    def file(self, file: ExtractFile) -> ExtractLoad:
        """Load one file, or record why not."""
        key = ""
        try:
            if file.rechazo:
                raise file.rechazo
            data = read_bytes(file.path, self.max_bytes, follow=False)
            key, sha256 = extracto_id(data)
            if self.paths.get(file.ruta) == key:
                return self._same(file.ruta, key)
            text = decode(data)
        except RefusedFileError as refused:
            refusal = Refusal(refused.regla, refused.razon, refused.texto, refused.linea)
            with transaction(self.con):
                store.write_file_refusal(self.con, key, file.ruta, refusal)
            return ExtractLoad(file.ruta, Resultado.REFUSED, key or None, rechazos=(refusal,), razon=refused.razon)
        encoding = text.codificacion
        is_new = key not in self.known
        is_live = not is_new and not self.known[key].retired
        with transaction(self.con):
            store.clear_file_refusals(self.con, file.ruta)
            if is_new:
                store.add_extract(self.con, key, sha256, file.ruta, len(data), text)
            del text, data  # what settles is read from the table, not held beside it
            before = store.take_path(self.con, file.ruta, key)
            retired = bool(before) and store.retire_if_lost(self.con, str(before), key)
            if not is_live:
                self._settle(key, file.ruta)
        twin = self.known[key].ruta if is_live else None
        self.paths[file.ruta] = key
        self.known[key] = store.StoredExtract(key, file.ruta, encoding, "", False)
        if before and retired:
            self.known[before] = replace(self.known[before], retired=True)
        return ExtractLoad(
            file.ruta,
            Resultado.DUPLICATE if twin else Resultado.LOADED,
            key,
            retirado=before if retired else None,
            razon=f"same bytes as {twin}" if twin else None,
        )

    def stale(self, on_file: Progress | None) -> list[ExtractLoad]:
        """Settle again every live extract that was settled with other code, catalogues or entry."""
        return self._again(lambda known: known.huella != self._huella(known.ruta), stored_seen(self.con), on_file)

    def in_company(self, on_file: Progress | None) -> list[ExtractLoad]:
        """Settle again every extract of which other extracts print something else than when it was settled."""
        heard, before = seen_elsewhere(self.con, self.catalogs.unidades), stored_seen(self.con)
        return self._again(lambda known: heard.get(known.extracto_id) != before.get(known.extracto_id), heard, on_file)

    def _again(
        self, is_due: Callable[[store.StoredExtract], bool], heard: Mapping[str, str], on_file: Progress | None
    ) -> list[ExtractLoad]:
        """Settle again the live extracts that are due, each with what it has heard of the others."""
        done = []
        for known in sorted(store.stored_extracts(self.con).values(), key=lambda k: k.ruta):
            if known.retired or not is_due(known):
                continue
            with transaction(self.con):
                self._settle(known.extracto_id, known.ruta, heard.get(known.extracto_id))
            done.append(ExtractLoad(known.ruta, Resultado.RESETTLED, known.extracto_id))
            if on_file:
                on_file(done[-1])
        return done

    def _same(self, ruta: str, key: str) -> ExtractLoad:
        if ruta in self.refused:  # it held something unreadable in between
            store.clear_file_refusals(self.con, ruta)
        return ExtractLoad(ruta, Resultado.UNCHANGED, key)

    def _entry(self, ruta: str) -> RegistroExtracto:
        return self.registry.get(ruta, RegistroExtracto())

    def _huella(self, ruta: str) -> str:
        return extract_fingerprint(self.catalogs_huella, self._entry(ruta))

    def _settle(self, key: str, ruta: str, vistos: str | None = None) -> None:
        entry = self._entry(ruta)
        catalogs = replace(self.catalogs, vistos=as_seen(vistos))
        settled = settle_lines(self.con, key, catalogs, entry.ente_codigo, self.reader)
        store.write_settled(self.con, key, ruta, settled, entry, self._huella(ruta), vistos)


def settle_lines(
    con: duckdb.DuckDBPyConnection,
    key: str,
    catalogs: Catalogs,
    ente_codigo: str | None,
    reader: Reader | None,
) -> Extract:
    """Settle an extract from its lines; a failure of the reader becomes a refusal, never a lost file.

    The register's ente, where it has one, is supposed before the setting's (design §1).
    """
    supposed = replace(catalogs, ente_supuesto=ente_codigo or catalogs.ente_supuesto)
    try:
        settled = (reader or tmm_f004_reader()).settle(store.lines_of(con, key), supposed)
    except Exception as error:  # whatever it is, the other files must not suffer
        reason = f"the reader failed: {type(error).__name__}: {error}"
        return Extract((), (Refusal("falla_del_lector", reason, "", 0),))
    return replace(settled, rechazos=settled.rechazos + tuple(_silences(settled)))


def _silences(settled: Extract) -> list[Refusal]:
    """Refusals for what would otherwise leave without a word: no form at all, a form of no year."""
    if not settled.formatos and not settled.rechazos:
        return [Refusal("sin_formato", "holds no TMM-F004 form", "", 0)]
    return [
        Refusal(
            "sin_ejercicio",
            f"form {f.formato} is of no known year: its rows are not loaded",
            "",
            f.linea_inicio,
        )
        for f in settled.formatos
        if f.ejercicio is None
    ]


def _merged(files: list[ExtractLoad], again: list[ExtractLoad]) -> list[ExtractLoad]:
    """One result a path: a file that was settled again says so, whether it is still there or not."""
    by_path = {r.ruta: r for r in again}
    said = (Resultado.UNCHANGED, Resultado.GONE)
    first = [replace(by_path.get(r.ruta, r), ausente=r.ausente) if r.resultado in said else r for r in files]
    return first + [r for ruta, r in by_path.items() if ruta not in {f.ruta for f in files}]


def _with_losses(con: duckdb.DuckDBPyConnection, done: list[ExtractLoad]) -> list[ExtractLoad]:
    """With the reports that left with retired bytes and that no extract holds as long now."""
    if not any(r.retirado for r in done):
        return done
    lost = {s.extracto_id: s.perdidos for s in standing_losses(con)}
    return [replace(r, perdidos=lost.get(r.retirado or "", ())) for r in done]


def _with_counts(con: duckdb.DuckDBPyConnection, done: list[ExtractLoad]) -> list[ExtractLoad]:
    ids = sorted({r.extracto_id for r in done if r.extracto_id})
    counts, refusals = store.settled_summary(con, ids), store.refusals_of(con, ids)
    return [_counted(r, counts, refusals) for r in done]


def _counted(result: ExtractLoad, counts: dict[str, tuple], refusals: dict[str, tuple[Refusal, ...]]) -> ExtractLoad:
    key = result.extracto_id
    if key not in counts or result.resultado is Resultado.REFUSED:
        return result
    size, lines, forms, rows, years, cuts = counts[key]
    return replace(
        result,
        bytes=size,
        lineas=lines,
        formatos=forms,
        renglones=rows,
        ejercicios=tuple(years),
        cortes=tuple(cuts),
        rechazos=_told(refusals.get(key, ())),
    )


def _told(refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """The first of an extract's refusals, and one that counts the rest: the record of a run stays small."""
    rest = refusals[MAX_TOLD:]
    if not rest:
        return refusals
    more = f"and {len(rest):,} more pieces from here on, in raw.rechazos"
    return (*refusals[:MAX_TOLD], Refusal(rest[0].regla, more, "", rest[0].linea))
