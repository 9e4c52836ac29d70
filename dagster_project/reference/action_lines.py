"""The names of líneas de acción that a source gives, ``seeds/lineas_accion.csv``: whether every row can be used.

Belongs here: reading that file. Does not belong here: what a línea is called where it is silent (dbt's
``int_lineas_accion``, which reads the same file).

One row a línea: ``ente_codigo`` (INEGI key), ``plan`` (as in ``planes.csv``), ``codigo`` (2.3.1), ``nombre``, ``eje``
(the name of its eje; empty where the source does not say), ``fuente`` (the document that names it).
"""

from __future__ import annotations

import re
from pathlib import Path

from dagster_project.reference.csv_rows import ENTE, PLAN, read_rows

COLUMNS = ("ente_codigo", "plan", "codigo", "nombre", "eje", "fuente")
PATTERNS = {
    "ente_codigo": (ENTE, "an INEGI key such as 02002"),
    "plan": (PLAN, "the id of a plan"),
    "codigo": (r"[0-9]+(\.[0-9]+)+", "the code of a línea such as 2.3.1"),
    "nombre": (r".+", "a name"),
    "fuente": (r".+", "a source"),
}

Line = tuple[str, str, str]
"""(ente, plan, código)."""


class ActionLineError(ValueError):
    """A line of ``seeds/lineas_accion.csv`` that cannot be used; the message names it."""


def load_action_lines(seeds: Path) -> dict[Line, str]:
    """The known name of each línea de acción; a missing file or one without rows knows none.

    Raises:
        ActionLineError: a column is missing, a value is none of its column's, a línea stands twice, or an eje has two
            names.
    """
    names: dict[Line, str] = {}
    axes: dict[Line, str] = {}
    for where, row in read_rows(seeds / "lineas_accion.csv", COLUMNS, ActionLineError):
        for column, (pattern, what) in PATTERNS.items():
            if not re.fullmatch(pattern, row[column]):
                raise ActionLineError(f"{where}: {row[column]!r} is not {what}")
        key = row["ente_codigo"], row["plan"], row["codigo"]
        if key in names:
            raise ActionLineError(f"{where}: {' '.join(key)} stands twice")
        names[key] = row["nombre"]
        axis = (*key[:2], key[2].split(".")[0])
        if row["eje"] and axes.setdefault(axis, row["eje"]) != row["eje"]:
            raise ActionLineError(f"{where}: eje {axis[2]} is {axes[axis]!r} in an earlier line, {row['eje']!r} here")
    return names
