"""The first run on the real extract, and the second, through the installed command."""

from __future__ import annotations

import json
import re
from decimal import Decimal


def test_summary_says_what_was_done(loaded):
    """Extracts, forms, rows, units, quarters, readings, models, checks, findings, version, how to look."""
    _, done = loaded
    for words in (
        r"extracts +1 loaded",
        r"forms +11 pages, 68 action rows",
        r"units +5: 54101, 54102, 54201, 54202, 54204",
        r"quarters +2: 2022-T1, 2022-T4",
        r"readings +.*exacta",
        r"dbt +\d+ seeds and models built, \d+ tests",
        r"checks +\d+ passed, \d+ warned",
        r"findings +.*advertencia",
        r"published +\d{6}-\d{8}T\d+Z-\w+, new",
        r"seconds +.*dbt",
        r"import duckdb",
        r"in the browser +\S+/avance ui",
    ):
        assert re.search(words, done.stdout), words


def test_terminal_holds_no_log(loaded):
    """Dagster's and dbt's logs go to a file under the home, not to the terminal; a clean run warns of nothing."""
    casa, done = loaded
    assert "STEP_START" not in done.stdout + done.stderr
    assert "START sql" not in done.stdout + done.stderr
    (log,) = (casa.home / "logs").glob("run-*.log")
    said = log.read_text(encoding="utf-8")
    assert "RUN_SUCCESS" in said
    assert [line for line in said.splitlines() if " WARNING " in line] == []


def test_published_figures(loaded):
    """Unit 54201, action 300, October-December: the figures of the form, over all its quarters."""
    casa, _ = loaded
    figures = casa.query(
        "select trimestre, avance from marts.fct_avance_corte where unidad_codigo = '54201' "
        "and accion_numero = 300 and corte = '2022-T4' and avance > 0 order by trimestre"
    )
    assert [value for _, value in figures] == [Decimal(70741), Decimal(88586), Decimal(77946)]


def test_later_quarters_are_unknown(loaded):
    """A report of the first quarter states every P and knows A for the first quarter only."""
    casa, _ = loaded
    figures = casa.query(
        "select programado, avance from marts.fct_avance_corte where unidad_codigo = '54101' "
        "and accion_numero = 100 and corte = '2022-T1' order by trimestre"
    )
    assert [p for p, _ in figures] == [126, 91, 207, 22]
    assert [a for _, a in figures] == [128, None, None, None]


def test_files_beside_the_database(loaded):
    """The pointer names the version; Parquet and CSV of each mart stand beside it."""
    casa, _ = loaded
    pointer = json.loads((casa.home / "published" / "current.json").read_text(encoding="utf-8"))
    folder = casa.home / "published" / pointer["version"]
    for kind in ("parquet", "csv"):
        assert (folder / f"fct_avance.{kind}").stat().st_size > 0
    assert (folder / "datapackage.json").is_file()


def test_second_run_confirms(casa):
    """The same again publishes nothing, says so, is quick and leaves every published byte alone."""
    before = {p: p.stat().st_mtime_ns for p in (casa.home / "published").rglob("*")}
    assert casa.told() == ["version_publicada"]
    done = casa.avance("run")
    assert casa.told() == ["version_publicada"]
    assert done.returncode == 0, done.stdout + done.stderr
    assert "confirmed: nothing has changed" in done.stdout
    assert re.search(r"extracts +1 unchanged", done.stdout)
    assert {p: p.stat().st_mtime_ns for p in (casa.home / "published").rglob("*")} == before


def test_status(casa):
    """Quarters loaded and missing by unit, findings by severity, age; also while a run writes."""
    (casa.home / "warehouse.duckdb").write_bytes(b"a run is at work here")
    done = casa.avance("status")
    assert done.returncode == 0, done.stderr
    assert re.search(r"02002/54204 +T1 -- -- T4", done.stdout)
    assert "advertencia" in done.stdout
    assert re.search(r"published (just now|\d+ (minutes|hours|days) ago)", done.stdout)


def test_status_of_an_empty_home(empty):
    """Nothing published: says so and what to do."""
    done = empty.avance("status")
    assert done.returncode == 1
    assert "avance run" in done.stdout


def test_a_damaged_publication_is_made_again(casa):
    """A published file that is not what it was is not confirmed; the run makes it good."""
    pointer = json.loads((casa.home / "published" / "current.json").read_text(encoding="utf-8"))
    (casa.home / "published" / pointer["duckdb"]).unlink()
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert casa.query("select count(*) > 0 from marts.fct_avance") == [(True,)]
