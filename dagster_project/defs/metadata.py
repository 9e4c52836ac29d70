"""What every materialization reports: rows, hash of the sources, quarters, link to the code.

Not here: the numbers themselves, which come from whoever did the work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import dagster as dg

OWNERS = ["team:avance"]
_ROOT = Path(__file__).resolve().parents[2]


def codigo(path: str | Path) -> str:
    """The path of a source file below the project's root, whole where it lies outside."""
    path = Path(path)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else str(path)


def informe(
    *, filas: int | None, huella: str, trimestres: Iterable[str], archivo: str | Path, **mas: Any
) -> Mapping[str, Any]:
    """The metadata of one materialization.

    ``filas`` counts the rows of the table (None: a view, not counted), ``huella`` is the hash of
    the extracts it was built from, ``trimestres`` the quarters they speak of.
    """
    return {
        **({} if filas is None else {"dagster/row_count": filas}),
        "huella": huella,
        "trimestres": dg.MetadataValue.text(", ".join(sorted(trimestres)) or "ninguno"),
        "codigo": dg.MetadataValue.path(codigo(archivo)),
        **mas,
    }


def a_json(resultados: Sequence[Any]) -> list[dict[str, Any]]:
    """Dataclasses as plain JSON values, for metadata that the command line reads back."""
    return [json.loads(json.dumps(asdict(r), default=str)) for r in resultados]
