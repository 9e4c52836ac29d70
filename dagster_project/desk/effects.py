"""What a reading would change: the sums of its action and its lights, worked out beforehand for the page.

The run works them out again (``dbt/macros/semaforo.sql``, ``int_acumulados``): this is a view before it. ``light`` is
held against ``fct_avance`` by a test. Not here: which readings there are (``rows``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from dagster_project.reference.csv_rows import read_rows
from dagster_project.site import shown
from dagster_project.site.streams import Row

Figure = Decimal | None


COLUMNS = (
    "banda", "desde_pct", "incluye_desde", "hasta_pct", "incluye_hasta", "vigente_desde", "vigente_hasta",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """A row of ``semaforo.csv``; its ends in per cent."""

    name: str
    low: Decimal
    has_low: bool
    high: Decimal | None
    has_high: bool
    begins: date
    ends: date


def bands_of(seeds: Path) -> list[Band]:
    """Every band, those that are no longer valid too: a quarter has the lights of its first day.

    Raises:
        OSError, ValueError: the file cannot be read; of a line the message names it.
    """
    return [_band(where, row) for where, row in read_rows(seeds / "semaforo.csv", COLUMNS)]


def _band(where: str, row: Mapping[str, str]) -> Band:
    try:
        return Band(
            row["banda"],
            Decimal(row["desde_pct"]),
            row["incluye_desde"].lower() == "true",  # a spreadsheet saves TRUE
            Decimal(row["hasta_pct"]) if row["hasta_pct"] else None,
            row["incluye_hasta"].lower() == "true",
            date.fromisoformat(row["vigente_desde"]),
            date.fromisoformat(row["vigente_hasta"]) if row["vigente_hasta"] else date.max,
        )
    except (ArithmeticError, ValueError) as error:
        raise ValueError(f"{where}: no per cent or no day is what it should be") from error


def light(avance: Figure, programado: Figure, trimestre: str, bands: Sequence[Band], is_ratio: bool = False) -> str:
    """The light of avance over programado, by the exact quotient; ``trimestre`` as ``2022-T1``."""
    if is_ratio:
        return "no aplica"
    if avance is None or programado is None:
        return "dudoso"
    if programado == 0:
        return "no programado" if avance else "sin programación"
    day = date(int(trimestre[:4]), 3 * int(trimestre[-1]) - 2, 1)
    for band in bands:
        if band.begins <= day <= band.ends and _is_in(100 * avance, programado, band):
            return band.name
    return "dudoso"


def _is_in(share: Decimal, programado: Decimal, band: Band) -> bool:
    low = share - band.low * programado
    high = None if band.high is None else band.high * programado - share
    above = low > 0 or (band.has_low and low == 0)
    return above and (high is None or high > 0 or (band.has_high and high == 0))


def told(quarters: Sequence[Row], corte: str, reading: Mapping[str, Figure], bands: Sequence[Band]) -> tuple[str, ...]:
    """Sentences on the sums and lights of an action, as they are and as a reading of its report of ``corte`` has them.

    ``quarters`` are the action's rows of ``fct_avance``, with ``es_razon``.
    """
    after = [_with(row, corte, reading) for row in quarters]
    said = [
        f"Suma de {name} del año: {_total(quarters, name)} → {_total(after, name)}."
        for name in ("programado", "avance")
        if not any(row["es_razon"] for row in quarters)
    ]
    for row, new in zip(quarters, after, strict=True):
        fresh = light(new["avance"], new["programado"], row["trimestre"], bands)
        if row["situacion_avance"] not in ("futuro", "fuera_de_plan") and (row["programado"], row["avance"]) != (
            new["programado"], new["avance"],
        ):  # fmt: skip
            said.append(f"Semáforo de {row['trimestre']}: {row['semaforo_trimestre']} → {fresh}.")
    last = next((row for row in reversed(quarters) if row["trimestre"] == corte), None)
    if last:
        for name, its in (("plan", "del plan"), ("ejercicio", "del año")):
            until = [row for row in after if row["trimestre"] <= corte and _counts(row, last, name)]
            plan, done = (_sum(until, of) for of in ("programado", "avance"))
            fresh = light(done, plan, corte, bands, last["es_razon"])
            said.append(f"Semáforo acumulado {its} al {corte}: {last[f'semaforo_{name}']} → {fresh}.")
    return tuple(said)


def _with(row: Row, corte: str, reading: Mapping[str, Figure]) -> Row:
    number = row["trimestre"][-1]
    made = dict(row)
    if row["corte"] == corte and row["situacion_avance"] not in ("futuro", "fuera_de_plan"):
        made["avance"] = reading.get(f"a{number}") or Decimal(0)
    if row["corte_programado"] == corte and row["situacion_programado"] != "fuera_de_plan":
        made["programado"] = reading.get(f"p{number}") or Decimal(0)
    return made


def _counts(row: Row, last: Row, name: str) -> bool:
    return row["situacion_avance"] != "fuera_de_plan" and (name == "ejercicio" or row["plan"] == last["plan"])


def _sum(rows: Sequence[Row], name: str) -> Figure:
    values = [row[name] for row in rows]
    return None if None in values else sum(values, Decimal(0))


def _total(rows: Sequence[Row], name: str) -> str:
    known = [row for row in rows if row[f"situacion_{name}"] not in ("futuro", "fuera_de_plan")]
    total = _sum(known, name)
    return "en duda" if total is None else shown.number(total)
