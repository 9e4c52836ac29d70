"""The reference data the reader weighs evidence against, from the seed files that dbt loads too.

Reading CSVs into ``Catalogs`` and nothing else: the reader itself opens no file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from dagster_project.reference.csv_rows import UNIT, read_rows
from dagster_project.reference.entes import check_ente, load_entes
from dagster_project.reference.plans import load_plans
from dagster_project.tmm_f004.catalogs import Catalogs, Unit
from dagster_project.tmm_f004.text.fold import plain

COLUMNS = {
    "unidades.csv": ("ente_codigo", "unidad_codigo", "unidad_nombre", "programa_codigo", "vigente_desde"),
    "programas.csv": ("ente_codigo", "programa_codigo", "programa_nombre"),
    "unidades_medida.csv": ("unidad_medida_nombre", "es_razon", "alias"),
    "conac_clasificacion_funcional.csv": ("codigo", "finalidad_nombre", "funcion_nombre", "subfuncion_nombre"),
}
"""What is read of the catalogues that have no reader of their own."""


def load_catalogs(seeds: Path, ente_supuesto: str | None = None) -> Catalogs:
    """Read the catalogues in ``seeds``; a missing file is an empty catalogue, a malformed one a ValueError.

    ``ente_supuesto`` is the municipality (INEGI key) of pages that print none.
    """
    entes = load_entes(seeds)
    check_ente(entes, ente_supuesto)
    measures = list(_rows(seeds / "unidades_medida.csv"))
    return Catalogs(
        entes={key: ente.nombre for key, ente in entes.items()},
        estados={key[:2]: ente.estado for key, ente in entes.items()},
        unidades=_units(seeds / "unidades.csv"),
        programas=_programmes(seeds / "programas.csv"),
        razones=_spellings(m for m in measures if m["es_razon"].lower() == "true"),
        aditivas=_spellings(m for m in measures if m["es_razon"].lower() != "true"),
        ente_supuesto=ente_supuesto or None,
        clasificacion={
            r["codigo"]: (r["finalidad_nombre"], r["funcion_nombre"], r["subfuncion_nombre"])
            for r in _rows(seeds / "conac_clasificacion_funcional.csv")
        },
        planes=load_plans(seeds),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    return (row for _, row in read_rows(path, COLUMNS[path.name]))


def _programmes(path: Path) -> dict[str, dict[str, str]]:
    """Each municipality's programmes, code to name."""
    programmes: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(path):
        programmes[row["ente_codigo"]][row["programa_codigo"]] = row["programa_nombre"]
    return dict(programmes)


def _spellings(measures: Iterable[dict[str, str]]) -> frozenset[str]:
    """The names and aliases of some measures, normalised."""
    return frozenset(
        plain(name) for m in measures for name in (m["unidad_medida_nombre"], *m["alias"].split("|")) if name
    )


def _units(path: Path) -> tuple[Unit, ...]:
    """One ``Unit`` a code: its latest version names it, names of earlier versions are aliases."""
    versions: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for where, row in read_rows(path, COLUMNS[path.name]):
        if not re.fullmatch(UNIT, row["unidad_codigo"]):
            raise ValueError(f"{where}: {row['unidad_codigo']!r} is not a unit's code such as 54204 or OM-01")
        versions[row["ente_codigo"], row["unidad_codigo"]].append(row)
    units = []
    for (ente, code), rows in sorted(versions.items()):
        *earlier, latest = sorted(rows, key=lambda r: r["vigente_desde"])
        names = tuple(
            dict.fromkeys(r["unidad_nombre"] for r in earlier if r["unidad_nombre"] != latest["unidad_nombre"])
        )
        units.append(Unit(ente, code, latest["unidad_nombre"], latest["programa_codigo"] or None, names))
    return tuple(units)
