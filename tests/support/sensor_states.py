"""What Dagster keeps of a sensor that somebody turned on or off. Not here: what the daemon makes of it."""

from __future__ import annotations

from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus, InstigatorType, SensorInstigatorData
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin


def sensor_state(name: str, *, is_on: bool, location: str, cursor: str = "") -> InstigatorState:
    """Of a sensor of the one repository of a code location."""
    target = ManagedGrpcPythonEnvCodeLocationOrigin(LoadableTargetOrigin(module_name="m"), location)
    return InstigatorState(
        RemoteInstigatorOrigin(RemoteRepositoryOrigin(target, "__repository__"), name),
        InstigatorType.SENSOR,
        InstigatorStatus.RUNNING if is_on else InstigatorStatus.STOPPED,
        SensorInstigatorData(cursor=cursor),
    )
