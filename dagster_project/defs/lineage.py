"""Which columns each column of a model is made of, as Dagster's metadata.

Belongs here: reading what ``tools.column_lineage`` wrote. Does not belong here: finding it out, which costs half a
minute of a core.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import dagster as dg

FILE = Path(__file__).parent / "column_lineage.json"


def column_lineage(table: str) -> dg.TableColumnLineage | None:
    """Of ``marts.fct_avance`` and the like; None of what is no model."""
    columns = _tables().get(table)
    if columns is None:
        return None
    return dg.TableColumnLineage({column: [_dep(source) for source in made_of] for column, made_of in columns.items()})


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))["tables"])


def _dep(source: str) -> dg.TableColumnDep:
    schema, table, column = source.split(".", 2)
    return dg.TableColumnDep(asset_key=dg.AssetKey([schema, table]), column_name=column)
