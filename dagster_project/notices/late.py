"""What is late: a quarter that nobody reported, a unit missing from one that others reported, an old version.

By a given day, from what is published. Not here: saying it (``sayings``), and the checks that warn of it
(``defs.freshness``).
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dagster_project.settings import Patience
from dagster_project.warehouse.state.coverage import Cobertura


@dataclass(frozen=True, slots=True)
class Delay:
    """One thing that is late: what it goes by, and a sentence."""

    clave: str
    dicho: str


def quarters_late(rows: Sequence[Cobertura], today: date, days: int) -> list[Delay]:
    """Of each municipality, the quarters since its first report that nobody has reported ``days`` after their end."""
    found = []
    reported: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.reportado:
            reported[row.ente_codigo].add(row.corte)
    for ente, there in sorted(reported.items()):
        for quarter in _due(min(there), today, days):
            if quarter not in there:
                said = f"{ente}: ninguna unidad ha reportado {quarter}, que terminó el {quarter_end(quarter)}"
                found.append(Delay(f"trimestre:{ente}:{quarter}", said))
    return found


def units_late(rows: Sequence[Cobertura], today: date, days: int) -> list[Delay]:
    """The units that lack a quarter which another unit of their municipality reported, ``days`` after its end."""
    reported = {(row.ente_codigo, row.corte) for row in rows if row.reportado}
    return [
        Delay(
            f"unidad:{row.ente_codigo}/{row.unidad_codigo}:{row.corte}",
            f"{row.ente_codigo}/{row.unidad_codigo} no ha reportado {row.corte}, y otras sí",
        )
        for row in rows
        if not row.reportado and (row.ente_codigo, row.corte) in reported and _is_due(row.corte, today, days)
    ]


def version_late(version: str, made: date, today: date, days: int) -> list[Delay]:
    """The published version, where it is older than that."""
    age = (today - made).days
    return [Delay(f"version_vieja:{version}", f"La versión publicada {version} tiene {age} días")] if age > days else []


def all_late(rows: Sequence[Cobertura], version: str, made: date, today: date, patience: Patience) -> list[Delay]:
    """Everything that is late."""
    return [
        *quarters_late(rows, today, patience.quarter_days),
        *units_late(rows, today, patience.quarter_days),
        *version_late(version, made, today, patience.version_days),
    ]


def quarter_end(quarter: str) -> date:
    """The last day of ``2022-T1``."""
    year, month = int(quarter[:4]), 3 * int(quarter[-1])
    return date(year, month, calendar.monthrange(year, month)[1])


def _is_due(quarter: str, today: date, days: int) -> bool:
    return quarter_end(quarter) + timedelta(days=days) < today


def _due(first: str, today: date, days: int) -> Iterator[str]:
    year, number = int(first[:4]), int(first[-1])
    while _is_due(quarter := f"{year}-T{number}", today, days):
        yield quarter
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
