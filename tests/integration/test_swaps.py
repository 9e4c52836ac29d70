"""An input swapped at a stage of a real run and swapped back at a later one: the next run looks again and is right."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import RAIZ

pytestmark = pytest.mark.long

RUN = """
import json, os, shutil, sys
from pathlib import Path
from dagster_project import settings
root, there, back, swaps = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])
settings.Settings.__init__.__defaults__ = (None, root, None, None)  # its own seeds and dbt project
from dagster_project.command import progress
begin, passed = progress.Progress.begin_stage, []
def at(self, name, words):
    passed.append(name)
    for place, other in swaps.items():
        if len(passed) == there:
            (root / "aside").write_bytes((root / place).read_bytes())
            (root / place).write_text(other, encoding="utf-8")
        if len(passed) == back:
            (root / "aside").replace(root / place)
    begin(self, name, words)
progress.Progress.begin_stage = at
from dagster_project.cli import app
try:
    app(sys.argv[5:], standalone_mode=True)
finally:
    print("passed", json.dumps(passed))
"""
PUBLISHING = 11
"""Of the twelve stages that a run names, the one by which what was swapped is back: instance, the steps and borders."""

ROW_402 = "40\t5\t5\t20\t0\t15\t0\t15\t0\t0\t0\t0\t5\t13%"
CHANGED_402 = "40\t5\t6\t20\t0\t15\t0\t15\t0\t0\t0\t0\t6\t15%"
KINDS = ("extract", "inbox", "register", "decision", "bands", "model")
DRAWN = random.Random(20261127)
PAIRS = [tuple(sorted(DRAWN.sample(range(2, PUBLISHING), 2))) for _ in KINDS]


def _swaps(root: Path, huella: str) -> dict[str, tuple[str, str]]:
    """Of each kind the file and what it says while it is swapped."""

    def other(place: str, old: str, new: str) -> tuple[str, str]:
        text = (root / place).read_text(encoding="utf-8")
        assert old in text
        return place, text.replace(old, new)

    registered = (root / "seeds/extractos.csv").read_text(encoding="utf-8") + "inbox://b.txt,,2022-12-31,prueba\n"
    decided = (root / "seeds/correcciones.csv").read_text(encoding="utf-8")
    decided += f"{huella},a1,5,6,prueba,quien sea,2026-01-01,,\n"
    return {
        "extract": other("extracts/2022/000_31395e697809fd00.txt", ROW_402, CHANGED_402),
        "inbox": other("home/inbox/b.txt", CHANGED_402, ROW_402),
        "register": ("seeds/extractos.csv", registered),
        "decision": ("seeds/correcciones.csv", decided),
        "bands": other("seeds/semaforo.csv", "rojo,1,0,true,50,false", "rojo,1,0,true,49,false"),
        "model": other("dbt/macros/semaforo.sql", "{% macro", "{# otra #}{% macro"),
    }


def _run(root: Path, there: int, back: int, swaps: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
    env |= {"AVANCE_HOME": str(root / "home"), "AVANCE_EXTRACTS": str(root / "extracts"), "COLUMNS": "200"}
    command = [sys.executable, "-c", RUN, str(root), str(there), str(back), json.dumps(swaps), "run", *args]
    return subprocess.run(command, env=env, cwd=RAIZ, capture_output=True, text=True, timeout=900, check=False)


def _marts(root: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(str(root / "home/published/avance.duckdb"), read_only=True) as con:
        tables = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        return {table: con.execute(f"from marts.{table} order by all").fetchall() for (table,) in tables}


@pytest.fixture(scope="module")
def start(loaded, tmp_path_factory) -> Path:
    """A home with a page waiting in its inbox, with seeds and a dbt project of its own, after an undisturbed run."""
    root = tmp_path_factory.mktemp("cambios") / "root"
    shutil.copytree(loaded[0].home, root / "home", symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
    shutil.copytree(loaded[0].extracts, root / "extracts")
    shutil.copytree(RAIZ / "seeds", root / "seeds")
    shutil.copytree(RAIZ / "dbt", root / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    text = (root / "extracts/2022/000_31395e697809fd00.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "home/inbox").mkdir(exist_ok=True)
    (root / "home/inbox/b.txt").write_text("".join(text[296:337]).replace(ROW_402, CHANGED_402), encoding="utf-8")
    done = _run(root, 0, 0, {})
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.mark.parametrize(("kind", "pair"), zip(KINDS, PAIRS, strict=True), ids=KINDS)
def test_the_next_run_is_not_confirmed_and_brings_what_the_inputs_say(
    start: Path, tmp_path: Path, kind: str, pair: tuple[int, int]
) -> None:
    """Row by row as before; a run that is disturbed may publish either state or fail, never be taken for the last."""
    root = tmp_path / "root"
    shutil.copytree(start, root, symlinks=True)
    with duckdb.connect(str(root / "home/warehouse.duckdb"), read_only=True) as con:
        [(huella,)] = con.execute(
            "select r.huella from raw.renglones r join raw.elegidas e using (extracto_id, linea) "
            "where e.accion_numero = 402 and e.corte = '2022-T1'"
        ).fetchall()
    place, other = _swaps(root, huella)[kind]
    held = (root / place).read_bytes()
    disturbed = _run(root, *pair, {place: other}, "--force")
    assert "Traceback" not in disturbed.stderr, disturbed.stderr
    if (root / "aside").exists():  # it ended before it was swapped back
        (root / "aside").replace(root / place)
    assert (root / place).read_bytes() == held
    done = _run(root, 0, 0, {})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing has changed since the run" not in done.stdout
    assert _marts(root) == _marts(start)
    assert "nothing has changed since the run" in _run(root, 0, 0, {}).stdout
