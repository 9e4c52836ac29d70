"""One dbt build of hand-made raw rows, shared by the tests of the marts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.dbt_built import Built, run_dbt
from tests.support.dbt_world import RawWorld
from tests.support.shared import made_once


def fill(world: RawWorld) -> None:
    """Two cuts of two units, with a plan that changes between them, and every kind of trouble."""
    world.extract("e1", "2022/mexicali.txt", lines=110)
    t1 = world.page("e1", 1, "54101", "2022-T1", "sin_eje", "511", lineas={"2.3.1": "APOYOS DE ORDEN SOCIAL"})
    t1.row(100, "446 126 91 207 22 128 - - - 128 29", texto="Proporcionar apoyos", medida="Apoyo Social")
    t1.row(101, "150 50 0 100 0 52 - - - 52 35", medida="Beneficiario", lineas=["2.2.3"])
    t1.row(102, "276 76 71 107 22 76 - - - 76 28", lineas=["2.3.1", "2.3.1", "2.2.3"])
    t1.row(103, "20 0 20 0 0 0 - - - 0 0", observaciones="")
    t4 = world.page("e1", 2, "54101", "2022-T4", "con_eje", "511",
                    lineas={"2.3.1": "SENSIBILIZACION EN MATERIA DE GENERO Y DIVERSIDAD"})  # fmt: skip
    first = "02002-54101-2022-T1-00"
    t4.row(100, "320 - 91 207 22 - 91 237 22 350 109", accion_id=first + "1", texto="Proporcionar apoyos sociales",
           medida="APOYO SOCIAL")  # fmt: skip
    t4.row(101, "100 - - 100 - - - 130 - 130 130", accion_id=first + "2", medida="Beneficiarios", lineas=[])
    t4.row(102, "200 - 71 107 22 - 71 107 22 200 100", accion_id=first + "3", puntaje=0.61)
    t4.row(103, "20 - - - - - - - - 20 100", accion_id=first + "4", lineas=["211"],
           dudas=dict.fromkeys(("p2", "p3", "p4", "a2", "a3", "a4"), (0, 20)))  # fmt: skip

    b1 = world.page("e1", 3, "54204", "2022-T1", "sin_eje", "541", estado="reparada")
    b1.row(605, "381 18 118 119 126 44 - - - 44 12", medida="EVENTO")
    b1.row(606, "90 90 90 90 90 80 - - - 80 89", medida="Porcentaje")
    b4 = world.page("e1", 4, "54204", "2022-T4", "con_eje", "542")
    b4.row(505, "363 - 118 119 126 - 142 122 138 402 111", accion_id="02002-54204-2022-T1-001", medida="Evento",
           reparadas={"p4": "136"})  # fmt: skip
    b4.row(506, "95 - 95 95 95 - 90 90 90 90 95", accion_id="02002-54204-2022-T1-002", medida="Porcentaje")
    b4.row(509, "6 - 4 4 4 - 4 4 4 6 100", cierra=False, medida="Luminaria", inferida=True,
           dudas=dict.fromkeys(("p2", "p3", "p4", "a2", "a3", "a4"), (4, 4)))  # fmt: skip

    c4 = world.page("e1", 5, "54999", "2022-T4", "con_eje", "549")
    c4.row(900, "10 - 4 4 2 - 1 4 2 7 70")
    c4.row(901, "5 - 5 - - - 5 - - 5 100", observaciones="")
    world.page("e1", 6, None, "2022-T4", "con_eje", estado="dudosa")
    f4 = world.page("e1", 7, "54203", "2022-T4", "con_eje", "511", estado="dudosa")
    f4.row(300, "40 - 10 10 20 - 10 10 25 45 113")
    world.extract("e0", "2022/anterior.txt")
    again(world)
    next_year(world)
    world.refusal("2022/foto.txt", "no es texto")


def next_year(world: RawWorld) -> None:
    """2023 of a unit: an action that goes on, and one of which it is not sure."""
    page = world.page("e1", 10, "54999", "2023-T1", "con_eje", "549", lineas={"9.9.9": "LINEA SIN ACCIONES"})
    world.con.execute(  # a classification that no catalogue has
        "update raw.campos set codigo_impreso = '9', valor = null where formato = 10 and campo = 'subfuncion'"
    )
    page.row(901, "9 9 - - - 1 - - - 1 11", texto="Pintar bardas y muros")
    page.row(900, "12 3 3 3 3 1 - - - 1 8")
    last, new = "02002-54999-2022-T4-00", "02002-54999-2023-T1-00"
    world.series(new + "1", 2023, "54999", propuesta=last + "2", puntaje=0.61)
    world.series(new + "2", 2023, "54999", anterior=last + "1")


def again(world: RawWorld) -> None:
    """Pages of one report in several files, and pages that nobody can place."""
    first = world.page("e1", 8, "54102", "2022-T4", "con_eje", "511", situacion="en_disputa", cede_ante="e2:1")
    doubt = {"p4": (20, 26), "a4": (5, 8), "meta": (40, 46), "absoluto": (25, 28), "relativo_pct": (61, 63)}
    first.row(200, "- - 10 10 - - 10 10 - - -", accion_id="02002-54102-2022-T4-001", dudas=doubt)
    first.row(201, "40 - 10 10 20 - 10 10 25 45 113", accion_id="02002-54102-2022-T4-002")
    world.extract("a0", "2022/cortado.txt", lines=20)
    world.page("a0", 1, "54102", "2022-T4", "con_eje", "511")
    world.extract("e2", "2022/otra_vez.txt", lines=40)
    other = world.page("e2", 1, "54102", "2022-T4", "con_eje", "511", situacion="en_disputa", cede_ante="e1:8")
    other.row(200, "- - 10 10 - - 10 10 - - -", accion_id="02002-54102-2022-T4-001", dudas=doubt, regla="en_disputa")
    other.row(201, "40 - 10 10 20 - 10 10 25 45 113", accion_id="02002-54102-2022-T4-002", regla="repetido")
    copy = world.page("e2", 2, "54101", "2022-T1", "sin_eje", "511", situacion="copia", cede_ante="e1:1")
    copy.row(100, "446 126 91 207 22 128 - - - 128 29")
    old = world.page("e2", 3, "54204", "2022-T1", "sin_eje", "542", situacion="sustituida", cede_ante="e1:3")
    old.row(605, "381 18 118 119 126 40 - - - 40 10", medida="EVENTO", texto="Organizar eventos")
    old.row(607, "12 3 3 3 3 3 - - - 3 25", texto="Pintar bardas")
    world.extract("e3", "inbox://nuevo.txt", lines=20)
    waits = world.page("e3", 1, "54999", "2022-T4", "con_eje", "549", situacion="por_aprobar", cede_ante="e1:5")
    waits.row(900, "10 - 4 4 2 - 1 4 3 8 80")
    timeless = world.page("e1", 9, "54101", "0000-T1", "sin_eje", "511")
    timeless.row(100, "446 126 91 207 22 128 - - - 128 29", texto="Proporcionar apoyos")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The hand-made world after ``dbt build``, unit tests among it; not to be changed."""

    def build(folder: Path) -> None:
        world = RawWorld.create(folder / "warehouse.duckdb")
        fill(world)
        world.con.close()
        statuses = run_dbt(folder / "warehouse.duckdb", folder / "target", ["build"])
        (folder / "statuses.json").write_text(json.dumps(statuses), encoding="utf-8")

    folder = made_once(tmp_path_factory, "dbt", build)
    statuses = json.loads((folder / "statuses.json").read_text(encoding="utf-8"))
    return Built(folder / "warehouse.duckdb", folder / "target", statuses)


@pytest.fixture(scope="session")
def manifest(built: Built) -> Iterator[dict[str, Any]]:
    """The manifest of the project as dbt wrote it."""
    return json.loads((built.target / "manifest.json").read_text(encoding="utf-8"))
