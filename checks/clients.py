"""Every client that is there asks the published version, and the copy in PostgreSQL: ``python -m checks.clients HOME``.

Belongs here: a client, its way in, and whether it got what the version holds. Does not belong here: publications under
readers (``checks.faults.readers``). A client that is not installed is left out, so that the table says what was tried.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

QUESTION = (
    "select count(*), count(distinct unidad_codigo), min(ente_codigo), sum(programado), count(programado) "
    "from marts.bi_avance"
)
"""Rows, units, a code that begins with a nought, an exact sum, how many are not null."""

ASK = {
    "duckdb": "import duckdb\n"
    "print(duckdb.__version__)\n"
    "row = duckdb.connect(FILE, read_only=True).execute(QUESTION).fetchone()",
    "sqlalchemy": "import sqlalchemy\n"
    "print(sqlalchemy.__version__)\n"
    "with sqlalchemy.create_engine(URL).connect() as con:\n"
    "    row = con.execute(sqlalchemy.text(QUESTION)).fetchone()",
    "adbc": "import adbc_driver_manager, adbc_driver_manager.dbapi as d, duckdb, adbc_driver_duckdb\n"
    "print(adbc_driver_manager.__version__)\n"
    "con = d.connect(driver=adbc_driver_duckdb.driver_path(), entrypoint='duckdb_adbc_init',\n"
    "                db_kwargs={'path': FILE, 'access_mode': 'READ_ONLY'})\n"
    "cursor = con.cursor(); cursor.execute(QUESTION); row = cursor.fetchone()\n"
    "cursor.close(); con.close()",
    "adbc-postgres": "import adbc_driver_postgresql, adbc_driver_postgresql.dbapi as d\n"
    "print(adbc_driver_postgresql.__version__)\n"
    "con = d.connect(PG); cursor = con.cursor()\n"
    "cursor.execute(QUESTION); row = cursor.fetchone()\n"
    "cursor.close(); con.close()",
    "psycopg": "import psycopg\nprint(psycopg.__version__)\nrow = psycopg.connect(PG).execute(QUESTION).fetchone()",
    "pandas": "import pandas as pd\n"
    "print(pd.__version__)\n"
    "t = pd.read_parquet(FOLDER + '/bi_avance.parquet', dtype_backend='pyarrow')\n"
    "row = [len(t), t.unidad_codigo.nunique(), t.ente_codigo.min(), t.programado.sum(), t.programado.count()]",
    "polars": "import polars as pl\n"
    "print(pl.__version__)\n"
    "t = pl.read_parquet(FOLDER + '/bi_avance.parquet')\n"
    "p = t['programado']\n"
    "row = [len(t), t['unidad_codigo'].n_unique(), t['ente_codigo'].min(), p.sum(), p.count()]",
}
"""What a client runs: it prints its version, and leaves the answer in ``row``."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A client, by which way, and what it got; ``got`` is an error's last line where it got none."""

    client: str
    way: str
    got: str
    ok: bool


