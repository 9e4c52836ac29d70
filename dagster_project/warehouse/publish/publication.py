"""A published version: what it is, and the pointer ``current.json`` that names the current one.

Belongs here: the record and reading it. Does not belong here: making a version
(``versions``), and whether its files are as they were written (``verify``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

POINTER = "current.json"
FIXED_NAME = "avance.duckdb"
"""A link to the current version's file, for tools that want one name."""

SITE_NAME = "sitio"
"""A link to the current version's pages."""


@dataclass(frozen=True, slots=True)
class Archivo:
    """A file of a version: path below the published folder, size in bytes, SHA-256."""

    ruta: str
    bytes: int
    sha256: str

    @property
    def nombre(self) -> str:
        """Its name without the folder."""
        return PurePosixPath(self.ruta).name


@dataclass(frozen=True, slots=True)
class Publicacion:
    """A version of the marts that readers may open."""

    version: str
    creada_en: str
    """ISO 8601 with offset, UTC."""
    run_id: str
    huella: str
    """Hash of the marts' content and columns: equal content is published once."""
    duckdb: str
    """The DuckDB file's name below the published folder; it is never changed once it is named."""
    filas: Mapping[str, int]
    archivos: tuple[Archivo, ...]
    nueva: bool = field(default=True, compare=False)
    """Whether the call that returned this made it; False where the content had not changed."""
    enmienda: tuple[str, ...] = field(default=(), compare=False)
    """What was wrong with the version before where this one was made in its place, a sentence each (``verify``)."""

    def path(self, published: Path) -> Path:
        """The DuckDB file of this version."""
        return published / self.duckdb

    def as_json(self) -> str:
        """What ``current.json`` holds."""
        content: dict[str, Any] = asdict(self)
        del content["nueva"], content["enmienda"]
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def fixed_names(version: Publicacion) -> dict[str, str]:
    """The links that lead to a version, with what each leads to, below the published folder."""
    pages = f"{version.version}/{SITE_NAME}"
    has_pages = any(file.ruta.startswith(f"{pages}/") for file in version.archivos)
    return {FIXED_NAME: version.duckdb} | ({SITE_NAME: pages} if has_pages else {})


class PointerError(RuntimeError):
    """``current.json`` cannot be read or names a file that is not there."""


def publicacion_vigente(published: Path) -> Publicacion | None:
    """The current version, or None where nothing was published yet.

    Raises:
        PointerError: the pointer is damaged, may not be read, or names a DuckDB file that is missing.
    """
    pointer = published / POINTER
    try:
        current = _parsed(pointer.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PointerError(f"{pointer} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise PointerError(
            f"{pointer} cannot be read ({place}: {first['msg']}); publish again to replace it"
        ) from error
    except ValueError as error:
        raise PointerError(f"{pointer} cannot be read ({error}); publish again to replace it") from error
    if not current.path(published).is_file():
        raise PointerError(f"{pointer} names {current.duckdb}, which is not there; publish again")
    return current


def _parsed(content: bytes) -> Publicacion:
    """Raises ``ValidationError`` or ``ValueError`` where a value has not the type or the form that we write."""
    current = _record().validate_json(content, strict=True)
    if datetime.fromisoformat(current.creada_en).tzinfo is None:
        raise ValueError(f"{current.creada_en!r} is a time without an offset")
    for path in (current.duckdb, current.version, *(file.ruta for file in current.archivos)):
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or not path.isprintable():
            raise ValueError(f"{path!r} is no name below the published folder")
    return replace(current, nueva=False, enmienda=())


@cache
def _record() -> TypeAdapter[Publicacion]:
    return TypeAdapter(Publicacion)
