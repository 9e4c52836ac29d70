"""What Superset imports (``make superset``): database, datasets, charts and a dashboard, in one archive.

Belongs here: the form that Superset 6.1 reads (its own export of a dashboard, version 1.0.0). Does not belong here:
which charts there are (``deploy/superset/tablero.yaml``), what columns mean (dbt's manifest), a server
(``docs/connect``).

``python -m tools.superset MANIFEST ARCHIVE [--database SQLALCHEMY_URI]``
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from dagster_project.settings import RAIZ
from dagster_project.site.shown import title_of

BOARD = RAIZ / "deploy" / "superset" / "tablero.yaml"
DATABASE = "postgresql+psycopg2://avance_lectura@localhost/avance"
MADE = (1980, 1, 1, 0, 0, 0)
"""Time of every member: the same manifest gives the same archive."""

COUNT = {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": "Registros"}
ACTIONS = {"bi_avance": {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": "Acciones"}}
"""A row of ``bi_avance`` is an action in a quarter: within one, rows are actions."""

LIGHTS = {
    "rojo": "#C0392B", "naranja": "#E67E22", "amarillo": "#F1C40F", "verde": "#27AE60", "morado": "#8E44AD",
    "sin programación": "#D5D8DC", "no programado": "#7F8C8D", "dudoso": "#B2BABB", "sin reporte": "#EAEDED",
    "fuera de plan": "#F4F6F6", "no aplica": "#FBFCFC",
}  # fmt: skip
"""The colours of ``dim_semaforo``, by the word that stands beside them (held by the tests)."""


def archive(manifest: Mapping[str, Any], board: Mapping[str, Any], database: str) -> dict[str, str]:
    """The members of the archive, path -> YAML.

    Args:
        manifest: dbt's, which describes tables and columns.
        board: ``tablero.yaml``.
        database: SQLAlchemy's address of the PostgreSQL copy, or of a published DuckDB file.

    Raises:
        KeyError: a chart names a table or column that the marts do not have, or a filter a column that none has.
    """
    marts = {n["name"]: n for n in manifest["nodes"].values() if n["resource_type"] == "model"}
    members: dict[str, Any] = {
        "metadata.yaml": {"version": "1.0.0", "type": "Dashboard", "timestamp": "2026-01-01T00:00:00+00:00"},
        "databases/Avance.yaml": _database(database),
    }
    for name in board["tablas"]:
        members[f"datasets/Avance/{name}.yaml"] = _dataset(marts[name])
    for chart in board["graficas"]:
        if unknown := set(_columns(chart)) - set(marts[chart["tabla"]]["columns"]):
            raise KeyError(f"{chart['nombre']}: {chart['tabla']} has no {', '.join(sorted(unknown))}")
        members[f"charts/{_id('chart', chart['nombre'])}.yaml"] = _chart(chart)
    having = {
        f["columna"]: [n for n in board["tablas"] if f["columna"] in marts[n]["columns"]] for f in board["filtros"]
    }
    if nowhere := [column for column, names in having.items() if not names]:
        raise KeyError(f"filters: no table has {', '.join(nowhere)}")
    members["dashboards/Avance.yaml"] = _dashboard(board, having)
    return {
        f"avance/{path}": yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        for path, content in members.items()
    }


def main() -> None:
    """Write the archive."""
    parser = argparse.ArgumentParser(prog="python -m tools.superset", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--database", default=DATABASE, help="SQLAlchemy's address, without a password")
    asked = parser.parse_args()
    board = yaml.safe_load(BOARD.read_text(encoding="utf-8"))
    made = archive(json.loads(asked.manifest.read_text(encoding="utf-8")), board, asked.database)
    asked.archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(asked.archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path, text in made.items():
            out.writestr(zipfile.ZipInfo(path, MADE), text)
    print(f"{asked.archive}: {len(made)} files; in Superset: Dashboards > Import")


def _id(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"avance/superset/{kind}/{name}"))


def _database(uri: str) -> dict[str, Any]:
    return {
        "database_name": "Avance",
        "sqlalchemy_uri": uri,
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": _id("database", "Avance"),
        "version": "1.0.0",
    }


def _dataset(mart: Mapping[str, Any]) -> dict[str, Any]:
    columns = [_column(column) for column in mart["columns"].values()]
    dates = [c["column_name"] for c in columns if c["is_dttm"]]
    return {
        "table_name": mart["name"],
        "main_dttm_col": "fin_fecha" if "fin_fecha" in dates else None,
        "description": " ".join(mart["description"].split()),
        "schema": "marts",
        "sql": None,
        "uuid": _id("dataset", mart["name"]),
        "metrics": [
            {"metric_name": "registros", "verbose_name": "Registros", "expression": "COUNT(*)", "metric_type": "count"}
        ],
        "columns": columns,
        "version": "1.0.0",
        "database_uuid": _id("database", "Avance"),
    }


def _column(column: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(column["data_type"]).upper()
    return {
        "column_name": column["name"],
        "verbose_name": title_of(column["name"]),
        "description": " ".join(column["description"].split()),
        "type": kind,
        "is_dttm": kind in ("DATE", "TIMESTAMP"),
        "is_active": True,
        "groupby": True,
        "filterable": True,
    }


def _columns(chart: Mapping[str, Any]) -> list[str]:
    single = [chart[name] for name in ("eje", "serie") if name in chart]
    return [*single, *chart.get("filas", ()), *chart.get("columnas", ())]


def _chart(chart: Mapping[str, Any]) -> dict[str, Any]:
    metric = ACTIONS.get(chart["tabla"], COUNT)
    match chart["tipo"]:
        case "barras":
            viz, params = "echarts_timeseries_bar", {
                "x_axis": chart["eje"], "metrics": [metric], "groupby": [chart["serie"]], "stack": "Stack",
                "x_axis_sort_asc": True, "truncate_metric": True,
            }  # fmt: skip
        case "pastel":
            viz, params = "pie", {"metric": metric, "groupby": [chart["serie"]], "label_type": "key_value"}
        case "cruce":
            viz, params = "pivot_table_v2", {
                "metrics": [metric], "groupbyRows": chart["filas"], "groupbyColumns": chart["columnas"],
                "aggregateFunction": "Sum",
            }  # fmt: skip
        case "tabla":
            viz, params = "table", {
                "query_mode": "raw", "all_columns": chart["columnas"], "page_length": 25, "include_search": True,
                "show_cell_bars": False,
            }  # fmt: skip
        case other:
            raise ValueError(f"{chart['nombre']}: no kind of chart {other!r}")
    return {
        "slice_name": chart["nombre"],
        "viz_type": viz,
        "params": {"viz_type": viz, "adhoc_filters": [], "row_limit": 10000, **params},
        "query_context": None,
        "cache_timeout": None,
        "uuid": _id("chart", chart["nombre"]),
        "version": "1.0.0",
        "dataset_uuid": _id("dataset", chart["tabla"]),
    }


def _dashboard(board: Mapping[str, Any], having: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "dashboard_title": board["titulo"],
        "description": board["descripcion"],
        "css": "",
        "slug": "avance",
        "uuid": _id("dashboard", "Avance"),
        "position": _position(board["titulo"], board["graficas"]),
        "metadata": {
            "label_colors": LIGHTS,
            "shared_label_colors": list(LIGHTS),
            "native_filter_configuration": [_filter(having[f["columna"]], f) for f in board["filtros"]],
        },
        "version": "1.0.0",
    }


def _position(title: str, charts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows of twelve columns, filled in order."""
    rows: list[list[Mapping[str, Any]]] = [[]]
    for chart in charts:
        if sum(c["ancho"] for c in rows[-1]) + chart["ancho"] > 12:
            rows.append([])
        rows[-1].append(chart)
    names = [f"ROW-{number}" for number in range(1, len(rows) + 1)]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"id": "ROOT_ID", "type": "ROOT", "children": ["GRID_ID"]},
        "GRID_ID": {"id": "GRID_ID", "type": "GRID", "children": names, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"id": "HEADER_ID", "type": "HEADER", "meta": {"text": title}},
    }
    for name, row in zip(names, rows, strict=True):
        children = [f"CHART-{_id('chart', chart['nombre'])[:8]}" for chart in row]
        position[name] = {
            "id": name, "type": "ROW", "children": children, "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }  # fmt: skip
        for child, chart in zip(children, row, strict=True):
            position[child] = {
                "id": child, "type": "CHART", "children": [], "parents": ["ROOT_ID", "GRID_ID", name],
                "meta": {
                    "width": chart["ancho"], "height": 50, "sliceName": chart["nombre"],
                    "uuid": _id("chart", chart["nombre"]), "chartId": 0,
                },
            }  # fmt: skip
    return position


def _filter(tables: Sequence[str], asked: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": f"NATIVE_FILTER-{asked['columna']}",
        "name": asked["nombre"],
        "filterType": "filter_select",
        # The values to choose from are the first one's.
        "targets": [{"datasetUuid": _id("dataset", name), "column": {"name": asked["columna"]}} for name in tables],
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False, "searchAllOptions": False},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "type": "NATIVE_FILTER",
    }


if __name__ == "__main__":
    main()