def main() -> int:
    """Ask with every client, print the table; 1 if any was given something else than the version holds."""
    parser = argparse.ArgumentParser(prog="python -m checks.clients", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--python", action="append", default=[sys.executable], help="an environment with clients in it")
    parser.add_argument("--postgres", default="", help="postgresql://… that has a copy of the same version")
    asked = parser.parse_args()
    tried = list(_all(asked.home / "published", asked.python, asked.postgres))
    table = Table("Client", "Way in", "Result")
    for one in tried:
        table.add_row(one.client, one.way, ("" if one.ok else "WRONG: ") + one.got)
    Console(width=150).print(table)
    return 0 if tried and all(one.ok for one in tried) else 1


def _all(published: Path, pythons: list[str], postgres: str) -> Iterator[Tried]:
    version = json.loads((published / "current.json").read_text(encoding="utf-8"))
    file, folder = published / version["duckdb"], published / version["version"]
    with duckdb.connect(str(file), read_only=True) as con:
        expected = con.execute(QUESTION).fetchall()[0]
    named = {"FILE": str(file), "FOLDER": str(folder), "PG": postgres, "QUESTION": QUESTION}
    ways = [
        ("duckdb", "the DuckDB file", {}),
        ("sqlalchemy", "duckdb:// (access_mode=read_only)", {"URL": f"duckdb:///{file}?access_mode=read_only"}),
        ("adbc", "the DuckDB file, ADBC", {}),
        ("pandas", "Parquet", {}),
        ("polars", "Parquet", {}),
    ]
    if postgres:
        by_psycopg = postgres.replace("postgresql://", "postgresql+psycopg://")
        ways += [
            ("psycopg", "PostgreSQL", {}),
            ("sqlalchemy", "postgresql+psycopg://", {"URL": by_psycopg}),
            ("adbc-postgres", "PostgreSQL, ADBC", {}),
        ]
    wanted = [str(value) for value in expected]
    for python in pythons:
        for client, way, more in ways:
            yield from _python(python, client, way, named | more, wanted)
    yield from _command("duckdb", ["-readonly", "-csv", "-noheader", str(file), "-c"], "the DuckDB file", wanted)
    if postgres:
        yield from _command("psql", [postgres, "-At", "-F,", "-c"], "PostgreSQL", wanted)
    yield from _libreoffice(folder)


def _python(python: str, client: str, way: str, named: dict[str, str], expected: list[str]) -> Iterator[Tried]:
    # By the environment: an address may hold a password, and other accounts see a command's arguments.
    code = f"import json, os\nglobals().update(json.loads(os.environ['ASKED']))\n{ASK[client]}\nprint(*row, sep='\\n')"
    env = os.environ | {"ASKED": json.dumps(named)}
    done = subprocess.run([python, "-c", code], env=env, capture_output=True, text=True, timeout=300)
    if any(
        name in done.stderr
        for name in ("ModuleNotFoundError", "NoSuchModuleError", "pyarrow is required", "fastparquet is required")
    ):
        return
    version, *got = done.stdout.splitlines() or [""]
    ok = done.returncode == 0 and _same(got, expected)
    failed = (done.stderr.strip().splitlines() or ["no output"])[-1]
    yield Tried(f"{client} {version}", way, "; ".join(got[:3]) or failed, ok)


def _same(got: list[str], expected: list[str]) -> bool:
    """Counts and codes as texts, the sum as a number: clients write its noughts differently."""
    if len(got) != len(expected):
        return False
    return got[:3] + got[4:] == expected[:3] + expected[4:] and Decimal(got[3]) == Decimal(expected[3])


def _command(name: str, options: list[str], way: str, expected: list[str]) -> Iterator[Tried]:
    if not (path := shutil.which(name)):
        return
    done = subprocess.run([path, *options, QUESTION], capture_output=True, text=True, timeout=300)
    said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60).stdout.split()
    got = done.stdout.strip().split(",")
    version = next((word for word in said if word[:1].isdigit() or word[:2] == "v1"), "")
    yield Tried(f"{name} {version}", way, "; ".join(got[:3]) or done.stderr.strip(), _same(got, expected))


def _libreoffice(folder: Path) -> Iterator[Tried]:
    """Both workbooks opened and written as PDF: what it cannot open leaves no file."""
    if not (path := shutil.which("soffice")):
        return
    for book in sorted(folder.glob("*.xlsx")):
        with tempfile.TemporaryDirectory() as made:
            command = [
                path,
                f"-env:UserInstallation=file://{made}/p",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                made,
            ]
            subprocess.run([*command, str(book)], capture_output=True, timeout=300)
            pages = list(Path(made).glob("*.pdf"))
            size = pages[0].stat().st_size if pages else 0
            yield Tried("LibreOffice", book.name, f"PDF of {size:,} bytes", size > 10_000)


if __name__ == "__main__":
    raise SystemExit(main())
