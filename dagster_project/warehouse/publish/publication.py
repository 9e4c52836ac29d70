"""A published version: what it is, and the pointer ``current.json`` that names the current one.

Belongs here: the record and reading it. Does not belong here: making a version (``versions``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

POINTER = "current.json"
FIXED_NAME = "avance.duckdb"
"""A link to the current version's file, for tools that want one name."""


@dataclass(frozen=True, slots=True)
class Archivo:
    """A file of a version: path below the published folder, size in bytes, SHA-256."""

    ruta: str
    bytes: int
    sha256: str


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

    def path(self, published: Path) -> Path:
        """The DuckDB file of this version."""
        return published / self.duckdb

    def as_json(self) -> str:
        """What ``current.json`` holds."""
        content: dict[str, Any] = asdict(self)
        del content["nueva"]
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


class PointerError(RuntimeError):
    """``current.json`` cannot be read or names a file that is not there."""


def publicacion_vigente(published: Path) -> Publicacion | None:
    """The current version, or None where nothing was published yet.

    Raises:
        PointerError: the pointer is damaged, may not be read, or names a DuckDB file that is missing.
    """
    pointer = published / POINTER
    try:
        content = json.loads(pointer.read_text(encoding="utf-8"))
        current = Publicacion(
            version=content["version"],
            creada_en=content["creada_en"],
            run_id=content["run_id"],
            huella=content["huella"],
            duckdb=content["duckdb"],
            filas=content["filas"],
            archivos=tuple(Archivo(**a) for a in content["archivos"]),
            nueva=False,
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PointerError(f"{pointer} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise PointerError(f"{pointer} cannot be read ({error}); publish again to replace it") from error
    if not current.path(published).is_file():
        raise PointerError(f"{pointer} names {current.duckdb}, which is not there; publish again")
    return current
