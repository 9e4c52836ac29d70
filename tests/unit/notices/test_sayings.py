"""What is told of a run: one notice where anything happened, none where nothing did."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from dagster_project.notices.run_facts import FailedCheck, RunFacts
from dagster_project.notices.sayings import LISTED, of_delays, of_failure, of_load
from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from dagster_project.warehouse.db.lock import WarehouseBusyError, writer_lock
from tests.unit.defs.test_tables import LOADED, REFUSED

PUBLISHED = {
    "version": "000002-x",
    "nueva": True,
    "hallazgos": {"error": 1, "advertencia": 4, "informacion": 0},
    "hallazgos_antes": {"error": 0, "advertencia": 5, "informacion": 0},
    "paginas_apartadas": 2,
}
FILES = [{"extracto_id": None, "bytes": 9, **REFUSED}, {"extracto_id": "x", "bytes": 9, **LOADED}]
LATE = FailedCheck("marts/dim_corte", "trimestre_a_tiempo", {"atrasos": [{"clave": "trimestre:1", "dicho": "tarde"}]})


def test_a_publication_is_summed_up():
    """New and refused files, findings against the version before, pages set aside, warnings."""
    warned = [FailedCheck("marts/dim_corte", "cobertura", {"observado": 8, "faltan": "02002/1: 2022-T2"}), LATE]
    said = of_load(RunFacts("r", True, extracts=FILES, publication=PUBLISHED, warned=warned))
    assert said.titulo == "Avance: versión 000002-x publicada"
    assert said.lineas[:4] == (
        "Archivos: 1 rechazados, 1 nuevos",
        "No se pudo leer a.txt, línea 3: no form (sin_formato)",
        "Hallazgos: 1 error (antes 0), 4 advertencia (antes 5), 0 informacion (antes 0)",
        "Páginas apartadas: 2",
    )
    assert "Atraso: tarde" in said.lineas
    assert "Con aviso: marts/dim_corte cobertura (8; 02002/1: 2022-T2)" in said.lineas
    assert len(said.claves) == 3


def test_the_first_publication_has_none_before():
    """Nothing is compared."""
    said = of_load(RunFacts("r", True, publication=PUBLISHED | {"hallazgos_antes": {}}))
    assert "Hallazgos: 1 error, 4 advertencia, 0 informacion" in said.lineas


def test_a_run_that_changed_nothing_is_no_event():
    """Whatever warns still."""
    same = PUBLISHED | {"nueva": False}
    warned = [FailedCheck("marts/dim_corte", "cobertura", {"observado": 8})]
    assert of_load(RunFacts("r", True, extracts=[FILES[1]], publication=same, warned=warned)) is None


def test_a_refused_file_is_an_event_though_the_marts_stay():
    """By its bytes: read again it is the same event, changed it is another."""
    same = PUBLISHED | {"nueva": False}
    facts = RunFacts("r", True, extracts=FILES, publication=same)
    said, again = of_load(facts), of_load(replace(facts, run_id="s"))
    assert said.evento == "archivos_rechazados"
    assert said.claves == again.claves
    other = of_load(replace(facts, extracts=[FILES[0] | {"bytes": 10}]))
    assert other.claves != said.claves


def test_a_failure_names_step_check_and_run():
    """With what was seen."""
    failed = [FailedCheck("raw/elegidas", "suma", {"observado": "1 de 68 filas no cumplen"})]
    said = of_failure(RunFacts("r9", False, failed_steps={"dbt": "no"}, failed=failed))
    assert said.lineas[:2] == ("dbt: no", "No pasó raw/elegidas suma (1 de 68 filas no cumplen)")
    assert said.lineas[-1] == "Corrida r9"
    assert said.claves == ("falla:r9",)


def test_a_load_that_is_asked_for_again_fails_once():
    """The inbox's sensor asks until it succeeds: for the same reason it is one event, for another a new one."""
    facts = RunFacts("r1", False, failed_steps={"dbt": "no"})
    first = of_failure(facts, asked="bandeja 1")
    assert of_failure(replace(facts, run_id="r2"), asked="bandeja 1").claves == first.claves
    assert of_failure(replace(facts, failed_steps={"dbt": "otra"}), asked="bandeja 1").claves != first.claves


HOLD = "import sys, time; from pathlib import Path; from dagster_project.warehouse.db.lock import writer_lock\n"
HOLD += "with writer_lock(Path(sys.argv[1])): print(flush=True); time.sleep(60)"


def _of_two_tries(holding: str, opened, path) -> tuple[int, int]:
    """How many things two tries to open what another process holds say, and how many events they are."""
    keys, said = set(), set()
    for _ in range(2):
        command = [sys.executable, "-c", holding, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=RAIZ) as other:
            other.stdout.readline()
            with pytest.raises(WarehouseBusyError) as busy, opened(path):
                pass
            other.kill()
        said.add(str(busy.value))
        keys |= set(of_failure(RunFacts("r", False, failed_steps={"raw_extractos": str(busy.value)}), "b 1").claves)
    return len(said), len(keys)


def test_a_busy_warehouse_is_one_event_whoever_is_at_work(tmp_path):
    """Each try meets another process, perhaps; the request failed of the same thing."""
    assert _of_two_tries(HOLD, writer_lock, tmp_path) == (2, 1)


def test_a_file_that_another_program_has_open_is_one_event(tmp_path):
    """Whichever has it: its number stands in what DuckDB says."""
    holding = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print(flush=True); time.sleep(60)"
    assert _of_two_tries(holding, open_warehouse, tmp_path / "warehouse.duckdb") == (2, 1)


def test_a_blocking_check_alone_is_a_reason():
    """A run may fail without a step that did: its checks say why; a killed one, its record."""
    assert of_failure(RunFacts("r", False, ended="The process of this run ended")).lineas[0].startswith("The process")


def test_long_lists_are_cut_and_counted():
    """Nobody reads four hundred lines of mail."""
    many = [FailedCheck("a", f"c{n}", {}) for n in range(LISTED + 5)]
    said = of_failure(RunFacts("r", False, failed=many, failed_steps={"s": "x"}))
    assert "… y 5 más" in said.lineas


def test_nothing_late_is_no_notice():
    """A quiet day."""
    assert of_delays([]) is None


def test_a_load_that_failed_after_it_published_says_both():
    """The version is told with the failure: the next run, which only confirms it, tells it no more."""
    said = of_failure(RunFacts("r", False, publication=PUBLISHED, failed_steps={"vistas_publicadas": "no"}))
    assert said.titulo == "Avance: la carga publicó la versión 000002-x y luego falló"
    assert "version:000002-x" in said.claves
    assert not any("sigue como estaba" in line for line in said.lineas)


def test_another_job_is_no_load():
    """Tidying that failed is no load that failed."""
    assert of_failure(RunFacts("r", False), None, "ordenar_la_casa").titulo == "Avance: falló ordenar_la_casa"


def test_a_copy_that_could_not_be_made_is_told_with_the_version():
    """The database's own words."""
    said = of_load(RunFacts("r", True, publication=PUBLISHED | {"postgres": {"error": "no route"}}))
    assert "PostgreSQL no tiene copia de la versión: no route" in said.lineas
