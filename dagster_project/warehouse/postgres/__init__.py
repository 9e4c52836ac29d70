"""A copy of the published version in PostgreSQL, for whoever needs a server.

In comes a version's DuckDB file and a database's address; out goes a schema of that version, and the views of schema
``marts``, which readers ask, pointed at it (``copy_version``). Whether a version may be published is not asked here.
"""

from dagster_project.warehouse.postgres.copies import Copied, CopyError, copy_if_asked, copy_version

__all__ = ["Copied", "CopyError", "copy_if_asked", "copy_version"]
