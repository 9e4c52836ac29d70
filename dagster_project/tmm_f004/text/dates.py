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
    "1": 1, "01": 1, "1ER": 1, "1O": 1, "1A": 1, "PRIMER": 1, "PRIMERO": 1, "I": 1,
    "2": 2, "02": 2, "2DO": 2, "2O": 2, "2A": 2, "SEG": 2, "SEGUNDO": 2, "II": 2,
    "3": 3, "03": 3, "3ER": 3, "3RO": 3, "3O": 3, "3A": 3, "TERCER": 3, "TERCERO": 3, "III": 3,
    "4": 4, "04": 4, "4TO": 4, "4O": 4, "4A": 4, "CUARTO": 4, "IV": 4,
}  # fmt: skip
_TOKEN = re.compile(r"[A-Z]+|\d+[A-Z]*")
_YEAR = re.compile(r"(?<!\d)(2[0O][0-9OIL]{2})(?!\d)")
_TERM = re.compile(r"(?<!\d)20\d\d\s*(?:[-–—/]|AL?)\s*20\d\d(?!\d)")
_A_MONTH = r"(?:ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SEP|OCT|NOV|DIC)[A-Z]*"
# On its own or behind what it dates: CORTE AL 30 DE JUNIO DE 2023, AVANCE AL MES DE JUNIO 2023, TECATE, B.C., A 5 DE …
_BEFORE_DATE = r"(?:FECHA(?: DE [A-Z]+)?\W+|(?:[A-Z]+ ){0,5}AL (?:MES DE )?|(?:[A-Z.]+,? ){1,6}A )?"
_WORDS = rf"(?:(?:\d{{1,2}}\W+(?:DE )?)?{_A_MONTH}|{_A_MONTH}\W+\d{{1,2}})\W+(?:DE(?:L)? )?20\d\d"
_FIGURES = r"\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d|20\d\d[/.-]\d{1,2}[/.-]\d{1,2}"
_WHOLE_DATE = re.compile(rf"{_BEFORE_DATE}(?:{_WORDS}|{_FIGURES})")
_NTH = r"(?:[1-4](?:ER|DO|RO|TO|O)?|PRIMER|SEGUNDO|TERCER|CUARTO|I{1,3}|IV)"
_OF_YEAR = r"(?:\W+DEL?)?(?:\W+(?:ANO|EJERCICIO))?(?:\W+20\d\d)?"
_TRIM = r"TRIM(?:ESTRE)?\.?"
_BY_NUMBER = r"(?:[1-4]\W?[TQ]|[TQ]\W?[1-4])\W*(?:20)?\d\d|20\d\d(?:\W*[TQ]\W?[1-4]|\W(?:I{1,3}|IV))"
_WHOLE_QUARTER = re.compile(rf"(?:{_NTH}\W*{_TRIM}|{_TRIM}\W*{_NTH}){_OF_YEAR}|{_BY_NUMBER}")
MONTH_TO_MONTH = re.compile(rf"{_A_MONTH}\W+(?:DEL? 20\d\d )?(?:A |AL )?(?:\d{{1,2}}\W+(?:DE )?)?{_A_MONTH}")
_LAST_DAYS = {(31, 3): 1, (30, 6): 2, (30, 9): 3, (31, 12): 4}
_DAY = re.compile(
    r"(?<!\d)(3[01])(?:\W+DE)?\W+([A-Z]{3,})|(?<!\d)(3[01])[/ .-](\d{1,2})[/ .-](?:20)?\d\d(?!\d)"
    r"|(?<!\d)20\d\d[/.-](\d{1,2})[/.-](3[01])(?!\d)|([A-Z]{3,})[ .-]{1,2}(3[01])(?=\W+(?:DEL? )?20\d\d)"
)
_WITH_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_IN_FIGURES = re.compile(r"(?<!\d)\d{1,2}[/ -](\d{1,2})[/ -]20\d\d(?!\d)|(?<!\d)20\d\d[/-](\d{1,2})[/-]\d{1,2}(?!\d)")
_TO_MONTH = re.compile(r"\bAL MES DE ([A-Z]{3,})")
_SHORT = re.compile(
    r"(?<![A-Z0-9])(?:([1-4])(?:ER|DO|RO|TO)?\W?[TQ](?:(?:20)?\d\d)?|[TQ]\W?([1-4])"
    r"|(I{1,3}|IV)(?= ?[/-] ?20\d\d)|(?<=20\d\d[/-])(I{1,3}|IV))(?![A-Z0-9])"
)
_A_DAY = re.compile(rf"{_FIGURES}|(?<!\d)\d{{1,2}}\W+DE(?:L? MES DE)? {_A_MONTH}")
_OF_A_PERIOD = re.compile(
    r"\d+(?:ER|DO|RO|TO|[AO])?|AL?|ANO|AVANCE|CORRESPONDIENTE|CORTE|DEL?|DIA|EJERCICIO|EL|ELABORACION|FECHA|FISCAL"
    r"|FISICO|IMPRESION|INFORMA(?:DO)?|INFORME|LA|MES|NO|NUM(?:ERO)?|PERIODO|POR|PROGRAMATICO|QUE|REPORTA(?:DO)?|REPORTE|SE"
    r"|TRI|TRIM(?:ES(?:TRE|TRAL)?)?|Y"
)
_NUMBER_OF = frozenset(  # behind it: TRIMESTRE NO. 2, TRIMESTRE QUE SE REPORTA: 2
    {"NO", "NUM", "NUMERO", "REPORTADO", "INFORMADO", "QUE", "SE", "REPORTA", "INFORMA"}
)
_BOX = re.compile(r"\b(?:DIA|MES|ANO)\b(?! DE)\W*")  # the names of a date's parts: DIA 30 MES JUNIO AÑO 2023
_GLUED_TRIM = re.compile(r"(?<=\d)(?=TRIM)|(?<=TRIM)(?=\d)|(?<=TRE)(?=20\d\d)")  # 2TRIM2023
_RANGE_OF_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2}) ?(?:[-–—]|AL?) ?(\d{1,2}) ?/ ?20\d\d(?![\d/.-])")
_LAST_MONTH = re.compile(r"(?<![\d/.-])(0[69]|12)[/-](?=20\d\d(?![\d/.-]))")  # 06/2023; 02/2023 may be a quarter
_ROMAN_MONTH = re.compile(r"(?<=\d[/ .-])(I{1,3}|IV|VI{0,3}|IX|XI{0,2}|X)(?=[/ .-]20\d\d(?!\d))")  # 30/VI/2023
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_UNPARTED = re.compile(r"(?<!\d)(?:(20\d\d)(0[369]|12)(3[01])|(3[01])(0[369]|12)(20\d\d))(?!\d)")  # 20230630
_REPORTS = frozenset({"INFORME", "REPORTE", "AVANCE"})  # between a number and its quarter: 2DO INFORME TRIMESTRAL

