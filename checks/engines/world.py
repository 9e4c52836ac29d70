"""The raw layer that both engines build from: the real extract and made-up years of two municipalities.

Three ejercicios, damaged texts, headers of every kind, a decision of each kind, two files on one report, a file that
another one replaced, a register that says when one was published. Belongs here: that raw and the seeds that go with it.
Does not belong here: building or comparing (``builds``, ``equal``).
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.corpus import catalogs
from benchmarks.synthetic import RATES, generate
from benchmarks.synthetic.years import years
from dagster_project.reference.decisions import load_decisions
from dagster_project.reference.registry import RegistroExtracto
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.years.load_series import load_series
from dagster_project.warehouse.years.load_year import YearLoader

ENTES = ("02002", "02004")
SEEDS = RAIZ / "seeds"
DOCUMENTS = ("workbook.xlsx", "digital.pdf")
DECIDED = ["se revisó con la unidad", "Una persona", "2024-02-01", "", ""]
"""Why, who, when, and no file nor line: the empty cells are nulls on both engines."""


@dataclass(frozen=True)
class World:
    """A warehouse whose raw tables are filled, the seeds it was read with, and its extracts."""

    folder: Path

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.folder / "warehouse.duckdb"

    @property
    def seeds(self) -> Path:
        """Catalogues and decisions."""
        return self.folder / "seeds"

    @property
    def extracts(self) -> Path:
        """The texts."""
        return self.folder / "extracts"


def make_world(folder: Path, histories: int = 4, forms: int = 4) -> World:
    """Write extracts, load them, decide something of what was read, replace a file, and load again."""
    world = World(folder)
    shutil.copytree(SEEDS, world.seeds, ignore=shutil.ignore_patterns("extracts"))
    _write_extracts(world.extracts, histories, forms)
    _load(world)
    _decide(world)
    _replace_a_file(world)
    _load(world)
    return world


def change_a_year(world: World) -> None:
    """One file of one ejercicio says something else: the next build makes that ejercicio anew and no other."""
    path = world.extracts / "02002" / "historia-0-2.txt"
    path.write_text(path.read_text("utf-8").replace("Apoyo", "Evento") + "\n", "utf-8")
    _load(world)


def _write_extracts(folder: Path, histories: int, forms: int) -> None:
    shutil.copytree(SEEDS / "extracts", folder)
    for ente in ENTES:
        (folder / ente).mkdir()
        for seed in range(histories):
            for number, year in enumerate(years(7 * seed + int(ente), RATES["real"])):
                (folder / ente / f"historia-{seed}-{number}.txt").write_text(year.text, "utf-8")
        text, _ = generate(int(ente), RATES["real"], forms)
        (folder / ente / "formas.txt").write_text(text, "utf-8")
    # The first of them again with other figures: two files on one report, and nobody says which counts.
    again = (folder / "02002" / "historia-0-0.txt").read_text("utf-8")
    (folder / "02002" / "otra_vez.txt").write_text(again.replace("\t5\t", "\t6\t").replace(" 10 ", " 11 "), "utf-8")
    (folder / "02002" / "nada.txt").write_text("nada\n", "utf-8")
    for name in DOCUMENTS:
        shutil.copy2(RAIZ / "tests" / "data" / "documents" / name, folder / "02002")


def _replace_a_file(world: World) -> None:
    """Another text under the path of one that was loaded, with half of its reports."""
    path = world.extracts / "02004" / "historia-1-1.txt"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[: len(lines) // 2]) + "\n", "utf-8")


def _decide(world: World) -> None:
    """A figure that is doubtful, the municipality of a page that was set aside, a link, each as a person writes it."""
    with duckdb.connect(str(world.warehouse), read_only=True) as con:
        rows = con.execute(
            "select r.huella, e.p1, json_extract_string(e.impresos, '$.p1') from raw.elegidas e "
            "join raw.renglones r using (extracto_id, linea) where e.p1_estado = 'dudosa' order by 1 limit 3"
        ).fetchall()
        pages = con.execute(
            "select huella, anio from raw.formatos where situacion = 'vigente' and anio is not null order by 1 limit 2"
        ).fetchall()
    _append(world.seeds / "correcciones.csv", [[h, "p1", said or "", 7, *DECIDED] for h, _, said in rows])
    _append(world.seeds / "paginas.csv", [[h, "trimestre", "", 3, *DECIDED] for h, _ in pages])


def _append(path: Path, rows: list[list[object]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _load(world: World) -> None:
    known = _known()
    decisions = load_decisions(world.seeds)
    registry = {f"{ente}/": RegistroExtracto(ente) for ente in ENTES}
    registry["02004/formas.txt"] = RegistroExtracto("02004", date(2024, 2, 1))
    with open_warehouse(world.warehouse) as con:
        load_folders(con, {"": world.extracts}, known, registry, originals=world.folder / "originals")
        loader = YearLoader(con, known, decisions)
        for year in loader.known():
            loader.load(year)
        load_series(con, decisions)


def _known() -> Catalogs:
    """The catalogues, and the same units, programmes and plans as the second municipality's too."""
    known, (one, other) = catalogs(), ENTES
    return replace(
        known,
        ente_supuesto=one,
        unidades=(*known.unidades, *(replace(u, ente_codigo=other) for u in known.unidades if u.ente_codigo == one)),
        programas={**known.programas, other: known.programas[one]},
        planes={**known.planes, other: known.planes[one]},
    )
