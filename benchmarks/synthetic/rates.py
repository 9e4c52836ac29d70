"""How often each kind of damage strikes: named sets of rates, and sets drawn at random.

Belongs here: numbers and where they come from. Does not: what a kind of damage does.

The set ``real`` was counted by hand on the one real extract (11 form pages, 68 action rows, 16 of
them departing from what their table prints, 7 of them more where the table prints the total
twice in some rows only). Rows hit, by kind:

====================  =====  ==========================================================
kind                  rows   where seen (unit / action, quarter)
====================  =====  ==========================================================
vacia_perdida            2   54101/101 Q1 (a 0), 54201/305 Q4 (a blank)
vacia_agregada           2   54202/400 and /401 Q1
celda_perdida            2   54201/306 and /307 Q4
celda_borrada            1   54101/103 Q4 (value gone, cell left)
celda_repetida           2   54102/205 Q4, second row of 54204 Q1
tramo_repetido           2   54202/406 Q1, second row of 54204 Q1
cero_por_digito          2   54102/203 and 54202/400 Q1
digito_celda             2   54204/500 (two cells) and /505 Q4
digito_meta              1   first row of 54204 Q1
total_en_cero            1   fourth row of 54204 Q1
digito_parejo            1   54204/509 Q4: one figure misread alike all along the row
digito_absoluto, digito_relativo, digito_perdido, separador, porciento_perdido, letra,
error_publicado          0   not seen in 68 rows
====================  =====  ==========================================================

A kind seen k times has rate k/68; a kind not seen has 0.25/68: "not seen" is not "never". The table
layouts were counted likewise, over 11 tables; the headers over 11 pages (unit code unreadable in
3, shifted in 1; title lost in 3, garbled in 2; period lost in 1, garbled in 1; numbers lost in 1
page and 1 row; labels lost in 3). Eleven tables prove little: the set ``harsh`` and the sets
drawn at random stand beside it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, fields, replace

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Layouts:
    """Weights of the choices drawn once a table; each dict maps a choice to its weight."""

    cero: Weights = field(default_factory=lambda: {"cero": 0.6, "blanco": 0.4})
    futuro: Weights = field(default_factory=lambda: {"cero": 0.5, "ausente": 0.3, "blanco": 0.2})
    fuera_de_plan: Weights = field(default_factory=lambda: {"omitido": 0.3, "blanco": 0.7})
    sobrantes: Weights = field(default_factory=lambda: {"ninguna": 1.0})
    total_doble: Weights = field(default_factory=lambda: {"no": 1.0})
    miles: Weights = field(default_factory=lambda: {"nada": 0.5, "coma": 0.5})


REAL_LAYOUTS = Layouts(
    cero={"cero": 0.55, "blanco": 0.40, "omitido": 0.05},
    futuro={"cero": 0.45, "ausente": 0.30, "copia": 0.15, "blanco": 0.10},
    fuera_de_plan={"omitido": 0.2, "un_blanco": 0.35, "blanco": 0.4, "cero": 0.05},
    sobrantes={"ninguna": 0.64, "ultimo_par": 0.12, "par": 0.12, "ultima_celda": 0.03, "blancos": 0.09},
    total_doble={"no": 0.91, "siempre": 0.04, "a_veces": 0.05},
    miles={"nada": 0.4, "coma": 0.4, "mixto": 0.2},
)

HARSH_LAYOUTS = Layouts(
    cero={"cero": 0.4, "blanco": 0.4, "omitido": 0.2},
    futuro={"cero": 0.35, "ausente": 0.25, "copia": 0.25, "blanco": 0.15},
    fuera_de_plan={"omitido": 0.3, "un_blanco": 0.3, "blanco": 0.3, "cero": 0.1},
    sobrantes={"ninguna": 0.4, "ultimo_par": 0.2, "par": 0.2, "ultima_celda": 0.1, "blancos": 0.1},
    total_doble={"no": 0.7, "siempre": 0.15, "a_veces": 0.15},
    miles={"nada": 0.3, "coma": 0.3, "mixto": 0.25, "espacio": 0.1, "punto": 0.05},
)


@dataclass(frozen=True, slots=True)
class Rates:
    """Probability of each kind of damage, a row or a page, the layouts of the tables, and the kinds (``kinds``) that
    all of them are of."""

    nombre: str
    # a row's cells
    vacia_perdida: float = 0.0
    vacia_agregada: float = 0.0
    celda_perdida: float = 0.0
    celda_borrada: float = 0.0
    celda_repetida: float = 0.0
    tramo_repetido: float = 0.0
    cero_por_digito: float = 0.0
    digito_celda: float = 0.0
    digito_meta: float = 0.0
    digito_absoluto: float = 0.0
    digito_relativo: float = 0.0
    digito_perdido: float = 0.0
    digito_parejo: float = 0.0
    total_en_cero: float = 0.0
    separador: float = 0.0
    porciento_perdido: float = 0.0
    letra: float = 0.0
    error_publicado: float = 0.0
    # a row's texts
    numero_perdido: float = 0.0
    numero_mal: float = 0.0
    fila_partida: float = 0.0
    # a page's header
    codigo_unidad: float = 0.0
    codigo_desplazado: float = 0.0
    codigo_programa: float = 0.0
    nombres: float = 0.0
    etiquetas: float = 0.0
    titulo_perdido: float = 0.0
    titulo_mal: float = 0.0
    periodo_perdido: float = 0.0
    periodo_mal: float = 0.0
    numeros_perdidos: float = 0.0
    disposicion: Layouts = field(default_factory=Layouts)
    clases: tuple[str, ...] = ()


_NOT_SEEN = 0.25 / 68

NONE = Rates("none")

REAL = Rates(
    "real",
    vacia_perdida=2 / 68,
    vacia_agregada=2 / 68,
    celda_perdida=2 / 68,
    celda_borrada=1 / 68,
    celda_repetida=2 / 68,
    tramo_repetido=2 / 68,
    cero_por_digito=2 / 68,
    digito_celda=2 / 68,
    digito_meta=1 / 68,
    digito_absoluto=_NOT_SEEN,
    digito_relativo=_NOT_SEEN,
    digito_perdido=_NOT_SEEN,
    digito_parejo=1 / 68,
    total_en_cero=1 / 68,
    separador=_NOT_SEEN,
    porciento_perdido=_NOT_SEEN,
    letra=0.0,
    error_publicado=_NOT_SEEN / 2,
    numero_perdido=1 / 68,
    numero_mal=_NOT_SEEN,
    fila_partida=0.0,
    codigo_unidad=3 / 11,
    codigo_desplazado=1 / 11,
    codigo_programa=2 / 11,
    nombres=3 / 11,
    etiquetas=3 / 11,
    titulo_perdido=3 / 11,
    titulo_mal=2 / 11,
    periodo_perdido=1 / 11,
    periodo_mal=1 / 11,
    numeros_perdidos=1 / 11,
    disposicion=REAL_LAYOUTS,
)


def scaled(rates: Rates, factor: float, nombre: str, **changes: object) -> Rates:
    """The same kinds of damage, each ``factor`` times as frequent, at most one in two."""
    scaled_fields = {
        f.name: min(0.5, getattr(rates, f.name) * factor)
        for f in fields(rates)
        if f.name not in ("nombre", "disposicion", "clases")
    }
    return replace(rates, nombre=nombre, **{**scaled_fields, **changes})


MILD = scaled(REAL, 1 / 3, "mild")
HARSH = scaled(REAL, 2.0, "harsh", disposicion=HARSH_LAYOUTS, letra=0.004, fila_partida=0.01)

RATES = {r.nombre: r for r in (NONE, MILD, REAL, HARSH)}


def random_rates(seed: int) -> Rates:
    """A set of rates nobody chose: each log-uniform (rows 0.1 to 8 %, pages 1 to 40 %), layouts likewise."""
    rng = random.Random(f"rates-{seed}")
    header_from = "codigo_unidad"
    drawn: dict[str, object] = {}
    low, high = 0.001, 0.08
    for f in fields(Rates):
        if f.name == header_from:
            low, high = 0.01, 0.4
        if f.name not in ("nombre", "disposicion", "clases"):
            drawn[f.name] = low * (high / low) ** rng.random()
    drawn["error_publicado"] = 0.004 * rng.random()
    layouts = Layouts(
        **{
            f.name: {k: w * rng.expovariate(1.0) for k, w in getattr(HARSH_LAYOUTS, f.name).items()}
            for f in fields(Layouts)
        }
    )
    return Rates(f"random-{seed}", disposicion=layouts, **drawn)  # type: ignore[arg-type]
