"""A warehouse in a temporary home and a reader of a toy language, so that loads are tested alone.

The toy: ``FORMA <unidad> <anio> <trimestre>`` opens a form (``-`` where not settled, ``54101?``
where uncertain), ``ACCION <numero> <meta> <p1..p4> <a1..a4>`` is a row (``.`` blank), ``BASURA`` is refused,
``CORTADA`` says that the form at hand is cut, ``ROMPE`` makes the reader fail; other lines are nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dagster_project.tmm_f004.model import (
    CAMPOS,
    ActionLink,
    ActionRow,
    Catalogs,
    ChosenReading,
    Estado,
    Extract,
    Form,
    FormRead,
    HeaderField,
    Reading,
    Refusal,
    RowReading,
    Settled,
)
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import ExtractLoad

Con = duckdb.DuckDBPyConnection


def _settled(value: str) -> Settled:
    found = None if value == "-" else value.rstrip("?")
    sure = found is not None and not value.endswith("?")
    return Settled(found, Estado.EXACTA if sure else Estado.DUDOSA, "impreso", 1.0, (("x", 0.5),))


def settle(lines: Sequence[str], catalogs: Catalogs) -> Extract:
    forms: list[tuple[int, list[str], list[ActionRow]]] = []
    refused = []
    for number, line in enumerate(lines, start=1):
        word, *rest = line.split() or [""]
        if word == "ROMPE":
            raise RuntimeError("se rompió")
        if word == "BASURA":
            refused.append(Refusal("basura", "no se entiende", line, number))
        if word == "CORTADA":
            refused.append(Refusal("forma_cortada", "ends without signatures", line, number))
        if word == "FORMA":
            forms.append((number, rest, []))
        if word == "ACCION":
            forms[-1][2].append(
                ActionRow(number, ("1.1.1",), int(rest[0]), "Dar, «cosas»", "Apoyo", tuple(rest[1:]), "")
            )
    starts = [start for start, _, _ in forms] + [len(lines) + 1]
    return Extract(
        tuple(
            Form(
                n + 1,
                start,
                starts[n + 1] - 1,
                _settled(catalogs.ente_supuesto or "-"),
                _settled(head[0]),
                _settled(head[1]),
                _settled(head[2]),
                _settled("sin_eje"),
                _settled("5411"),
                (HeaderField("fecha", None, head[2], start),),
                tuple(rows),
            )
            for n, (start, head, rows) in enumerate(forms)
        ),
        tuple(refused),
    )


def read(formato: Form, catalogs: Catalogs) -> FormRead:
    return FormRead(formato, None, tuple(_read_row(r) for r in formato.renglones))


def _read_row(row: ActionRow) -> RowReading:
    if "ilegible" in row.impreso:
        raise ValueError("no se lee")
    figures = [None if cell == "." else Decimal(cell) for cell in row.impreso]
    achieved = sum((f for f in figures[5:9] if f is not None), Decimal(0))
    share = (200 * achieved + figures[0]) // (2 * figures[0]) if figures[0] else Decimal(0)
    values = dict(zip(CAMPOS, [*figures, achieved, share], strict=True))
    sure = dict.fromkeys(CAMPOS, Estado.EXACTA)
    reading = Reading(0.0, values, sure, dict(zip(CAMPOS, row.impreso, strict=False)))
    return RowReading(row, (reading,), Estado.EXACTA, sure, values, None)


def reconcile(reportes: Sequence[tuple[str, FormRead]]) -> tuple[list[ActionLink], list[ChosenReading]]:
    links, chosen = [], []
    for key, leido in reportes:
        cut = leido.formato.corte or ""
        for row in leido.renglones:
            action = f"{leido.formato.unidad.valor}-{row.renglon.accion}"
            links.append(ActionLink(action, key, row.renglon.linea, cut, "orden", 1.0))
            chosen.append(
                ChosenReading(
                    action, key, row.renglon.linea, cut, 1, 0.0, None, row.estado, row.valores, row.estados, {}, {}, {}
                )
            )
    return links, chosen


@pytest.fixture
def toy() -> Reader:
    return Reader(settle, read, lambda key, leido: (key, leido), reconcile)


@pytest.fixture
def catalogs() -> Catalogs:
    return Catalogs({"02002": "Mexicali"}, (), {}, frozenset({"PORCENTAJE"}), "02002")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def warehouse(home: Path) -> Path:
    return home / "warehouse.duckdb"


@pytest.fixture
def published(home: Path) -> Path:
    return home / "published"


@pytest.fixture
def con(home: Path) -> Iterator[Con]:
    with open_warehouse(home / "warehouse.duckdb") as con:
        yield con


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "extractos"
    path.mkdir()
    return path


@pytest.fixture
def load(con: Con, folder: Path, catalogs: Catalogs, toy: Reader) -> Callable[..., dict[str, ExtractLoad]]:
    """Write the named files into the folder, load it, and give what became of each path."""

    def _load(registry: dict | None = None, **files: str | bytes) -> dict[str, ExtractLoad]:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / f"{name}.txt").write_bytes(data)
        done = load_extracts(con, folder, catalogs, registry or {}, reader=toy)
        return {result.ruta.removesuffix(".txt"): result for result in done}

    return _load


@pytest.fixture
def dump(con: Con) -> Callable[[], dict[str, list[tuple]]]:
    """The content of every raw table, without the times of loading."""

    def _dump() -> dict[str, list[tuple]]:
        names = [n for (n,) in con.execute("select table_name from duckdb_tables() where schema_name='raw'").fetchall()]
        times = {"extractos": "exclude (cargado_en)", "ejercicios": "exclude (cargado_en)"}
        times["migraciones"] = "exclude (aplicada_en)"
        return {
            n: con.execute(f"select * {times.get(n, '')} from raw.{n} order by all").fetchall() for n in sorted(names)
        }

    return _dump
