"""What a spreadsheet shows of a value by its number format. Not here: which cells there are (``workbook``)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DAYS = "lunes martes miércoles jueves viernes sábado domingo".split()
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(General)|(.)', re.IGNORECASE | re.DOTALL)


def shown(value: object, number_format: str) -> str:
    """The text a sheet shows of a value: ``0.29`` by ``0%`` is ``29%``; '' where a format shows nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _date(value, number_format)
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), number_format)
    return str(value)


def _date(value: dt.datetime | dt.date | dt.time | dt.timedelta, number_format: str) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)


def _number(value: Decimal, number_format: str) -> str:
    if "%" in number_format:
        value, sign = value * 100, "%"
    else:
        sign = ""
    places = re.search(r"0\.(0+)", number_format)
    if number_format.casefold() == "general":
        text = f"{value.normalize():f}"
    else:
        quantum = Decimal(1).scaleb(-len(places[1]) if places else 0)
        text = f"{value.quantize(quantum, ROUND_HALF_UP):{',' if ',' in number_format else ''}f}"
    return text + sign
