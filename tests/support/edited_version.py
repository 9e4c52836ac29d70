"""The published DuckDB file of a home, opened for a test to change it. Not here: what it changes."""

from __future__ import annotations

from pathlib import Path

import duckdb


def edited_version(home: Path) -> duckdb.DuckDBPyConnection:
    """A connection that writes into the version that is current; who asks for it closes it."""
    version = (home / "published" / "avance.duckdb").resolve()
    version.chmod(0o600)
    return duckdb.connect(str(version))
