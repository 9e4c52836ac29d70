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
class Plan:
    """A municipal plan of ``seeds/planes.csv``: each is one municipality's own.

    ``desde`` and ``hasta`` are the first and last quarter (2022-T2) that its forms report, None where open;
    ``imprime_eje`` says whether they print EJE DE GOBIERNO, None where that is not known.
    """

    plan: str
    desde: str | None = None
    hasta: str | None = None
    imprime_eje: bool | None = None

    def is_in_force(self, corte: str) -> bool:
        """Whether forms of a quarter (2022-T4) are of this plan."""
        return (self.desde or corte) <= corte <= (self.hasta or corte)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Reference data that the reader weighs evidence against: the same CSVs that dbt seeds.

    ``entes`` maps INEGI key to name, ``programas`` code to name, ``razones`` holds the
    normalised measures that are ratios (their quarters do not add up). ``clasificacion`` maps
    a CONAC code (2.2.2) to the names of its finalidad, función and subfunción; ``planes`` are those of
    each municipality.
    """

    entes: dict[str, str]
    unidades: tuple[Unit, ...]
    programas: dict[str, str]
    razones: frozenset[str]
    ente_supuesto: str | None = None
    clasificacion: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    planes: dict[str, tuple[Plan, ...]] = field(default_factory=dict)

    def plans_of(self, ente: str | None) -> tuple[Plan, ...]:
        """The plans of a municipality; none where it lists none, or is not known."""
        return self.planes.get(ente or "", ())