RANGE = 4.0  # a range of months that is a quarter, or a quarter by its number
LAST_DAY = 3.0  # the last day of a quarter: AL 31 DE MARZO
HALF_RANGE = 1.5  # one end of a range is the end of a quarter, the other is misread
CLOSING_MONTH = 1.0  # a month without a day that ends a quarter: JUNIO 2023
LONE_MONTH = 0.5  # a single month: a date, not a period

STATED = ("fecha_impresa", "fecha_acumulada", "trimestre_impreso", "fecha_de_corte")
"""The rules by which a text states its quarter whole."""

QUARTERLY = ("fecha_impresa", "trimestre_impreso", "fecha_de_corte")
"""Those of them that no period of a whole year is read by: ENERO-DICIEMBRE is a programme's."""

ON_A_DAY = "dia_suelto"
"""The rule of a date with its day that ends no quarter: a report was signed then."""

BEFORE = {"mes_de_cierre": 0, "mes_suelto": 1, ON_A_DAY: 1}
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


@lru_cache(maxsize=2048)
def read_period(text: str) -> Period:
    """The quarter a date, range of months or ``4to trimestre`` speaks of, and its years; nothing if neither."""
    folded = _GLUED_TRIM.sub(" ", _BOX.sub("", plain(text)))
    folded = _in_marked_figures(folded)
    folded = _LAST_MONTH.sub(lambda found: f"{MONTHS[int(found[1]) - 1]} ", folded)
    tokens = _TOKEN.findall(folded)
    months = [m for m in (month_of(t) for t in tokens) if m] or _months_of_figures(folded)
    numbered = _numbered(_TOKEN.findall(_A_DAY.sub(" ", folded))) or _abbreviated(folded)
    quarters = dict.fromkeys(numbered, ("trimestre_impreso", RANGE))
    if spanned := _spanned(months):  # beside the number of another quarter both are open
        quarters.setdefault(spanned, ("fecha_impresa", RANGE))
    return Period(quarters or _unspanned(folded, tokens, months), read_years(folded))


def _in_marked_figures(folded: str) -> str:
    """A text with its dates in figures parted by marks: 30/VI/2023, and 20230630 or 30062023, which end a quarter."""
    folded = _ROMAN_MONTH.sub(lambda found: str(1 + _ROMAN.index(found[1])), folded)
    return _UNPARTED.sub(lambda found: "/".join(filter(None, found.groups())), folded)


