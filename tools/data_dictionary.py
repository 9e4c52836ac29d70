"""The data dictionary (``docs/diccionario.md``), from what dbt's manifest says of each mart.

Belongs here: how the page is laid out. Does not belong here: any description, which stand
beside the models (``dbt/models/marts/*/*.yml``), with the example query in ``meta.consulta``.

``python -m tools.data_dictionary MANIFEST PAGE`` writes it; ``make docs`` calls that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SECTIONS = {
    "bi_": "Tabla ancha, la primera que conviene abrir · Wide table, the first to open",
    "fct_": "Hechos · Facts",
    "dim_": "Dimensiones · Dimensions",
    "bridge_": "Puentes · Bridges",
    "rpt_": "Reportes · Reports",
    "exp_": "Exportaciones · Exports",
}
"""Prefix of a mart's name -> the section it stands in, in the order of the page."""

_INTRODUCTION = """\
# Diccionario de datos · Data dictionary

Lo escribe `make docs` a partir de los modelos de dbt (`dbt/models/marts`); no se edita a mano.
Las tablas están en el esquema `marts` de `published/avance.duckdb`, y como Parquet y CSV en `published/<versión>/`.

`make docs` writes it from the dbt models (`dbt/models/marts`); it is not edited by hand.
The tables stand in schema `marts` of `published/avance.duckdb`, and as Parquet and CSV in `published/<version>/`.
"""


def dictionary(manifest: Mapping[str, Any]) -> str:
    """The dictionary of every mart of a dbt manifest, as Markdown.

    Raises:
        KeyError: a mart has no example query, or its name no prefix of ``SECTIONS``.
    """
    marts = sorted(
        (n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["fqn"][1] == "marts"),
        key=lambda n: n["name"],
    )
    by_section: dict[str, list[str]] = {title: [] for title in SECTIONS.values()}
    for mart in marts:
        by_section[SECTIONS[mart["name"].split("_")[0] + "_"]].append(_mart(mart))
    pieces = [_INTRODUCTION]
    for title, pages in by_section.items():
        pieces += [f"## {title}\n", *pages]
    return "\n".join(pieces)


def _mart(mart: Mapping[str, Any]) -> str:
    grain, _, more = " ".join(mart["description"].split()).partition(". ")
    lines = [f"### {mart['name']}", "", f"**Grano · Grain:** {grain.rstrip('.')}.", ""]
    if more:
        lines += [more, ""]
    lines += ["| Columna · Column | Tipo · Type | Nulos · Nulls | Descripción · Description |", "|---|---|---|---|"]
    key = next(name for name in mart["columns"] if name.endswith("_key"))
    lines += [_column(column, key) for column in mart["columns"].values()]
    if checks := [c["expression"] for c in mart["constraints"] if c["type"] == "check"]:
        lines += ["", "Siempre se cumple · Always holds:", "", *(f"- `{check}`" for check in checks)]
    lines += ["", "Consulta de ejemplo · Example query:", "", "```sql", mart["config"]["meta"]["consulta"], "```", ""]
    return "\n".join(lines)


def _column(column: Mapping[str, Any], key: str) -> str:
    kinds = {c["type"] for c in column["constraints"]}
    nulls = "llave · key" if column["name"] == key else "no" if "not_null" in kinds else "sí · yes"
    text = " ".join(column["description"].split()).replace("|", "\\|")
    return f"| `{column['name']}` | {column['data_type']} | {nulls} | {text} |"


if __name__ == "__main__":
    source, page = map(Path, sys.argv[1:])
    page.write_text(dictionary(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")
