"""``docs/quality.md``: which check lives where, and why, written from the suites themselves.

``make docs`` writes it; a test holds the file to it.
Not here: the suites, and dbt's tests, which the data dictionary and ``dbt/`` describe.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dagster_project.quality.rule import Suite
from dagster_project.quality.suites.borders import BORDERS

_PLACES = (
    (
        "shapes of codes, cut within its year, every line and form accounted for",
        "Great Expectations, after raw",
        "nothing before it has seen the data, everything after it trusts them",
    ),
    (
        "chosen, settled, additive rows: ΣP = meta, ΣA = absoluto, half-up percentage, nothing achieved after the cut",
        "Great Expectations, after raw",
        "such a row that does not close is a defect of ours and must not reach a model",
    ),
    (
        "much more doubt, repair, change or silence than before",
        "Great Expectations, warnings",
        "needs history; is news about the source, not an error of the load",
    ),
    (
        "figures of `fct_avance_corte` are those chosen, row by row",
        "Great Expectations, before publishing",
        "sums between layers do not see two figures that changed places",
    ),
    (
        "keys are unique and present",
        "DuckDB constraints; dbt `llave_unica` on seeds",
        "a table refuses the row itself",
    ),
    (
        "relations between marts",
        "dbt `relaciones`, one a mart; its failing rows name the column",
        "foreign keys would keep DuckDB from rebuilding a table",
    ),
    (
        "accepted values of estado, situación, tipo, origen",
        "contracts and checks on the marts",
        "a table refuses the row itself",
    ),
    (
        "rows and sums from layer to layer; weights add up to one; versions of a unit do not overlap",
        "dbt tests (`dbt/tests/`)",
        "derivations, known to the models",
    ),
    (
        "every derivation (re-basing, accumulations, lights, rounding)",
        "dbt unit tests, in `make test`",
        "true of the SQL, whatever the data",
    ),
    (
        "a unit's quarters that nobody handed over",
        "asset check `cobertura`",
        "compares reports with the calendar of each unit",
    ),
    (
        "printed rows that do not close, repairs, doubts, refusals",
        "findings, `seeds/reglas.csv`",
        "known errors of the source are published, not hidden",
    ),
)

_INTRO = """# What is checked, where, and why

Written from the suites by `make docs`; do not edit by hand.

A check lives in one place. **Great Expectations** stands at the borders: after the files are loaded, after
the years are read, before anything is published. It holds what only data can show. **dbt** holds what a model
owes by construction. **DuckDB** holds what a table can refuse by itself. **Findings** (`marts.fct_hallazgo`)
hold what is wrong with the *paper*: a printed row that does not close stops nothing, a chosen one does.

{places}

`error` stops everything downstream and leaves the published version as it was. `warning` is shown and lets the
run go on. The severity is a decision; its reason stands in the last column.

A rule is one expectation of Great Expectations. DuckDB selects the columns that a suite needs (with joins,
windows and exact decimals, which are SQL's), Great Expectations evaluates the rules on all of their rows as a
pandas frame: first whether each holds, then, of those that failed, how many rows and which. A rule that cannot be
evaluated has failed. Over a million facts and the 2.2 million lines of text behind them all rules take some 6 s of
processor and 0.6 GB. Data Docs are not written: their pages are blank without scripts and styles from other
people's servers, and Dagster shows each check with what it saw.
"""

_TITLES = {
    "extractos": "After the files are loaded (`calidad_extractos`)",
    "ejercicios": "After the years are read (`calidad_ejercicios`)",
    "marts": "Before publishing (`calidad_marts`)",
}

_END = """## What holds the suites themselves

- `tests/support/quality_cases.py`: for each rule bad data that it alone catches. A rule without a case, or one that can
  be disabled with every case still caught, fails `tests/unit/quality/test_suites.py` (the mutation run).
- `checks/faults/gate.py` (`make faults`): for each suite, bad data that closes the gate and bad data that
  warns and passes, put before the real job.
- What failed is found from the run's summary or from the asset's *Checks* tab in `make ui`: observed, expected, a
  sample of failing rows, the reason. `AVANCE_HOME/data_docs/<number>-<run>/<suite>.<rule>.jsonl` holds the failing rows
  (up to 10,000, each with file and line) of the newest 20 runs in which a rule failed.
"""


def guide() -> str:
    """The text of ``docs/quality.md``."""
    places = _table(("What", "Where", "Why there"), _PLACES)
    parts = [_INTRO.replace("{places}", "\n".join(places))]
    for border, suites in BORDERS.items():
        parts.append(f"## {_TITLES[border]}\n")
        parts += ["\n".join(_section(suite)) + "\n" for suite in suites]
    return "\n".join([*parts, _END])


def _section(suite: Suite) -> Iterator[str]:
    yield f"### `{suite.table}`\n"
    yield f"{suite.description}\n"
    yield from _table(
        ("Regla", "Se espera", "Severidad", "Por qué"),
        [(f"`{name}`: {r.description}", r.expected, str(r.severity), r.reason) for name, r in suite.rules.items()],
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write the guide to the file named."""
    Path(sys.argv[1]).write_text(guide(), encoding="utf-8")


if __name__ == "__main__":
    main()
