"""The reference data the reader weighs evidence against, from the seed files that dbt loads too.

Reading CSVs into ``Catalogs`` and nothing else: the reader itself opens no file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dagster_project.reference.csv_rows import read_rows
from dagster_project.reference.plans import load_plans
from dagster_project.tmm_f004.catalogs import Catalogs, Unit
from dagster_project.tmm_f004.text.fold import plain


def load_catalogs(seeds: Path, ente_supuesto: str | None = None) -> Catalogs:
    """Read the catalogues in ``seeds``; a missing file is an empty catalogue, a malformed one a ValueError.

    ``ente_supuesto`` is the municipality (INEGI key) of pages that print none.
    """
    ratios = [r for r in _rows(seeds / "unidades_medida.csv") if r["es_razon"].strip().lower() == "true"]
    return Catalogs(
        entes={r["ente_codigo"]: r["ente_nombre"] for r in _rows(seeds / "entes.csv")},
        unidades=_units(seeds / "unidades.csv"),
        programas={r["programa_codigo"]: r["programa_nombre"] for r in _rows(seeds / "programas.csv")},
        razones=frozenset(
            plain(name) for r in ratios for name in (r["unidad_medida_nombre"], *r["alias"].split("|")) if name
        ),
        ente_supuesto=ente_supuesto or None,
        clasificacion={
            r["codigo"]: (r["finalidad_nombre"], r["funcion_nombre"], r["subfuncion_nombre"])
            for r in _rows(seeds / "conac_clasificacion_funcional.csv")
        },
        planes=load_plans(seeds),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    return (row for _, row in read_rows(path))


def _units(path: Path) -> tuple[Unit, ...]:
    """One ``Unit`` a code: its latest version names it, names of earlier versions are aliases."""
    versions: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(path):
        versions[row["ente_codigo"], row["unidad_codigo"]].append(row)
    units = []
    for (ente, code), rows in sorted(versions.items()):
        *earlier, latest = sorted(rows, key=lambda r: r["vigente_desde"])
        names = tuple(
            dict.fromkeys(r["unidad_nombre"] for r in earlier if r["unidad_nombre"] != latest["unidad_nombre"])
        )
        units.append(Unit(ente, code, latest["unidad_nombre"], latest["programa_codigo"] or None, names))
    return tuple(units)
