"""Which quarter and year a printed text speaks of: dates of the header, titles, remarks.

Reads texts one by one and says how much each proves; what settles a page is ``settle.quarter``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from dagster_project.tmm_f004.text.fold import plain

MONTHS = (
    "ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO",
    "JULIO", "AGOSTO", "SEPTIEMBRE", "OCTUBRE", "NOVIEMBRE", "DICIEMBRE",
)  # fmt: skip
_QUARTERS = {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}
_GLUED = {
    q: tuple(f(MONTHS[a - 1]) + f(MONTHS[b - 1]) for f in (str, lambda m: m[:3])) for (a, b), q in _QUARTERS.items()
}
_ORDINALS = {
    "1": 1, "1ER": 1, "1O": 1, "PRIMER": 1, "PRIMERO": 1, "I": 1, "2": 2, "2DO": 2, "2O": 2, "SEGUNDO": 2, "II": 2,
    "3": 3, "3ER": 3, "3RO": 3, "3O": 3, "TERCER": 3, "TERCERO": 3, "III": 3,
    "4": 4, "4TO": 4, "4O": 4, "CUARTO": 4, "IV": 4,
}  # fmt: skip
_TOKEN = re.compile(r"[A-Z]+|\d+[A-Z]*")
_YEAR = re.compile(r"(?<!\d)(2[0O][0-9OIL]{2})(?!\d)")
_TERM = re.compile(r"(?<!\d)20\d\d\s*(?:[-–—/]|AL?)\s*20\d\d(?!\d)")
_A_MONTH = r"(?:ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SEP|OCT|NOV|DIC)[A-Z]*"
# On its own or behind what it dates: CORTE AL 30 DE JUNIO DE 2023, AVANCE AL MES DE JUNIO 2023.
_BEFORE_DATE = r"(?:FECHA(?: DE [A-Z]+)?\W+|(?:[A-Z]+ ){0,5}AL (?:MES DE )?)?"
_WORDS = rf"(?:\d{{1,2}}\W+(?:DE )?)?{_A_MONTH}\W+(?:DE(?:L)? )?20\d\d"
_FIGURES = r"\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d|20\d\d[/.-]\d{1,2}[/.-]\d{1,2}"
_WHOLE_DATE = re.compile(rf"{_BEFORE_DATE}(?:{_WORDS}|{_FIGURES})")
_NTH = r"(?:[1-4](?:ER|DO|RO|TO|O)?|PRIMER|SEGUNDO|TERCER|CUARTO|I{1,3}|IV)"
_OF_YEAR = r"(?:\W+DEL?)?(?:\W+(?:ANO|EJERCICIO))?(?:\W+20\d\d)?"
_TRIM = r"TRIM(?:ESTRE)?\.?"
_BY_NUMBER = r"(?:[1-4]\W?T|T\W?[1-4])\W*20\d\d|20\d\d\W*T\W?[1-4]"
_WHOLE_QUARTER = re.compile(rf"(?:{_NTH}\W*{_TRIM}|{_TRIM}\W*{_NTH}){_OF_YEAR}|{_BY_NUMBER}")
MONTH_TO_MONTH = re.compile(rf"{_A_MONTH}\W+(?:DEL? 20\d\d )?(?:A |AL )?(?:\d{{1,2}}\W+(?:DE )?)?{_A_MONTH}")
_LAST_DAYS = {(31, 3): 1, (30, 6): 2, (30, 9): 3, (31, 12): 4}
_DAY = re.compile(
    r"(?<!\d)(3[01])(?:\W+DE)?\W+([A-Z]{3,})|(?<!\d)(3[01])[/.-](\d{1,2})[/.-](?:20)?\d\d(?!\d)"
    r"|(?<!\d)20\d\d[/.-](\d{1,2})[/.-](3[01])(?!\d)"
)
_WITH_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_IN_FIGURES = re.compile(r"(?<!\d)\d{1,2}[/-](\d{1,2})[/-]20\d\d(?!\d)|(?<!\d)20\d\d[/-](\d{1,2})[/-]\d{1,2}(?!\d)")
_TO_MONTH = re.compile(r"\bAL MES DE ([A-Z]{3,})")
_SHORT = re.compile(r"(?<![A-Z0-9])(?:([1-4])\W?T|T\W?([1-4]))(?![A-Z0-9])")

RANGE = 4.0  # a range of months that is a quarter, or a quarter by its number
LAST_DAY = 3.0  # the last day of a quarter: AL 31 DE MARZO
HALF_RANGE = 1.5  # one end of a range is the end of a quarter, the other is misread
CLOSING_MONTH = 1.0  # a month without a day that ends a quarter: JUNIO 2023
LONE_MONTH = 0.5  # a single month: a date, not a period

STATED = ("fecha_impresa", "fecha_acumulada", "trimestre_impreso", "fecha_de_corte")
"""The rules by which a text states its quarter whole."""

BEFORE = {"mes_de_cierre": 0, "mes_suelto": 1}
"""How many quarters before its own a month may date a report of: one is signed in the quarter after."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a text says of the period: quarter -> (rule, weight), and the years it prints, in order."""

    trimestres: dict[int, tuple[str, float]]
    anios: tuple[int, ...]


