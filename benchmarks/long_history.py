"""A municipality's history as extract files: so many units and years, a file a ramo and quarter.

Belongs here: which units report what in which file, and a copy of the project whose catalogue knows
those units. Does not: what a page looks like (``benchmarks.synthetic``), loading (``history_scale``).
"""

from __future__ import annotations

import csv
import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.synthetic import RATES, page, words
from benchmarks.synthetic.plans import Accion, draw_actions
from benchmarks.synthetic.plans import page as what_it_states
from benchmarks.synthetic.world import Ejecutora
from dagster_project.settings import RAIZ

ENTE = "02002"
UNITS_A_FILE = 10
"""A ramo: the real extract holds eleven pages."""

FREE_PROGRAM = 3
"""Programmes of the catalogue end in 1 and 2: no made-up one may have the code of another."""

MOVED = 0.1
"""Share of a year's actions whose plan is moved between quarters after the first cut."""


@dataclass(frozen=True, slots=True)
class History:
    """How much history: ``units`` units over ``years`` years that end with ``last``, damaged at ``rates``."""

    units: int
    years: int
    last: int
    rates: str = "mild"
    seed: int = 1

    @property
    def ejercicios(self) -> range:
        """The years, oldest first."""
        return range(self.last - self.years + 1, self.last + 1)


def units_of(number: int) -> list[Ejecutora]:
    """So many made-up units, ten a ramo, each with a name of its own."""
    rng = random.Random("units of a long history")
    names: dict[str, None] = {}
    while len(names) < number:
        first, second = rng.sample(words.UNIT_SUBJECTS, 2)
        names[f"{rng.choice(words.UNIT_KINDS)} DE {first} Y {second}"] = None
    units = []
    for k, name in enumerate(names):
        ramo, within = 10 + k // UNITS_A_FILE, k % UNITS_A_FILE
        program = f"{ramo}{FREE_PROGRAM + within // 5}"
        units.append(
            Ejecutora(
                codigo=f"{program}{1 + within % 5:02d}",
                nombre=name,
                ramo=str(ramo),
                ramo_nombre=words.RAMOS[ramo % len(words.RAMOS)],
                programa=program,
                programa_nombre=words.PROGRAMS[int(program) % len(words.PROGRAMS)],
                centena=100 * (1 + within % 9),
                conocida=True,
            )
        )
    return units


def write_quarter(folder: Path, of: History, year: int, quarter: int) -> None:
    """Write the reports of one quarter, a file a ramo; a year's cuts carry one plan on."""
    below = folder / str(year)
    below.mkdir(parents=True, exist_ok=True)
    units = units_of(of.units)
    # Tables whose own totals err may close the gate; what is timed here is a load that passes.
    rates = replace(RATES[of.rates], error_publicado=0.0)
    for ramo in sorted({u.ramo for u in units}):
        rng = random.Random(f"{of.seed}-{year}-{quarter}-{ramo}")
        lines: list[str] = []
        for number, unit in enumerate([u for u in units if u.ramo == ramo], start=1):
            stated = what_it_states(unit, year, quarter, _actions(of, unit, year, quarter))
            lines += ["", *page.build(rng, rates, stated, number)[0]]
        (below / f"{year}-T{quarter}-{ramo}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _actions(of: History, unit: Ejecutora, year: int, quarter: int) -> list[Accion]:
    rng = random.Random(f"{of.seed}-{unit.codigo}-{year}")
    actions = draw_actions(rng)
    return actions if quarter == 1 else [_moved(a) if rng.random() < MOVED else a for a in actions]


def _moved(action: Accion) -> Accion:
    """Half of what the third quarter planned goes to the fourth; a ratio's plan stays."""
    p1, p2, p3, p4 = action.programado
    return action if action.es_razon else replace(action, programado=(p1, p2, p3 - p3 // 2, p4 + p3 // 2))


def project_of(folder: Path, number: int) -> Path:
    """A copy of the project in ``folder`` whose catalogues hold the units too, as a municipality keeps its own."""
    for part in ("dagster_project", "dbt", "seeds"):
        shutil.copytree(RAIZ / part, folder / part, ignore=shutil.ignore_patterns("target", "logs", "__pycache__"))
    units = units_of(number)
    programs = {u.programa: u.programa_nombre for u in units}
    _append(folder / "seeds" / "programas.csv", [[ENTE, code, name] for code, name in programs.items()])
    _append(
        folder / "seeds" / "unidades.csv",
        [[ENTE, u.codigo, u.nombre, u.ramo, u.programa, "2000-01-01", ""] for u in units],
    )
    return folder


def _append(path: Path, rows: list[list[str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
