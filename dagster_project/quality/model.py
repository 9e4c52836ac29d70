"""What a suite is and what running one gives, as frozen dataclasses.

Nothing here runs or imports Great Expectations: definitions load without its four seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Severidad(StrEnum):
    """What a failure does: ``error`` stops everything downstream, ``aviso`` shows and lets go on."""

    ERROR = "error"
    AVISO = "aviso"


@dataclass(frozen=True, slots=True)
class Expectativa:
    """One expectation: a Great Expectations type with its arguments, and what it is for.

    ``descripcion``, ``esperado`` and ``razon`` (why it has this severity) are in Spanish:
    they stand in the check's metadata and in Data Docs.
    """

    nombre: str
    tipo: str
    argumentos: Mapping[str, Any]
    descripcion: str
    esperado: str
    severidad: Severidad
    razon: str


@dataclass(frozen=True, slots=True)
class Consulta:
    """A query on the warehouse and the expectations on its rows.

    ``llave`` names the columns that lead a failing row back to its file and line, or, where a
    row sums many up, to what it sums up. ``nombre`` tells the queries of one suite apart.
    """

    sql: str
    llave: tuple[str, ...]
    expectativas: tuple[Expectativa, ...]
    nombre: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations on one table, over one query or more."""

    nombre: str
    tabla: str
    descripcion: str
    consultas: tuple[Consulta, ...]

    def __post_init__(self) -> None:
        names = [e.nombre for e in self.expectativas]
        if len(names) != len(set(names)):
            raise ValueError(f"suite {self.nombre}: two expectations of one name")

    @property
    def expectativas(self) -> tuple[Expectativa, ...]:
        """All of them, in the order of the queries."""
        return tuple(e for c in self.consultas for e in c.expectativas)

    def named(self) -> Iterator[tuple[str, Consulta]]:
        """Each query with the name it goes by in reports."""
        for consulta in self.consultas:
            yield (f"{self.nombre}.{consulta.nombre}" if consulta.nombre else self.nombre), consulta


@dataclass(frozen=True, slots=True)
class ExpectationOutcome:
    """What became of one expectation on ``rows`` rows.

    ``sample`` holds at most ten failing rows, each with its key; ``kept`` is the file below
    the run's report that holds more of them, None where nothing failed.
    """

    name: str
    success: bool
    severity: Severidad
    observed: str
    expected: str
    description: str
    reason: str
    rows: int = 0
    failing: int = 0
    sample: tuple[Mapping[str, Any], ...] = ()
    kept: str | None = None

    @property
    def blocking(self) -> bool:
        """Whether it failed and stops what is downstream."""
        return not self.success and self.severity is Severidad.ERROR


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What became of a suite; ``success`` says that nothing failed, warnings included."""

    suite: str
    table: str
    docs_path: Path
    seconds: float
    results: tuple[ExpectationOutcome, ...] = field(default_factory=tuple)

    @property
    def success(self) -> bool:
        """Whether every expectation held."""
        return all(r.success for r in self.results)

    @property
    def blocking_failed(self) -> bool:
        """Whether an expectation of severity ``error`` failed: the gate closes."""
        return any(r.blocking for r in self.results)
