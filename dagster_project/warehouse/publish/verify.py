"""Whether the published version is as it was written: every file against its hash, the pointer, the fixed name.

Belongs here: looking. Does not belong here: what is done about it (``versions.publish`` makes a new version,
``avance verify`` says it).
"""

from __future__ import annotations

from pathlib import Path

from dagster_project.warehouse.publish.publication import (
    PointerError,
    Publicacion,
    fixed_names,
    publicacion_vigente,
)
from dagster_project.warehouse.state.fingerprint import file_sha256


def damages(published: Path) -> list[str]:
    """What is wrong with the current version, a sentence each; empty where all is well or nothing was published."""
    try:
        version = publicacion_vigente(published)
    except PointerError as error:
        return [str(error)]
    if version is None:
        left = sorted(path.name for path in published.glob("avance-*.duckdb"))
        return [f"current.json is gone, though there is {left[-1]}"] if left else []
    return damaged_files(published, version) + damaged_link(published, version)


def damaged_files(published: Path, version: Publicacion) -> list[str]:
    """The files of a version that are not what was written, a sentence each."""
    files = version.archivos
    return [said for f in files if (said := difference(published, f.ruta, f.bytes, f.sha256))]


def damaged_link(published: Path, version: Publicacion) -> list[str]:
    """What is wrong with the fixed names of a version, a sentence each; empty where they lead to it."""
    return [said for name, target in fixed_names(version).items() if (said := _of_link(published / name, target))]


def _of_link(fixed: Path, target: str) -> str | None:
    if fixed.is_symlink():
        there = fixed.readlink()
        return None if there == Path(target) else f"{fixed.name} leads to {there}, not to the current version"
    return f"{fixed.name} is no link" if fixed.exists() else f"{fixed.name} is gone"


def difference(folder: Path, name: str, size: int, sha256: str) -> str | None:
    """How the file of that name below a folder differs from what was written, a sentence; None where it does not."""
    path = folder / name
    try:
        if path.is_symlink() or not path.is_file():
            return f"{name} is gone" if not path.exists() else f"{name} is no file any more"
        if (found := path.stat().st_size) != size:
            return f"{name} has {found} bytes, {size} were written"
        return None if file_sha256(path) == sha256 else f"{name} was changed: its hash differs"
    except OSError as error:
        return f"{name} cannot be read: {error.strerror}"
