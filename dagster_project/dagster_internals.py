"""What the project uses of Dagster that Dagster does not offer: every private name, why, and which test notices.

``EventRecords``, ``HomeStorage``: Dagster connects to SQLite up to five times an event, each time with a new engine,
    a flush to disk and a checkpoint; here a file stays open while the process writes to it. The files are those of
    Dagster's own storage, which the web UI and the daemon go on using beside this one. Saves, of a run of 868 events
    (150 checks, 100 assets) measured side by side: 5.2 s against 36.7 s on the clock of a busy disk, 2.3 against
    8.2 s of processor time. Held by ``tests/unit/test_dagster_internals.py``.
``instance_of``: ``InstanceRef`` puts that storage into an instance without a word of it in ``dagster.yaml``, where a
    module of ours would be named for ever, and the web UI would take it too. Held by the same tests.
``free_pool_slots``: a killed run keeps its slot of a pool of one, and the next run in its process would wait for
    ever; Dagster's daemon frees slots, but the command runs without one. Held by
    ``tests/unit/command/test_dagster_instance.py``.

``look_at_code_every``: web server and daemon ask the code server each second who it is, over a new connection each
    time, 2 % of a core together, and each minute the daemon fetches all definitions from it, 0.9 % of both; there is no
    setting. Held by ``tests/unit/test_dagster_internals.py``.

``forget_checks``, ``run_files``: ``delete_run`` leaves what checks said in a table of its own, 0.4 MB a load, and of
    SQLite an empty file a run. Held by ``tests/unit/defs/test_records.py``.

``follow_location``: what somebody turned on is kept under the code location's name, and no one looks under an older
    one: it is off, and counts as on. Held by ``tests/unit/test_dagster_internals.py``.

The names of dagster-dbt and dbt that building needs stand in ``defs.dbt_runner``. Not here: which instance is
opened and when slots are freed (``command.dagster_instance``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.remote_origin import (
    GrpcServerCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._grpc import server_watcher
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, delete, event, func, select
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


def instance_of(home: Path, config_filename: str, *, own_storage: bool) -> dg.DagsterInstance:
    """The instance of a Dagster home, with ``HomeStorage`` where its configuration names none (``own_storage``)."""
    storage = {"module": __name__, "class": HomeStorage.__name__, "config": {"base_dir": str(home)}}
    overrides = {"storage": {"custom": storage}} if own_storage else {}
    return dg.DagsterInstance.from_ref(
        InstanceRef.from_dir(str(home), config_filename=config_filename, overrides=overrides)
    )


def free_pool_slots(instance: dg.DagsterInstance, pool: str, but_of: Set[str]) -> None:
    """Free the slots of a pool that runs hold, but those of the runs named."""
    storage = instance.event_log_storage
    for slot in storage.get_concurrency_info(pool).claimed_slots:
        if slot.run_id not in but_of:
            storage.free_concurrency_slots_for_run(slot.run_id)


def forget_checks(instance: dg.DagsterInstance, but_of: int) -> int:
    """Forget what checks said but in the newest ``but_of`` runs that checked, and each check's last word; returns how
    many went."""
    said, storage = AssetCheckExecutionsTable.c, instance.event_log_storage
    newest = select(said.run_id).group_by(said.run_id).order_by(func.max(said.id).desc()).limit(but_of)
    last = select(func.max(said.id)).group_by(said.asset_key, said.check_name)
    old = said.run_id.not_in(newest.scalar_subquery()) & said.id.not_in(last.scalar_subquery())
    with storage.index_connection() as connection:  # type: ignore[attr-defined]
        return int(connection.execute(delete(AssetCheckExecutionsTable).where(old)).rowcount)


def run_files(instance: dg.DagsterInstance) -> dict[str, Path]:
    """The file of each run's events, by the run's id; none where a database server keeps them."""
    storage = instance.event_log_storage
    if not isinstance(storage, SqliteEventLogStorage):
        return {}
    return {run_id: Path(storage.path_for_shard(run_id)) for run_id in storage.get_all_run_ids()}


def look_at_code_every(watch: float, fetch: float) -> None:
    """How often, in seconds, this process asks the code server whether it is still the same one, and for all it has."""
    from dagster._daemon import controller  # of the daemon: 0.1 s that no run pays

    server_watcher.WATCH_INTERVAL = watch  # type: ignore[assignment]
    controller.RELOAD_WORKSPACE_INTERVAL = fetch  # type: ignore[assignment]
    # A fetch that fails is tried again at each loop; only after this long does it end the daemon.
    controller.DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE = 2 * fetch  # type: ignore[assignment]


FORMER_LOCATION = "dagster_project.definitions"
"""The name that Dagster made of the module before the code location had one of its own."""


def follow_location(instance: dg.DagsterInstance, location: str, socket: Path) -> None:
    """What schedules and sensors were set to under the location's former name goes over, where it says nothing yet.

    States of any other location stay: a database may keep the records of several projects.
    """
    states = instance.all_instigator_state()
    named = {state.name for state in states if state.origin.location_name == location}
    server = GrpcServerCodeLocationOrigin("localhost", socket=str(socket), location_name=location)
    for state in states:
        if state.origin.location_name != FORMER_LOCATION:
            continue
        if state.name not in named:
            place = RemoteRepositoryOrigin(server, state.origin.repository_origin.repository_name)
            instance.add_instigator_state(state._replace(origin=RemoteInstigatorOrigin(place, state.name)))
        instance.delete_instigator_state(state.instigator_origin_id, state.selector_id)


def _flush_at_checkpoints(connection: sqlite3.Connection, _: object) -> None:
    # With a write-ahead log a killed process loses nothing; a power cut may lose the last events, never the file.
    connection.execute("pragma synchronous = normal")
