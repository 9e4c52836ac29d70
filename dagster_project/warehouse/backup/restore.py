"""A home made from a backup: on any path, by any user, compared with its hashes before and after.

Belongs here: what is refused, the order of things, links and rights. Does not belong here: what a backup holds
(``take``), and what is said (``command.backup``).
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dagster_project.settings import Settings
from dagster_project.warehouse.backup.manifest import (
    INBOX,
    PUBLISHED,
    SEEDS,
    WAREHOUSE,
    BackupError,
    Copied,
    Manifest,
    below,
    copy_file,
    differing,
    read_manifest,
    sync_folder,
    sync_tree,
)
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.exchange import MOVES, forget_moves, note_moves
from dagster_project.warehouse.db.home import WORK
from dagster_project.warehouse.db.lock import writer_lock
from dagster_project.warehouse.db.lock_holder import LOCK_NAME
from dagster_project.warehouse.publish.publication import POINTER, Publicacion, publicacion_vigente
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.publish.versions import GROUP_FILE, GROUP_READS, link, open_to_group
from dagster_project.warehouse.state.fingerprint import file_sha256

ASIDE = "before-restore-"
"""What the folders in the home that an earlier state was set aside in begin with."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the manifest, where what stood there before is, and the decisions that differ from those in use.

    ``seeds`` is the folder that holds them, None where those in use are the same, or are in the home and came with it.
    """

    manifest: Manifest
    aside: Path | None
    seeds: Path | None


def restore(settings: Settings, source: Path, replace: bool = False) -> Restored:
    """Make the home from a backup; whatever fails, what stood there is still there.

    Args:
        settings: which home, and where seeds, inbox and extracts are. Seeds and inbox that are in the home come back
            where they are looked for; extracts in it stay.
        source: the folder of the backup.
        replace: set aside what the home holds, in a folder within it.

    Raises:
        BackupError: the backup is none, or not as it was written; or the home holds something and ``replace`` is not
            given.
        NewerWarehouseError: the backup is of a newer version of this product.
        WarehouseBusyError: a run is at work on the home.
        HomeRefusedError: the home is another's.
        OSError: it cannot be read or written.
    """
    manifest = read_manifest(source)
    if wrong := differing(source, manifest.files):
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise BackupError(
            f"the backup {source} is not as it was written: {'; '.join(wrong[:3])}{more}. Nothing was touched; use "
            "another backup"
        )
    home = settings.home
    # Those in a home that is replaced go with it.
    within = bool(below(home, settings.seeds))
    same = not within and _same_seeds(settings.seeds, manifest)
    wanted = [file for file in manifest.files if not (same and _is_in(SEEDS, file))]
    files = [(file.path, dataclasses.replace(file, path=_place(settings, file.path))) for file in wanted]
    tops = {file.path.partition("/")[0] for _, file in files}
    _may_be_made(settings, tops, replace)
    with writer_lock(home, what="avance restore"):
        work = home / WORK
        work.mkdir(mode=0o700)
        try:
            _may_be_made(settings, tops, replace)  # a run may have begun and ended since
            _fill(source, work, files)
            sync_tree(work)
            aside = _exchange(home, work, _held(settings))
            sync_folder(home)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    # Asked again: of an installed wheel those that came back into the home are in use by now.
    has_others = not below(home, settings.seeds) and any(_is_in(SEEDS, file) for file in wanted)
    return Restored(manifest, aside, home / SEEDS if has_others else None)


def _may_be_made(settings: Settings, tops: set[str], replace: bool) -> None:
    """``tops``: what the backup puts directly into the home."""
    home = settings.home
    if kept := sorted(tops & _of_extracts(settings)):
        raise BackupError(
            f"{', '.join(str(home / name) for name in kept)} would be replaced and hold(s) the extracts "
            f"(AVANCE_EXTRACTS, {settings.extracts}), which no backup has: move them out of there first, or give "
            "another home with AVANCE_HOME. Nothing was touched"
        )
    if (held := _held(settings)) and not replace:
        raise BackupError(
            f"the home {home} holds something already ({', '.join(path.name for path in held[:4])}): give another with "
            "AVANCE_HOME, or --replace, which sets it aside. Nothing was touched"
        )


def _place(settings: Settings, path: str) -> str:
    """Where a file of the backup goes in the home: decisions and inbox to where they are looked for."""
    part, _, rest = path.partition("/")
    place = {SEEDS: settings.seeds, INBOX: settings.inbox}.get(part)
    places = below(settings.home, place) if place and rest else []
    return (places[0] / rest).as_posix() if places else path


def _of_extracts(settings: Settings) -> set[str]:
    """What in the home holds the folder of extracts, or leads to it: the owner's own, in no backup."""
    found = below(settings.home, settings.extracts)
    if Path() in found:  # the home itself
        return {path.name for path in settings.home.iterdir()} if settings.home.is_dir() else set()
    return {path.parts[0] for path in found}


