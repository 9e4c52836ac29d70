"""A reader of published versions, as BI tools read: it asks again and again until told to stop.

Runs as a program, with nothing but DuckDB (of any version) installed: a client of its own, in a
process of its own. Each query reads the marks in every table there is; two marks in one query
would be two versions. Not here: publishing, and judging what the reader reports (``readers``).

    python reader_program.py fixed|pointer|parquet|held PUBLISHED STOP_FILE
"""

import json
import sys
import time
from pathlib import Path

import duckdb

PAUSE_SECONDS = 0.05
"""Between two queries: readers that never rest would slow the publishing they are to meet."""

ASK = (
    "select marca from {0} where marca is not null union all select marca from {1} where marca is not null "
    "union all select marca from {2} where marca is not null"
)


def main() -> None:
    """Read until the stop file is there, then print what was seen."""
    how, published, stop = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    queries, seen, mixed, errors = 0, [], 0, []
    held = duckdb.connect(str(published / "avance.duckdb"), read_only=True) if how == "held" else None
    while not stop.exists() or not (queries or errors):
        try:
            found = {mark for (mark,) in ask(how, published, held)}
        except Exception as error:  # whatever it is, it is what a person would have seen
            errors.append(f"{type(error).__name__}: {error}"[:300])
            time.sleep(0.01)
            continue
        queries += 1
        mixed += len(found) != 1
        seen.extend(mark for mark in found if mark not in seen[-1:])
        time.sleep(PAUSE_SECONDS)
    print(
        json.dumps({"queries": queries, "seen": seen, "mixed": mixed, "errors": errors, "duckdb": duckdb.__version__})
    )


def ask(how, published, held):
    """The marks in every table of the version, in one query."""
    tables = ("marts.fct_avance", "marts.dim_accion", "(select run_id as marca from main.publicacion)")
    if how == "held":
        return held.execute(ASK.format(*tables)).fetchall()
    if how == "parquet":
        version = json.loads((published / "current.json").read_text())["version"]
        files = [f"'{published / version / name}.parquet'" for name in ("fct_avance", "dim_accion")]
        con = duckdb.connect()
        try:
            return con.execute(ASK.format(*files, files[0])).fetchall()
        finally:
            con.close()
    name = json.loads((published / "current.json").read_text())["duckdb"] if how == "pointer" else "avance.duckdb"
    con = duckdb.connect(str(published / name), read_only=True)
    try:
        return con.execute(ASK.format(*tables)).fetchall()
    finally:
        con.close()


if __name__ == "__main__":
    main()
