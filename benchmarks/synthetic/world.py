"""The units a synthetic extract speaks of: those of the catalogue, and made-up ones.

Belongs here: units and which of them the reader's catalogue knows. Does not: what they report.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from benchmarks.synthetic import words
from dagster_project.tmm_f004.catalogs import Catalogs, Unit

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Ejecutora:
    """A unit that reports: its codes and names, and the hundred its action numbers start from."""

    codigo: str
    nombre: str
    ramo: str
    ramo_nombre: str
    programa: str
    programa_nombre: str
    centena: int
    conocida: bool


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def catalogue_units() -> tuple[Ejecutora, ...]:
    """The units of ``seeds/unidades.csv`` (first version of each)."""
    programs = {r["programa_codigo"]: r["programa_nombre"] for r in _rows("programas.csv")}
    seen: dict[str, Ejecutora] = {}
    for row in _rows("unidades.csv"):
        code = row["unidad_codigo"]
        seen.setdefault(
            code,
            Ejecutora(
                code,
                row["unidad_nombre"].upper(),
                row["ramo_codigo"],
                "BIENESTAR SOCIAL MUNICIPAL",
                row["programa_codigo"],
                programs.get(row["programa_codigo"], "GESTION ADMINISTRATIVA"),
                (len(seen) + 1) * 100,
                True,
            ),
        )
    return tuple(seen.values())


@cache
def made_up_units() -> tuple[Ejecutora, ...]:
    """Forty units that no catalogue of ours holds; three in four are given to the reader's."""
    rng = random.Random("made-up units")
    units: dict[str, Ejecutora] = {}
    names: set[str] = set()
    while len(units) < 40:
        ramo = rng.randint(21, 88)
        program = f"{ramo}{rng.randint(1, 3)}"
        code = f"{program}{rng.randint(1, 9):02d}"
        name = f"{rng.choice(words.UNIT_KINDS)} DE {rng.choice(words.UNIT_SUBJECTS)}"
        if ramo == 54 or code in units or name in names:
            continue
        names.add(name)
        units[code] = Ejecutora(
            code, name, str(ramo), rng.choice(words.RAMOS), program, rng.choice(words.PROGRAMS),
            rng.randint(1, 9) * 100, len(units) % 4 != 3,
        )  # fmt: skip
    return tuple(units.values())


def known_to(catalogs: Catalogs) -> Catalogs:
    """The catalogue with the known made-up units added, as a municipality would keep its own."""
    extra = tuple(Unit("02002", u.codigo, u.nombre, u.programa) for u in made_up_units() if u.conocida)
    programs = {u.programa: u.programa_nombre for u in made_up_units() if u.conocida} | catalogs.programmes_of("02002")
    return replace(catalogs, unidades=catalogs.unidades + extra, programas=catalogs.programas | {"02002": programs})
