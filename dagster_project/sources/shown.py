"""What a spreadsheet shows of a value by its number format. Not here: numbers' formats' parts (``number_format``).

A person who keeps the sheet answers for what is shown: 0.29 by ``0%`` is 29 %, 0 by ``#,##0;-#,##0;""`` is a blank.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from dagster_project.sources.number_format import colour_of, general, parts_of, section_for, section_text

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
DAYS = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
SHORT_DATE = {"mm-dd-yy", "m/d/yy", "m/d/yyyy", "mm/dd/yyyy"}
"""Format 14, written in the order of the United States and shown in that of the country: day, month and year."""


def shown(value: object, number_format: str, *, hide_zeros: bool = False) -> str:
    """The text a sheet shows of a value; '' where the format, or the sheet with ``hide_zeros``, shows nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, number_format)
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if hide_zeros and number == 0:
            return ""
        return _number(number, number_format)
    if isinstance(value, str):
        return _text(value, number_format)
    return str(value)


def colours(value: object, number_format: str) -> set[str]:
    """The colours in which a format may show a value, '' for the font's; more than one where programs differ."""
    sections = parts_of(number_format)
    if isinstance(value, str):  # a section of its own; where there is none, perhaps the last one's colour
        return {colour_of(sections[3])} if len(sections) > 3 else {"", colour_of(sections[-1])}
    if isinstance(value, bool) or value is None:
        return {""}
    number = Decimal(repr(value)) if isinstance(value, int | float) else Decimal(1)  # a date is above nought
    return {colour_of(section_for(number, number_format)[0])} if number.is_finite() else {""}


def _number(number: Decimal, number_format: str) -> str:
    if not number.is_finite() or abs(number) >= 10**15:
        return str(number)
    section, signed = section_for(number, number_format)
    if not section:
        return "" if ";" in number_format else general(number)
    try:
        return section_text(number if signed else abs(number), section)
    except ArithmeticError:  # a format of more places than numbers have
        return general(number)


def _text(text: str, number_format: str) -> str:
    sections = parts_of(number_format)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) > 3 or any(kind == "text" for kind, _ in section):
        return "".join(text if kind == "text" else mark for kind, mark in section if kind in ("text", "literal"))
    return text


def _date(value: dt.datetime | dt.date | dt.time, number_format: str) -> str:
    """A date as its format writes it, months and days in Spanish."""
    code = re.sub(r"\[[^\]]*\]", "", number_format).split(";")[0]
    if code.lower() in SHORT_DATE:
        code = "dd/mm/yyyy"
    found = []
    for literal, escaped, part, other in re.findall(
        r'"([^"]*)"|[\\_](.)|(y+|m+|d+|h+|s+|am/pm|a/p)|(.)', code, re.IGNORECASE
    ):
        found.append(("part", part.lower()) if part else ("literal", literal or escaped or other.replace("@", "")))
    parts = [part for kind, part in found if kind == "part"]
    shown, index = [], 0
    for kind, text in found:
        if kind == "part":
            near = parts[index - 1] if index else "", parts[index + 1] if index + 1 < len(parts) else ""
            text, index = _date_part(value, text, near), index + 1
        shown.append(text)
    return "".join(shown)


def _date_part(value: dt.datetime | dt.date | dt.time, part: str, near: tuple[str, str]) -> str:
    """A part of a date: ``mm`` beside hours or seconds is minutes."""
    day = value if isinstance(value, dt.date) else None
    time = value if isinstance(value, dt.time) else value.time() if isinstance(value, dt.datetime) else dt.time()
    if part[0] in "hs" or part[0] == "a" or (part[0] == "m" and ("h" in near[0] or "s" in near[1])):
        if part[0] == "a":
            return "a.m." if time.hour < 12 else "p.m."
        number = {"h": time.hour, "m": time.minute, "s": time.second}[part[0]]
        return f"{number:0{min(len(part), 2)}d}"
    if day is None:
        return ""
    if part[0] == "y":
        return f"{day.year:04d}" if len(part) > 2 else f"{day.year % 100:02d}"
    number, names = (day.month, MONTHS) if part[0] == "m" else (day.day, DAYS)
    if len(part) <= 2:
        return f"{number:0{len(part)}d}"
    name = names[(day.month - 1) if part[0] == "m" else day.weekday()]
    return name if len(part) == 4 else name[:3]
