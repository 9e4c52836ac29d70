"""What every materialization reports: rows, hash of the sources, quarters, link to the code.

Not here: the numbers themselves, which come from whoever did the work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dagster as dg

from dagster_project.settings import PACKAGE

OWNERS = ["team:avance"]


def code_path(path: str | Path) -> str:
    """The path of a source file below the project's root, whole where it lies outside."""
    path = Path(path)
    root = PACKAGE.parent
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def page_url(mount: str, path: Path, folder: Path) -> dg.UrlMetadataValue:
    """The address of a file below ``folder`` where ``avance ui`` serves that folder (``command.ui_pages``).

    Without host and home: it leads there under any name, and after the home has moved.
    """
    return dg.MetadataValue.url(f"{mount}/{quote(path.relative_to(folder).as_posix())}")


def materialization_metadata(
    rows: int, sources: str, quarters: Iterable[str] | None, *, code: str | Path, **more: Any
) -> dict[str, Any]:
    """The metadata of one materialization.

    ``rows`` counts the rows of the table, ``sources`` is the hash of the extracts it was built
    from, ``quarters`` those they speak of (None: not known yet), ``code`` the file that made it.
    """
    found = {} if quarters is None else {"trimestres": dg.MetadataValue.text(", ".join(sorted(quarters)) or "ninguno")}
    return {
        "dagster/row_count": rows,
        "huella": sources,
        **found,
        "codigo": dg.MetadataValue.path(code_path(code)),
        **more,
    }


def as_json(results: Sequence[Any]) -> list[dict[str, Any]]:
    """Dataclasses as plain JSON values, for metadata that the command line reads back."""
    return [json.loads(json.dumps(asdict(result), default=str)) for result in results]
