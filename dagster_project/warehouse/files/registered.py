"""What the register says of an extract: of its bytes, by every path that holds them.

Belongs here: which lines speak of an extract, and what several say together. Does not belong here: reading the file
(``reference.registry``) and what follows from it.

By one path alone a copy under another name would take back what a person decided, and anybody may drop a copy into the
inbox.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from dagster_project.reference.registry import Registro, RegistroExtracto, entry_of
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.standing_paths import overwritten_path


def said_of(registry: Registro, paths: Collection[str], before: RegistroExtracto | None) -> RegistroExtracto:
    """Taken out where any path is, of the latest date; whose it is by the first that says so, the inbox's last.

    ``before`` is what was said of it until now, which holds for bytes that stand without a file until a line decides.
    """
    said = [_of_path(registry, path, before) for path in sorted(paths, key=lambda p: (p.startswith(INBOX), p))]
    return RegistroExtracto(
        next((entry.ente_codigo for entry in said if entry.ente_codigo), None),
        max((entry.publicado_en for entry in said if entry.publicado_en), default=None),
        any(entry.rechazado for entry in said),
    )


def _of_path(registry: Registro, path: str, before: RegistroExtracto | None) -> RegistroExtracto:
    if before and overwritten_path(path) and unicodedata.normalize("NFC", path) not in registry:
        return RegistroExtracto(before.ente_codigo, before.publicado_en)
    return entry_of(registry, path)
