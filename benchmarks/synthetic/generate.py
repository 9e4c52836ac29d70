"""The generator: a seed and a set of rates in, an extract and its truth out.

Belongs here: which units, years and quarters an extract holds. Does not: what a page looks like.
"""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.synthetic import page as pages
from benchmarks.synthetic.plans import Pagina, draw_actions, page
from benchmarks.synthetic.rates import Rates
from benchmarks.synthetic.world import Ejecutora, catalogue_units, made_up_units


def generate(seed: int, rates: Rates, forms: int = 12) -> tuple[str, list[pages.Truth]]:
    """A synthetic extract of about ``forms`` form pages, and the truth of its action rows.

    The same seed, rates and forms give the same text. A truth row has the field names of
    ``avance read --format jsonl``: ``programado`` and ``avance`` hold None where a quarter is out of
    the plan or after the corte, 0 where the form holds a blank or a 0; ``relativo_pct`` is half
    up. Beside them ``dano`` (``kind:figure`` for each damage the row received),
    ``dano_encabezado`` (its page's), ``disposicion`` (its table's choices), ``impreso`` (the cells
    after damage), ``columnas`` (what the cells were before it, copies starred), ``es_razon`` and
    ``fuera`` (whether the first quarter is out of the plan).
    """
    rng = random.Random(f"{seed}-{rates.nombre}")
    lines: list[str] = []
    truth: list[pages.Truth] = []
    for formato, what in enumerate(_pages(rng, forms), start=1):
        lines += [""] * rng.randint(0, 4)
        printed, rows = pages.build(rng, rates, what, formato)
        for row in rows:
            row["linea"] += len(lines) + 1
        lines += printed
        truth += rows
    return "\n".join(lines) + "\n", truth


def _pages(rng: random.Random, forms: int) -> list[Pagina]:
    """Form pages of several units, each with one to four quarters of one year, a unit's together."""
    out: list[Pagina] = []
    units = list(catalogue_units() + made_up_units())
    base_year = rng.choice((2021, 2022, 2022, 2022, 2023, 2024))
    while len(out) < forms:
        unit = units.pop(_unit_index(rng, units)) if units else rng.choice(made_up_units())
        year = base_year if rng.random() < 0.85 else base_year + 1
        actions = draw_actions(rng)
        quarters = sorted(rng.sample((1, 2, 3, 4), k=rng.choice((1, 2, 2, 2, 3, 4))))
        for quarter in quarters:
            what = page(unit, year, quarter, actions)
            if what.filas and len(out) < forms:
                out += _split(rng, what)
    return out


def _split(rng: random.Random, what: Pagina) -> list[Pagina]:
    """One report in eight of six rows or more takes two pages, each with a header of its own."""
    if len(what.filas) < 6 or rng.random() >= 1 / 8:
        return [what]
    half = (len(what.filas) + 1) // 2
    return [replace(what, filas=what.filas[:half]), replace(what, filas=what.filas[half:])]


def _unit_index(rng: random.Random, units: list[Ejecutora]) -> int:
    """Half the units of an extract come from the catalogue while it lasts."""
    known = [i for i, u in enumerate(units) if u.ramo == "54"]
    return rng.choice(known) if known and rng.random() < 0.5 else rng.randrange(len(units))
