"""Dagster's record of runs in SQLite, without opening its files anew for every event.

Dagster connects to SQLite up to five times an event, and a load makes a thousand events: with a new
engine, a flush to disk and a checkpoint each time that was a fifth of ``avance run``. Here a file stays
open while the process writes to it. The files are those of Dagster's own storage, which the web UI and
the daemon go on using beside this one.

Not here: which instance uses it (``instance``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 60
"""How long to wait for another process that writes to the same file."""


class EventRecords(SqliteEventLogStorage):
    """Dagster's event log; the index and the file of the run at hand stay open."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            for other in set(self._engines) - {INDEX_SHARD_NAME}:
                self._engines.pop(other).dispose()
            engine = create_engine(
                self.conn_string_for_shard(shard), poolclass=QueuePool, connect_args={"timeout": BUSY_SECONDS}
            )
            event.listen(engine, "connect", _flush_at_checkpoints)
            self._engines[shard] = engine
        return self._engines[shard]

    def dispose(self) -> None:
        """Close the files."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


class HomeStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage with ``EventRecords`` as its event log."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = EventRecords(self._event_log_storage._base_dir)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> HomeStorage:
        """As Dagster makes it from its configuration."""
        return cls.from_local(inst_data=inst_data, **config_value)


def _flush_at_checkpoints(connection: sqlite3.Connection, _: object) -> None:
    # With a write-ahead log a killed process loses nothing; a power cut may lose the last events, never the file.
    connection.execute("pragma synchronous = normal")
