"""A warehouse in a temporary home and a reader of a toy language, so that loads are tested alone.

The toy: ``FORMA <unidad> <anio> <trimestre>`` opens a form (``-`` where not settled, ``54101?``
where uncertain), ``ACCION <numero> <meta> <p1..p4> <a1..a4>`` is a row (``.`` blank), ``BASURA`` is refused,
``CORTADA`` says that the form at hand is cut, ``ROMPE`` makes the reader fail; other lines are nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import (
    CAMPOS,
    ActionLink,
    ActionRow,
    ChosenReading,
    Estado,
    Form,
    FormRead,
    HeaderField,
    Reading,
    Refusal,
    RowReading,
    Settled,
)
from dagster_project.tmm_f004.page.printed_page import PrintedPage, line_hash, page_hash
from dagster_project.tmm_f004.page.truncation import Truncation
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE, PageKey, Report, Standing, settle_reports
from dagster_project.tmm_f004.settle.pages import DecidedPages
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad
from dagster_project.warehouse.years.load_year import YearLoader
from tests.support.places import Places

Con = duckdb.DuckDBPyConnection


def _settled(value: str) -> Settled:
    found = None if value == "-" else value.rstrip("?")
    sure = found is not None and not value.endswith("?")
    return Settled(found, Estado.EXACTA if sure else Estado.DUDOSA, "impreso", 1.0, (("x", 0.5),))


def parse(
    lines: Sequence[str], catalogs: Catalogs, typed: Container[int] = ()
) -> tuple[list[PrintedPage], list[Refusal]]:
    forms: list[tuple[int, str, list[ActionRow], list[Truncation]]] = []
    refused = []
    for number, line in enumerate(lines, start=1):
        word, *rest = line.split() or [""]
        if word == "ROMPE":
            raise RuntimeError("se rompió")
        if word == "BASURA":
            refused.append(Refusal("basura", "no se entiende", line, number))
        if word == "CORTADA":
            forms[-1][3].append((number, "ends without signatures", line))
        if word == "FORMA":
            forms.append((number, " ".join(rest), [], []))
        if word == "ACCION":
            forms[-1][2].append(
                ActionRow(
                    number,
                    ("1.1.1",),
                    int(rest[0]),
                    "Dar, «cosas»",
                    "Apoyo",
                    tuple(rest[1:]),
                    "",
                    huella=line_hash(line),
                )
            )
    ends = [start - 1 for start, *_ in forms[1:]] + [len(lines)]
    pages = []
    for number, ((start, head, rows, cuts), end) in enumerate(zip(forms, ends, strict=False), start=1):
        field = HeaderField("fecha", None, head, start)
        huella = page_hash(lines[start - 1 : end])
        pages.append(PrintedPage(number, start, end, huella, (field,), tuple(rows), False, (), next(iter(cuts), None)))
    return pages, refused


def place(extracto_id: str, printed: Sequence[PrintedPage], catalogs: Catalogs) -> list[PlacedPage]:
    ente = _settled(catalogs.ente_registrado or catalogs.ente_supuesto or "-")
    heads = [str(page.campos[0].texto_impreso).split() for page in printed]
    return [
        PlacedPage(extracto_id, page, ente, _settled(year), _settled(unit))
        for page, (unit, year, _) in zip(printed, heads, strict=True)
    ]


def settle(
    pages: Sequence[PlacedPage], ente: str | None, catalogs: Catalogs, decided: DecidedPages
) -> list[tuple[PlacedPage, Form, Refusal | None]]:
    found = []
    for page in sorted(pages, key=lambda p: p.place):
        printed = page.printed
        quarter = _settled(str(printed.campos[0].texto_impreso).split()[2])
        form = Form(
            printed.formato, printed.linea_inicio, printed.linea_fin, page.ente, page.unidad, page.anio, quarter,
            _settled("sin_eje"), _settled("5411"), printed.campos, printed.renglones,
        )  # fmt: skip
        line, reason, text = printed.truncada or (0, "", "")
        found.append((page, form, Refusal("forma_cortada", reason, text, line) if line else None))
    return found


def read(formato: Form, catalogs: Catalogs) -> FormRead:
    return FormRead(formato, tuple(_read_row(r) for r in formato.renglones))


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


def reconcile(
    pages: Sequence[Report], decided: object
) -> tuple[list[ActionLink], list[ChosenReading], dict[PageKey, Standing]]:
    standings = settle_reports(pages)
    links, chosen = [], []
    for page in (p for p in pages if standings[p.key].situacion in IN_FORCE):
        form = page.leido.formato
        cut = form.corte or ""
        for row in page.leido.renglones:
            action = f"{form.unidad.valor}-{row.renglon.accion}"
            place = (action, page.extracto_id, row.renglon.linea, cut)
            links.append(ActionLink(*place, "orden", 1.0))
            chosen.append(ChosenReading(*place, 1, 0.0, None, row.estado, row.valores, row.estados, {}, {}, {}))
    return links, chosen, standings


@pytest.fixture
def toy() -> Reader:
    return Reader(parse, place, settle, read, reconcile)


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
def places(con: Con, tmp_path: Path, catalogs: Catalogs, toy: Reader) -> Places:
    """An extracts folder and an inbox, loaded together."""
    return Places(con, tmp_path, catalogs, toy)


@pytest.fixture
def years(con: Con, catalogs: Catalogs, toy: Reader) -> Callable[[], dict[int, EjercicioLoad]]:
    """Load every year that is pending, as a run does after the files."""

    def _years() -> dict[int, EjercicioLoad]:
        loader = YearLoader(con, catalogs, reader=toy)
        return {year: loader.load(year) for year in loader.pending()}

    return _years


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
