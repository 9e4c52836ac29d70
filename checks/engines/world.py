"""The raw layer that both engines build from: the real extract and made-up years of two municipalities.

Three ejercicios, damaged texts, headers of every kind, a decision of each kind, two files on one report, a file that
another one replaced, a register that says when one was published. Belongs here: that raw and the seeds that go with it.
Does not belong here: building or comparing (``builds``, ``equal``).
"""

from __future__ import annotations

import csv
import re
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
NOTHING = 16 * "f"
"""The hash of no line."""


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
                _write(folder / ente / f"historia-{seed}-{number}.txt", year.text, ente)
        _write(folder / ente / "formas.txt", generate(int(ente), RATES["real"], forms)[0], ente)
    # The first of them again with other figures: two files on one report, and nobody says which counts.
    again = (folder / "02002" / "historia-0-0.txt").read_text("utf-8")
    (folder / "02002" / "otra_vez.txt").write_text(again.replace("\t5\t", "\t6\t").replace(" 10 ", " 11 "), "utf-8")
    (folder / "02002" / "nada.txt").write_text("nada\n", "utf-8")
    for name in DOCUMENTS:
        shutil.copy2(RAIZ / "tests" / "data" / "documents" / name, folder / "02002")


def _write(path: Path, text: str, ente: str) -> None:
    """A text of the first municipality as one of this."""
    path.write_text(text if ente == ENTES[0] else re.sub("mexicali", "Tijuana", text, flags=re.IGNORECASE), "utf-8")


def _replace_a_file(world: World) -> None:
    """Another text under the path of one that was loaded, with half of its reports."""
    path = world.extracts / "02004" / "historia-1-1.txt"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[: len(lines) // 2]) + "\n", "utf-8")


def _decide(world: World) -> None:
    """Figures, pages and a link as a person writes them, what answers to nothing, and what no form prints."""
    with duckdb.connect(str(world.warehouse), read_only=True) as con:
        rows = con.execute(
            "select distinct r.huella, json_extract_string(e.impresos, '$.p1') from raw.elegidas e "
            "join raw.renglones r using (extracto_id, linea) where e.p1_estado = 'dudosa' order by all limit 3"
        ).fetchall()
        pages = con.execute(
            "select huella from raw.formatos where situacion = 'vigente' and anio is not null order by all limit 2"
        ).fetchall()
        links = con.execute("select max(huella) from raw.renglones").fetchall()
        units = con.execute("select distinct ente_codigo, unidad_codigo from raw.elegidas order by all").fetchall()
    figures = [[line, "p1", said or "", 7, *DECIDED] for line, said in rows]
    _append(world.seeds / "correcciones.csv", [*figures, [NOTHING, "meta", "1", "", *DECIDED]])
    _append(world.seeds / "paginas.csv", [[page, "trimestre", "", 3, *DECIDED] for (page,) in pages])
    _append(world.seeds / "vinculos.csv", [[line, "", "", "", *DECIDED] for (line,) in links])
    _append(
        world.seeds / "indicadores.csv",
        [[*unit, "", "", "Servir", "", r"Lo hecho \ lo dicho, d'una vez", "", "", "POA"] for unit in units],
    )
    _append(world.seeds / "extractos.csv", [["no_está.txt", "", "", "nadie"], ["sin/", ENTES[0], "", ""]])
    _append(world.seeds / "lineas_accion.csv", [[ENTES[0], "con_eje", "2.3.1", "Apoyo ‘social’", "", "el plan"]])


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