def _spanned(months: list[int]) -> int | None:
    """The quarter whose first and last month, or all three, stand side by side."""
    for first, *between, last in (*pairwise(months), *zip(months, months[1:], months[2:], strict=False)):
        if (first, last) in _QUARTERS and between in ([], [first + 1]):
            return _QUARTERS[first, last]
    return None


def _unspanned(folded: str, tokens: list[str], months: list[int]) -> dict[int, tuple[str, float]]:
    """What a text without a quarter's number or months tells of the quarter."""
    if whole := _several(tokens):  # as of its last quarter
        return {whole: ("fecha_acumulada", RANGE)}
    if len(months) >= 2:
        first = next((q for (a, _), q in _QUARTERS.items() if a == months[0]), None)
        last = next((q for (_, b), q in _QUARTERS.items() if b == months[1]), None)
        if halves := dict.fromkeys(filter(None, (first, last)), ("fecha_a_medias", HALF_RANGE)):
            return halves
    elif glued := _glued(tokens):
        return {glued: ("fecha_impresa", RANGE - 1)}
    if closing := _last_day(folded):
        return {closing: ("fecha_de_corte", LAST_DAY)}
    if len(months) != 1:
        return {}
    with_day = _WITH_DAY.search(folded)
    if months[0] % 3 == 0 and not with_day:
        return {months[0] // 3: ("mes_de_cierre", CLOSING_MONTH)}
    return {(months[0] + 2) // 3: (ON_A_DAY if with_day else "mes_suelto", LONE_MONTH)}


def stated_quarter(text: str) -> Period:
    """The quarter that a text states whole which is no date by its place, as a title: nothing else it tells counts."""
    stated = {q: said for q, said in read_period(text).trimestres.items() if said[0] in QUARTERLY}
    return Period(stated, ())


def says_a_quarter(text: str) -> bool:
    """Whether a text states a quarter and says nothing besides: CORRESPONDIENTE AL SEGUNDO TRIMESTRE DE 2023."""
    tokens = _TOKEN.findall(plain(text))
    of_period = all(_OF_A_PERIOD.fullmatch(t) or t in _ORDINALS or month_of(t) for t in tokens)
    return of_period and bool(stated_quarter(text).trimestres)


def is_period(text: str) -> bool:
    """Whether a short line without tabs speaks of a range of months, or is a date."""
    if len(text) > 60 or "\t" in text.strip():
        return False
    folded = _in_marked_figures(plain(text))
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


def _numbered(tokens: list[str]) -> list[int]:
    """The quarters that are named by number: 2DO TRIMESTRE, TRIM. 02, 2DO INFORME TRIMESTRAL."""
    found = []
    for k, token in enumerate(tokens):
        if token in ("TRI", "TRIM", "TRIMES") or (len(token) >= 8 and fuzz.ratio(token, "TRIMESTRE") >= 80):
            behind = k - 1 if k > 1 and tokens[k - 1] in _REPORTS else k
            before = _ORDINALS.get(tokens[behind - 1]) if behind else None
            ahead = next((t for t in tokens[k + 1 :] if t not in _NUMBER_OF), "")
            if quarter := before or _ORDINALS.get(ahead):
                found.append(quarter)
    return found


def _months_of_figures(folded: str) -> list[int]:
    """The months of dates in figures: 05/07/2023, 2023-07-05; both of a range such as 04-06/2023 (two signs)."""
    if (span := _RANGE_OF_FIGURES.search(folded)) and (int(span[1]), int(span[2])) in _QUARTERS:
        return [int(span[1]), int(span[2])]
    found = (int(before or after) for before, after in _IN_FIGURES.findall(folded))
    return [month for month in found if 1 <= month <= 12]


def _abbreviated(folded: str) -> list[int]:
    """A quarter by its number and a T or Q, or in roman, beside a year: 2T 2023, T2-2023, II/2023, 2T23."""
    found = _SHORT.search(folded) if _YEAR.search(folded) or _WHOLE_QUARTER.fullmatch(folded) else None
    return [_ORDINALS[next(filter(None, found.groups()))]] if found else []


def _last_day(folded: str) -> int | None:
    """The quarter that ends on a date in the text, or with a month: AL 31 DE MARZO, 31/03/2022, 2022-03-31, AL MES DE
    MARZO."""
    for day, month, number, of, iso_month, iso_day, named, its_day in _DAY.findall(folded):
        word = month or named
        ends = int(day or number or iso_day or its_day), month_of(word) or 0 if word else int(of or iso_month)
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
