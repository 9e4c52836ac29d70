"""What a reading would change, said beforehand: sums, lights, each by the bands of its own quarter."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project.desk.effects import bands_of, light, told
from dagster_project.settings import RAIZ

BANDS = """banda,orden,desde_pct,incluye_desde,hasta_pct,incluye_hasta,significado,color,vigente_desde,vigente_hasta
rojo,1,0,true,80,false,,,1900-01-01,2022-02-15
rojo,1,0,true,50,false,,,2022-02-16,
verde,2,80,true,,,,,1900-01-01,2022-02-15
verde,2,50,true,,,,,2022-02-16,
"""


def quarter(number: int, programado: int, avance: int | None) -> dict[str, object]:
    """A row of fct_avance of one action, all of it said by the report of the second quarter."""
    return {
        "trimestre": f"2022-T{number}", "plan": "plan", "es_razon": False, "corte": "2022-T2",
        "corte_programado": "2022-T2", "programado": Decimal(programado), "situacion_programado": "informado",
        "avance": None if avance is None else Decimal(avance),
        "situacion_avance": "futuro" if number > 2 else "informado",
        "semaforo_trimestre": "dudoso", "semaforo_plan": "dudoso", "semaforo_ejercicio": "dudoso",
    }  # fmt: skip


def test_a_quarter_has_the_bands_of_its_first_day(tmp_path: Path) -> None:
    """Bands that changed in February are not those of January to March, nor is what was valid then lost."""
    (tmp_path / "semaforo.csv").write_text(BANDS)
    bands = bands_of(tmp_path)
    assert [light(Decimal(60), Decimal(100), f"2022-T{n}", bands) for n in (1, 2)] == ["rojo", "verde"]


def test_a_line_that_cannot_be_used_is_named_and_a_spreadsheets_true_is_true(tmp_path: Path) -> None:
    """The desk says which line; a band that begins with its lower end has it, however that is written."""
    file = tmp_path / "semaforo.csv"
    file.write_text(BANDS.replace("true", "TRUE"))
    assert light(Decimal(0), Decimal(10), "2022-T2", bands_of(tmp_path)) == "rojo"
    file.write_text(BANDS.replace(",80,", ',"0,5",', 1))
    with pytest.raises(ValueError, match="line 2"):
        bands_of(tmp_path)


def test_the_sums_and_lights_of_a_reading_beside_those_that_stand() -> None:
    """Of quarters to come no light; what is open now is called so."""
    rows = [quarter(1, 10, 9), quarter(2, 10, None), quarter(3, 10, None)]
    reading = {"p1": Decimal(10), "a1": Decimal(9), "p2": Decimal(10), "a2": Decimal(3), "p3": Decimal(10)}
    assert told(rows, "2022-T2", reading, bands_of(RAIZ / "seeds")) == (
        "Suma de programado del año: 30 → 30.",
        "Suma de avance del año: en duda → 12.",
        "Semáforo de 2022-T2: dudoso → rojo.",
        "Semáforo acumulado del plan al 2022-T2: dudoso → naranja.",
        "Semáforo acumulado del año al 2022-T2: dudoso → naranja.",
    )
