"""What the reader weighs evidence against, as frozen dataclasses: units, municipalities, programmes, plans, measures.

Nothing here reads a file: ``dagster_project.reference.catalogs`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the catalogue ``seeds/unidades.csv``; ``alias`` are spellings seen in print."""

    ente_codigo: str
    unidad_codigo: str
    nombre: str
    programa_codigo: str | None
    alias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Reference data that the reader weighs evidence against: the same CSVs that dbt seeds.

    ``entes`` maps INEGI key to name, ``programas`` code to name, ``razones`` holds the
    normalised measures that are ratios (their quarters do not add up). ``clasificacion`` maps
    a CONAC code (2.2.2) to the names of its finalidad, función and subfunción; ``planes`` are
    (plan, first quarter, last quarter), None where open; ``planes_propios`` those of a municipality
    that lists its own.
    """

    entes: dict[str, str]
    unidades: tuple[Unit, ...]
    programas: dict[str, str]
    razones: frozenset[str]
    ente_supuesto: str | None = None
    clasificacion: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    planes: tuple[tuple[str, str | None, str | None], ...] = ()
    planes_propios: dict[str, tuple[tuple[str, str | None, str | None], ...]] = field(default_factory=dict)

    def plans_of(self, ente: str | None) -> tuple[tuple[str, str | None, str | None], ...]:
        """The plans of a municipality: its own where it lists any, else those of all."""
        return self.planes_propios.get(ente or "", self.planes)
