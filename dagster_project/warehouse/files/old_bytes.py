"""The bytes of replaced files that are kept, to a bound: whoever may write to the inbox may rewrite a file for ever.

Belongs here: which go. Does not belong here: what is remembered of a replaced extract for good (``retired``).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.warehouse.db.connection import transaction
from dagster_project.warehouse.files.extract_folder import INBOX

KEPT_BYTES = 256 * 2**20
"""Of files of the inbox that were replaced, the last ones; some hundred million characters, or 500 scanned pages."""

OLD_SQL = f"""
    select extracto_id, sha256
    from raw.extractos
    where retirado_en is not null and not por_revisar and lineas > 0 and starts_with(ruta, '{INBOX}')
    qualify sum(bytes) over (order by retirado_en desc, extracto_id) > $1
    order by extracto_id
"""


def let_go(con: duckdb.DuckDBPyConnection, originals: Path | None, keep: int = KEPT_BYTES) -> list[str]:
    """Drop lines, words and originals of what the inbox's files held before, beyond ``keep`` bytes, the oldest first.

    What is known of such an extract, its reports and actions, stays; should its bytes come back, they are read anew.

    Raises:
        OSError, duckdb.Error: it could not be dropped; the next load does it.
    """
    old = con.execute(OLD_SQL, [keep]).fetchall()
    for key, sha256 in old:
        if originals:
            (originals / sha256).unlink(missing_ok=True)
        with transaction(con):
            for table in ("lineas", "celdas", "palabras", "hojas"):
                con.execute(f"delete from raw.{table} where extracto_id = ?", [key])
            con.execute("update raw.extractos set lineas = 0 where extracto_id = ?", [key])
    return [key for key, _ in old]