def read_years(text: str) -> tuple[int, ...]:
    """The years 2000..2099 in a text, in order; 2O22 is 2022. A term of years names none: PLAN MUNICIPAL 2021-2024."""
    found = _YEAR.findall(_TERM.sub(" ", plain(text)))
    return tuple(int(y.translate(str.maketrans("OIL", "011"))) for y in found)


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """The quarter a date, range of months or ``4to trimestre`` speaks of, and its years; nothing if neither."""
    folded = plain(text)
    tokens = _TOKEN.findall(folded)
    numbered = _numbered(tokens) or _abbreviated(folded)
    if numbered:
        return Period({numbered: ("trimestre_impreso", RANGE)}, read_years(text))
    months = [m for m in (month_of(t) for t in tokens) if m] or _months_of_figures(folded)
    quarters: dict[int, tuple[str, float]] = {}
    ends = [p for p in pairwise(months) if p in _QUARTERS]
    if ends:
        quarters[_QUARTERS[ends[0]]] = ("fecha_impresa", RANGE)
    elif whole := _several(tokens):  # as of its last quarter
        quarters[whole] = ("fecha_acumulada", RANGE)
    elif len(months) >= 2:
        first = next((q for (a, _), q in _QUARTERS.items() if a == months[0]), None)
        last = next((q for (_, b), q in _QUARTERS.items() if b == months[1]), None)
        for quarter in filter(None, (first, last)):
            quarters[quarter] = ("fecha_a_medias", HALF_RANGE)
    elif glued := _glued(tokens):
        quarters[glued] = ("fecha_impresa", RANGE - 1)
    elif closing := _last_day(folded):
        quarters[closing] = ("fecha_de_corte", LAST_DAY)
    elif len(months) == 1 and months[0] % 3 == 0 and not _WITH_DAY.search(folded):
        quarters[months[0] // 3] = ("mes_de_cierre", CLOSING_MONTH)
    elif months:
        quarters[(months[0] + 2) // 3] = ("mes_suelto", LONE_MONTH)
    return Period(quarters, read_years(text))


def is_period(text: str) -> bool:
    """Whether a short line without tabs speaks of a range of months, or is a date."""
    if len(text) > 60 or "\t" in text.strip():
        return False
    folded = plain(text)
    return bool(MONTH_TO_MONTH.search(folded) or _WHOLE_DATE.fullmatch(folded) or _WHOLE_QUARTER.fullmatch(folded))


def month_of(token: str) -> int | None:
    """The month a word names, in full (also misread: OCTUBIE) or by three letters; None if none or two alike."""
    if len(token) in (3, 4) and token != "MARC":
        short = [k for k, m in enumerate(MONTHS, 1) if m.startswith(token[:3]) and m.startswith(token[:4])]
        if token in ("SEPT", "SEP", "SET"):
            return 9
        if short:
            return short[0]
    if len(token) < 4:
        return None
    scored = sorted(((fuzz.ratio(token, m), k) for k, m in enumerate(MONTHS, 1)), reverse=True)
    (best, month), (second, _) = scored[0], scored[1]
    return month if best >= 75 and (best == 100 or best - second >= 5) else None


def _several(tokens: list[str]) -> int | None:
    """The last quarter of a period of several, from the beginning of one to the end of another: ENERO-JUNIO.

    Only of names printed in full or by their three letters: one of two misread names a quarter better.
    """
    for before, token in pairwise(tokens):
        if token == "SEMESTRE" and _ORDINALS.get(before) in (1, 2):
            return 2 * _ORDINALS[before]
    named = [k for t in tokens for k, m in enumerate(MONTHS, 1) if t in (m, m[:3]) or (k == 9 and t in ("SEPT", "SET"))]
    if len(named) != 2:
        return None
    first, last = named
    return last // 3 if first % 3 == 1 and last % 3 == 0 and last - first > 2 else None


def _numbered(tokens: list[str]) -> int | None:
    for k, token in enumerate(tokens):
        if token == "TRIM" or (len(token) >= 8 and fuzz.ratio(token, "TRIMESTRE") >= 80):
            before = _ORDINALS.get(tokens[k - 1]) if k else None
            after = _ORDINALS.get(tokens[k + 1]) if k + 1 < len(tokens) else None
            if before or after:
                return before or after
    return None


def _months_of_figures(folded: str) -> list[int]:
    """The months of dates in figures: 05/07/2023, 2023-07-05."""
    found = (int(before or after) for before, after in _IN_FIGURES.findall(folded))
    return [month for month in found if 1 <= month <= 12]


def _abbreviated(folded: str) -> int | None:
    """A quarter by its number and a T, beside a year: 2T 2023, T2-2023."""
    found = _SHORT.search(folded) if _YEAR.search(folded) else None
    return int(found[1] or found[2]) if found else None


def _last_day(folded: str) -> int | None:
    """The quarter that ends on a date in the text, or with a month: AL 31 DE MARZO, 31/03/2022, 2022-03-31, AL MES DE
    MARZO."""
    for day, month, number, of, iso_month, iso_day in _DAY.findall(folded):
        ends = int(day or number or iso_day), month_of(month) or 0 if month else int(of or iso_month)
        if quarter := _LAST_DAYS.get(ends):
            return quarter
    to = _TO_MONTH.search(folded)
    last = (month_of(to[1]) or 0) if to else 0
    return last // 3 if last % 3 == 0 and last else None


def _glued(tokens: list[str]) -> int | None:
    """A range whose dash was lost: ENEROMARZO."""
    for token in tokens:
        if len(token) >= 6 and token not in MONTHS:
            scored = sorted(
                ((max(fuzz.ratio(token, g) for g in names), q) for q, names in _GLUED.items()), reverse=True
            )
            if scored[0][0] >= 80 and scored[0][0] - scored[1][0] >= 10:
                return scored[0][1]
    return None