def _fill(source: Path, work: Path, files: list[tuple[str, Copied]]) -> None:
    """Copy everything, compare it with the manifest, make links and rights anew, and look whether it opens.

    Args:
        source: the folder of the backup.
        work: the folder to fill.
        files: what a file goes by in the backup, and its record with the place it gets.
    """
    for name, file in files:
        copy_file(source / name, work, file.path)
        # As it was in the home: the next run knows the warehouse by its time, and a copied backup may have lost it.
        os.utime(work / file.path, ns=(file.mtime_ns, file.mtime_ns))
    if wrong := differing(work, [file for _, file in files]):
        said = "; ".join(wrong[:3])
        raise BackupError(f"what was restored is not the backup ({said}): that disk is not to be trusted")
    try:
        with open_warehouse(work / WAREHOUSE, read_only=True):  # a newer product's is refused
            pass
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise BackupError(f"{source / WAREHOUSE} cannot be opened ({error}): use another backup") from error
    published = work / PUBLISHED
    if version := publicacion_vigente(published):
        _open_to_readers(published, version)
    if wrong := damages(published):
        raise BackupError(f"the published version of the backup is not whole: {'; '.join(wrong[:3])}")


def _open_to_readers(published: Path, version: Publicacion) -> None:
    """Rights and fixed names of a version, as publishing gives them: neither survives a copy to any disk."""
    names = [POINTER, *(file.ruta for file in version.archivos)]
    for name in names:
        (published / name).chmod(GROUP_READS if name == version.duckdb else GROUP_FILE)
    for folder in {published, *(parent for name in names for parent in (published / name).parents)}:
        if folder.is_relative_to(published):
            open_to_group(folder)
    link(published, version)


def _held(settings: Settings) -> list[Path]:
    """What a home holds: neither lock nor extracts, nor empty folders, nor what an earlier restore set aside."""
    home = settings.home
    if not home.is_dir():
        return []
    others = {LOCK_NAME, WORK, MOVES, *_of_extracts(settings)}
    entries = [path for path in sorted(home.iterdir()) if path.name not in others and not path.name.startswith(ASIDE)]
    return [path for path in entries if path.is_symlink() or not path.is_dir() or any(path.iterdir())]


def _exchange(home: Path, work: Path, held: list[Path]) -> Path | None:
    """Put what was made in the place of what is held; returns where that is now, None where nothing was.

    Raises:
        OSError: a part of the home is a file system of its own, or may not be moved; all is where it was.
        BackupError: nor could it be put back; the message says what lies where.
    """
    aside = home / f"{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    made = sorted(work.iterdir())
    # No file can be renamed onto an empty folder.
    empty = [there for path in made if os.path.lexists(there := home / path.name) and there not in held]
    moves = [(path, aside / path.name) for path in (*held, *empty)] + [(path, home / path.name) for path in made]
    aside.mkdir(mode=0o700)
    done: list[tuple[Path, Path]] = []
    try:
        note_moves(home, aside, moves)
        for old, new in moves:
            old.rename(new)
            done.append((old, new))
    except BaseException as error:
        _put_back(done, error)
        aside.rmdir()
        raise
    finally:
        forget_moves(home)
    for path in empty:
        with suppress(OSError):  # somebody has put something there since
            (aside / path.name).rmdir()
    if any(aside.iterdir()):
        return aside
    aside.rmdir()
    return None


def _put_back(done: list[tuple[Path, Path]], error: BaseException) -> None:
    stuck = []
    for old, new in reversed(done):
        try:
            new.rename(old)
        except OSError as again:
            stuck.append(f"{new}, which was {old} ({again.strerror})")
    if stuck:
        raise BackupError(f"{error}; not to be put back: {'; '.join(stuck)}. Move each where it was") from error


def _is_in(part: str, file: Copied) -> bool:
    return file.path.startswith(f"{part}/")


def _same_seeds(seeds: Path, manifest: Manifest) -> bool:
    """Whether the decisions and catalogues in use are those of the backup, byte for byte."""
    wanted = {file.path.removeprefix(f"{SEEDS}/"): file.sha256 for file in manifest.files if _is_in(SEEDS, file)}
    return wanted == {path.name: file_sha256(path) for path in seeds.glob("*.csv") if os.access(path, os.R_OK)}
