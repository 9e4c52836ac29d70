"""Loading extract files into the raw layer: each file in a transaction of its own.

Belongs here: the order of things for ``raw.extractos``, ``lineas``, ``paginas`` and ``rechazos``, and for what is kept
of documents. Does not belong here: SQL (``extracts``, ``documents``), reading (``sources``, ``tmm_f004``), and the
tables of an ejercicio (``years.load_year``).

Loading again is free: an extract is known by its bytes, and ``huella`` says which code, catalogues and register entry
it was parsed with. Where that differs it is parsed again from ``raw.lineas`` (a document from its words: no page is
recognised twice), whether its file is still there or not. A file that fails is recorded and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.reference.registry import Registro, RegistroExtracto
from dagster_project.sources.document import Kind
from dagster_project.sources.refused import RefusedFileError
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Refusal
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.files import documents
from dagster_project.warehouse.files import extracts as store
from dagster_project.warehouse.files.budget import A_RUN, FULL, OF_EXTRACTS, OF_INBOX, RunBudget, Spending, within
from dagster_project.warehouse.files.extract_file import MAX_BYTES, extracto_id, read_opened
from dagster_project.warehouse.files.extract_folder import INBOX, ExtractFile, find_extract_files
from dagster_project.warehouse.files.kept_lines import keep_document, stored_lines
from dagster_project.warehouse.files.load_counts import merged, with_counts
from dagster_project.warehouse.files.looked_pages import LookedPages
from dagster_project.warehouse.files.moved_and_lost import settle_paths
from dagster_project.warehouse.files.parse_ahead import LOST, FileToParse, ParsedAhead, lost_file, refused_in
from dagster_project.warehouse.files.registered import said_of
from dagster_project.warehouse.files.standing_paths import standing_at
from dagster_project.warehouse.files.taken_file import Lines, TakenFile, take, taken
from dagster_project.warehouse.reader import Reader, tmm_f004_reader
from dagster_project.warehouse.results import ExtractLoad, Resultado
from dagster_project.warehouse.spread.said import Said, write_said
from dagster_project.warehouse.spread.seam import Spread
from dagster_project.warehouse.state.fingerprint import catalog_fingerprint, extract_fingerprint

Progress = Callable[[ExtractLoad], None]
PageProgress = Callable[[str, int, int], None]
"""Told the path of a document, the number of a page that was read, and how many there are (0: not known)."""


def load_extracts(
    con: duckdb.DuckDBPyConnection, extracts: Path, catalogs: Catalogs, registry: Registro, **options: Any
) -> list[ExtractLoad]:
    """Load every extract below one folder; ``options`` are those of ``load_folders``."""
    return load_folders(con, {"": extracts}, catalogs, registry, **options)


def load_folders(
    con: duckdb.DuckDBPyConnection,
    folders: Mapping[str, Path | None],
    catalogs: Catalogs,
    registry: Registro,
    *,
    reader: Reader | None = None,
    on_file: Progress | None = None,
    max_bytes: int = MAX_BYTES,
    held: Collection[str] = (),
    originals: Path | None = None,
    on_page: PageProgress | None = None,
    budget: RunBudget = A_RUN,
    spread: Spread | None = None,
) -> list[ExtractLoad]:
    """Load every extract below some folders; returns what became of each file, sorted by path within its folder.

    ``folders`` gives each folder by what goes before its paths (``""`` or ``INBOX``): two may hold files of one name;
    None where there is no such folder. What became of a file of before, moved or gone, is known once all are read.
    Extracts that were settled again, or whose file is gone, come after the files. ``on_file`` is told of each as it is
    done, before counts are known, ``on_page`` of each page of a document. Paths that are ``held``, and what is over the
    ``budget``, are left for a later load. Documents are kept by their hash in ``originals``; None keeps none. New texts
    are parsed over ``spread``.

    Raises:
        FileNotFoundError: a path of ``folders`` is not a folder.
        duckdb.Error: the warehouse cannot be written (a full disk): all but the file at hand is kept.
    """
    load = _Load(con, catalogs, registry, reader, max_bytes, originals, on_page, Spending(budget))
    before = dict(load.paths)
    done: list[ExtractLoad] = []
    hidden = [prefix for prefix in ("", INBOX) if prefix not in folders]
    for prefix, folder in folders.items():
        if folder is None:
            continue
        found, ignored = find_extract_files(folder)
        hidden += [prefix + i.hides for i in ignored if i.hides is not None]
        part = [ExtractLoad(prefix + i.ruta, Resultado.IGNORED, razon=i.razon) for i in ignored]
        files = within(found, OF_INBOX if prefix == INBOX else OF_EXTRACTS)
        files = sorted((replace(f, ruta=prefix + f.ruta) for f in files), key=load.turn)
        if spread:
            load.parse_ahead([f for f in files if f.ruta not in held], spread)
        later = "still changing; the next run reads it"
        part += [ExtractLoad(f.ruta, Resultado.WAITING, razon=later) for f in files if f.ruta in held]
        for file in (f for f in files if f.ruta not in held):
            part.append(load.file(file))
            if on_file:
                on_file(part[-1])
        done += sorted(part, key=lambda r: r.ruta)
    done, gone = settle_paths(con, done, before, hidden, registry)
    for result in gone:
        if on_file:
            on_file(result)
    return with_counts(con, merged([*done, *gone], load.stale(on_file)))


def parse_again(
    con: duckdb.DuckDBPyConnection,
    extracto_id: str,
    catalogs: Catalogs,
    registry: Registro,
    reader: Reader | None = None,
    originals: Path | None = None,
) -> ExtractLoad:
    """Parse a stored extract as it is now; for one that came back to force after its folder was loaded."""
    load = _Load(con, catalogs, registry, reader, MAX_BYTES, originals, None, Spending(A_RUN))
    return load.again(load.known[extracto_id])


class _Load:
    """One pass over the folders: what is known so far, and how each file is settled."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        catalogs: Catalogs,
        registry: Registro,
        reader: Reader | None,
        max_bytes: int,
        originals: Path | None,
        on_page: PageProgress | None,
        spending: Spending,
    ) -> None:
        self.con, self.catalogs, self.registry = con, catalogs, registry
        self.reader, self.max_bytes, self.originals = reader, max_bytes, originals
        self.on_page, self.spending = on_page, spending
        self.ahead: ParsedAhead | None = None
        self.of_ente: dict[str | None, Catalogs] = {None: catalogs}
        self.catalogs_huella = catalog_fingerprint(catalogs)
        self.known = store.stored_extracts(con)
        self.paths = store.stored_paths(con)
        self.names = store.by_extract(self.paths)
        self.refused = store.refused_paths(con)

    def turn(self, file: ExtractFile) -> tuple[bool, bool, int, str]:
        """When a file is read: known paths, which cost little; new ones, smallest first; those refused before."""
        return self._was_refused(file), file.ruta not in self.paths, file.size, file.ruta

    def _was_refused(self, file: ExtractFile) -> bool:
        return self.refused.get(file.ruta, store.NEVER).regla not in ("", FULL)

    def file(self, file: ExtractFile) -> ExtractLoad:
        """Load one file, or record why not."""
        key = ""
        try:
            if file.rechazo:
                raise file.rechazo
            over = self.spending.over()
            if over and file.ruta not in self.paths and not self._was_refused(file):
                return ExtractLoad(file.ruta, Resultado.WAITING, razon=over)
            data = read_opened(file.open, self.max_bytes)
            key, sha256 = extracto_id(data)
            if self.paths.get(file.ruta) == key:
                return self._same(file.ruta, key)
            if over and self.refused.get(file.ruta, store.NEVER).of == key:  # what was said stays; no work that is left
                return ExtractLoad(file.ruta, Resultado.REFUSED, razon="was refused before, and not read again")
            if over:
                return ExtractLoad(file.ruta, Resultado.WAITING, razon=over)
            found = self._taken(key, file.ruta, data)
            self.spending.bytes += len(data)
        except RefusedFileError as refused:
            refusal = Refusal(refused.regla, refused.razon, refused.texto, refused.linea)
            with transaction(self.con):
                store.write_file_refusal(self.con, key, file.ruta, refusal)
            return ExtractLoad(file.ruta, Resultado.REFUSED, key or None, rechazos=(refusal,), razon=refused.razon)
        if found.document and self.originals:
            documents.keep_original(self.originals, sha256, data)
        is_new = key not in self.known
        is_live = not is_new and not self.known[key].retired
        with transaction(self.con):
            store.clear_file_refusals(self.con, file.ruta)
            if is_new:
                store.add_extract(self.con, key, sha256, file.ruta, len(data), found.text)
                keep_document(self.con, key, found)
            elif not is_live and not self.known[key].is_kept:
                store.replace_lines(self.con, key, found.text)
                keep_document(self.con, key, found)
            before = store.take_path(self.con, file.ruta, key)
            retired = bool(before) and store.retire_if_lost(self.con, str(before), key)
            for ruta, standing in standing_at(self.con, file.ruta).items():
                store.forget_paths(self.con, standing, [ruta])
                if standing != key and store.retire_if_lost(self.con, standing, key):
                    self.known[standing] = replace(self.known[standing], retired=True)
            if not is_live:
                is_stored = not is_new and self.known[key].is_kept
                lines = stored_lines(self.con, self.known[key], self.originals) if is_stored else found.lines
                self._parse(key, file.ruta, lines, is_new)
        LookedPages(self.originals, key).forget()
        twin = self.known[key].ruta if is_live else None
        self.paths[file.ruta] = key
        self.known[key] = store.StoredExtract(key, file.ruta, found.kind, "", False)
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
        """Parse again every live extract that was parsed with other code, catalogues or entry."""
        done = []
        self.names = store.by_extract(store.stored_paths(self.con))
        for known in sorted(store.stored_extracts(self.con).values(), key=lambda k: k.ruta):
            was_lost = self.ahead is not None and known.ruta in self.ahead.lost  # at this very load
            if known.retired or was_lost or known.huella == self._huella(known.extracto_id, known.ruta):
                continue
            with transaction(self.con):
                done.append(self.again(known))
            if on_file:
                on_file(done[-1])
        return done

    def again(self, known: store.StoredExtract) -> ExtractLoad:
        """Parse a live extract from what is stored of it, within the caller's transaction."""
        self._parse(known.extracto_id, known.ruta, stored_lines(self.con, known, self.originals), is_new=False)
        return ExtractLoad(known.ruta, Resultado.RESETTLED, known.extracto_id)

    def _taken(self, key: str, ruta: str, data: bytes) -> TakenFile:
        """The lines of a file; a document that is known is not read again."""
        known = self.known.get(key)
        if known is None or known.tipo is Kind.TEXT or not known.is_kept:
            return take(data, self.on_page and partial(self.on_page, ruta), looked=LookedPages(self.originals, key))
        return taken(documents.stored_document(self.con, key))

    def _same(self, ruta: str, key: str) -> ExtractLoad:
        if ruta in self.refused:  # it held something unreadable in between
            store.clear_file_refusals(self.con, ruta)
        return ExtractLoad(ruta, Resultado.UNCHANGED, key)

    def _entry(self, key: str, ruta: str) -> RegistroExtracto:
        before = self.known[key].registered if key in self.known else None
        return said_of(self.registry, {ruta, *self.names.get(key, ())}, before)

    def _of(self, ente: str | None) -> Catalogs:
        """The catalogues for the files of an ente; the same object each time, since what follows from it is kept."""
        if ente not in self.of_ente:
            self.of_ente[ente] = replace(self.catalogs, ente_registrado=ente)
        return self.of_ente[ente]

    def _huella(self, key: str, ruta: str) -> str:
        return extract_fingerprint(self.catalogs_huella, self._entry(key, ruta))

    def _parse(self, key: str, ruta: str, lines: Lines, is_new: bool) -> None:
        entry = self._entry(key, ruta)
        huella = self._huella(key, ruta)
        found = self.ahead.of(ruta, key, huella) if self.ahead and is_new else None
        pages: Sequence[PlacedPage] | Path
        if isinstance(found, Path):
            pages, refused = found, refused_in(found)
        elif found:
            pages, refused, huella = [], [lost_file(found)], LOST
        else:
            reader = self.reader or tmm_f004_reader()
            pages, refused = reader.pages_of(key, lines.texts, lines.typed, self._of(entry.ente_codigo))
        refused = [*documents.notices_of(self.con, key), *refused]
        store.write_printed(self.con, key, ruta, pages, refused, entry, huella, is_new)

    def parse_ahead(self, files: Sequence[ExtractFile], spread: Spread) -> None:
        """Begin to parse the new ones of some files elsewhere; ``file``, in this order, takes what comes of it."""
        new = [f for f in files if f.ruta not in self.paths and not f.rechazo]
        if sum(f.size for f in new) < spread.from_bytes:
            return
        told = [FileToParse.listed(f, self._entry("", f.ruta).ente_codigo, self._huella("", f.ruta)) for f in new]
        said = write_said(spread.folder, Said(self.catalogs))
        self.ahead = ParsedAhead(spread, told, said, self.max_bytes)
