"""Fingerprints: what a stored result was made with, so that it is made again when that changes.

Belongs here: hashing code, catalogues and inputs. Does not belong here: what to do when a
fingerprint differs (``load``, ``load_year``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from dagster_project import tmm_f004
from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.model import Catalogs
from dagster_project.warehouse.db.migrations import known_migrations


@cache
def reader_fingerprint() -> str:
    """Hash of the reader's source: any change to the code reads every extract again."""
    digest = hashlib.sha256()
    root = Path(tmm_f004.__path__[0])
    warehouse = Path(__file__).parents[1]
    for path in (*sorted(root.rglob("*.py")), warehouse / "rows.py", *known_migrations().values()):
        digest.update(str(path.relative_to(root.parent)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def catalog_fingerprint(catalogs: Catalogs) -> str:
    """Hash of the catalogues' content, whatever order sets and mappings come in."""
    return fingerprint(asdict(catalogs))


def extract_fingerprint(catalogs: str, entry: RegistroExtracto) -> str:
    """Hash of all that settling an extract depends on besides its bytes."""
    return fingerprint([reader_fingerprint(), catalogs, entry.ente_codigo, str(entry.publicado_en)])


def fingerprint(value: Any) -> str:
    """Short hash of a value built of dicts, lists, sets and plain values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
