"""The numbered migrations of the warehouse file: each is applied once, in order, in a transaction of its own.

A change of the raw layer is one file more, ``migrations/0002_what_it_does.sql``, of plain statements and no
transaction; one that is released is never changed again. ``raw.migraciones`` says which were applied. Not here: when
(``connection``), and the marts, which dbt makes anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

FOLDER = Path(__file__).with_name("migrations")


class NewerWarehouseError(RuntimeError):
    """The file was migrated by a newer version of this product; the message says what to do."""


@cache
def known_migrations() -> dict[int, Path]:
    """Version to file, in order; the versions count from 1 without a gap."""
    files = {int(path.name[:4]): path for path in sorted(FOLDER.glob("[0-9]*.sql"))}
    assert [*files] == [*range(1, len(files) + 1)], f"the migrations in {FOLDER} do not count from 1 without a gap"
    return files


def check_version(con: duckdb.DuckDBPyConnection) -> int:
    """The version of the file, 0 where none was ever noted: one query.

    Raises:
        NewerWarehouseError: a migration was applied that this product does not know.
    """
    try:
        version, name = con.execute("select max(version), max_by(nombre, version) from raw.migraciones").fetchall()[0]
    except duckdb.CatalogException:
        return 0
    if (version or 0) > len(known_migrations()):
        raise NewerWarehouseError(
            f"this home was written by a newer avance: its warehouse stands at migration {version} ({name}), this "
            f"product knows {len(known_migrations())}. Nothing was touched. Run the newer avance on it, or give this "
            "one another home with AVANCE_HOME: everything is built from the extracts anew."
        )
    return version or 0


def migrate(con: duckdb.DuckDBPyConnection) -> None:
    """Apply what is missing; a migration that fails leaves the file as the one before it left it.

    Raises:
        NewerWarehouseError: a migration was applied that this product does not know.
        duckdb.Error: a migration cannot be applied.
    """
    for version in range(check_version(con) + 1, len(known_migrations()) + 1):
        path = known_migrations()[version]
        con.begin()
        try:
            con.execute(path.read_text(encoding="utf-8"))
            con.execute("insert into raw.migraciones values (?, ?, current_timestamp)", [version, path.stem[5:]])
        except BaseException:
            con.rollback()
            raise
        con.commit()
