"""What a single line of an extract looks like: title, label, code, table, signature, or other text.

Each line is judged by itself, in time linear in its length; where parts begin and end is ``page_split``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.text.cells import cells_of, spaced_row
from dagster_project.tmm_f004.text.dates import MONTH_TO_MONTH, is_period
from dagster_project.tmm_f004.text.fold import SHORT, letters, plain, words
from dagster_project.tmm_f004.text.numbers import CellKind, kind_of

MAX_LINE = 20_000  # characters of a line that are looked at: a row of the form stays below 2,000


LONGEST_PAGE_NUMBER = 30  # characters


class LineKind(StrEnum):
    """What a line is evidence of."""

    BLANK = "blanco"
    TITLE = "titulo"
    FORM_CODE = "clave_forma"
    LABEL = "etiqueta"
    CODE = "codigo"
    DATE = "fecha"
    TABLE_HEAD = "cabeza"
    ROW = "renglon"
    SIGNATURE = "firma"
    OTHER = "otro"


@dataclass(frozen=True, slots=True)
class LineMark:
    """A line's class, and for titles and labels which one it is."""

    kind: LineKind
    detail: str = ""


LABELS: dict[str, tuple[str, ...]] = {
    "ramo": ("RAMO",),
    "programa": ("PROGRAMA",),
    "unidad_ejecutora": ("UNIDAD EJECUTORA", "UNIDAD RESPONSABLE"),
    "finalidad": ("FINALIDAD",),
    "funcion": ("FUNCION",),
    "subfuncion": ("SUBFUNCION", "SUB FUNCION"),
    "eje": ("EJE DE GOBIERNO", "EJE"),
    "linea_accion": ("LINEAS DE ACCION", "LINEA DE ACCION", "LINEAS DE ACCION PMD"),
    "fecha": ("FECHA", "PERIODO QUE SE INFORMA"),
    "otra": ("C ADMINISTRATIVA", "CLASIFICACION ADMINISTRATIVA", "MUNICIPIO", "TIPO"),
}
"""Labels of the header by field; ``otra`` are labels that name no field of ours."""

LIKE_LABEL = 70  # per cent: no text less alike is a misread label
_FIELD_OF = {name: field for field, names in LABELS.items() for name in names}
_NAMES = tuple(_FIELD_OF)

_LEADING = ("RAMO ", "UNIDAD EJECUTORA ", "FINALIDAD ", "SUBFUNCION ", "FUNCION ", "EJE DE GOBIERNO ")
_BEFORE_DIGITS = re.compile(r"([^\d\t:]{4,40}?)\s+(?=\d)")
_TITLES = {"poa": "PROGRAMA OPERATIVO ANUAL", "avance": "AVANCE FISICO PROGRAMATICO"}
# What else a council is called before the name: GOBIERNO MUNICIPAL DE, CONCEJO FUNDACIONAL DE.
_COUNCIL = re.compile(
    r"(?:\w{1,6} ){0,2}(?:GOBIERNO|CONCEJO|CONSEJO|CABILDO)(?: (?:MUNICIPAL|FUNDACIONAL|CONSTITUCIONAL))+(?= DEL? )"
    r"|GOBIERNO DEL MUNICIPIO(?= DE )"
)
_NOT_COUNCIL = ("MANTENIMIENTO", "ORDENAMIENTO", "FORTALECIMIENTO", "ADIESTRAMIENTO")
_FORM = re.compile(r"\bT[MN]{2}\s*-?\s*F[O0]{2}4\b")
_ROLE = re.compile(r"^(?:C\. )?(?:RESPONSABLE|TITULAR|DIRECTOR[A]?|ENCARGAD[OA]|JEF[EA]|COORDINADOR[A]?) (?:DE|DEL)\b")
_ACTS = ("ELABORO", "REVISO", "AUTORIZO", "VO BO", "FORMULO", "APROBO")
_FILLERS = ("NOMBRE Y FIRMA", "FIRMA")
_COLUMNS = (
    "METAS Y ACCIONES", "DESCRIPCION DE LAS METAS ACCIONES", "UNIDAD DE MEDIDA", "UNIDAD MEDIDA", "META ANUAL",
    "META ANUAL AUTORIZADA", "AVANCE ABSOLUTO", "ACUMULADO RELATIVO", "OBSERVACIONES", "LINEA DE ACCION",
    "ABSOLUTO", "RELATIVO", "META Y ACTIVIDADES", "INDICADOR DE MEDIDA", "META", "ACCIONES", "LINEA DE ACCION PMD",
)  # fmt: skip
_MARKS = frozenset({"P", "A", "%", "PROGRAMADO", "REALIZADO", "ALCANZADO", "AVANCE"})  # of a quarter's columns
_PAGE_NUMBER = re.compile(
    r"(?:(?:HOJA|FOJA|PAGINA|PAG)\.? ?(?:NO\.? ?)?\d{1,4}(?: ?(?:DE|/) ?\d{1,4})?|\d{1,4} DE \d{1,4})"
)
_CODED = re.compile(r"^(?:[-•·–]\s*)?\d{1,6}(?:\.\d{1,2}){0,3}\.?(?:\s|$)")
_DOTTED = r"\d{1,2}(?:\.\d{1,2}){1,3}\.?"
_CODES_CELL = re.compile(rf"{_DOTTED}(?:[\s,;/|–-]+(?:[yYe]\s+)?{_DOTTED})*")
_NUMBERED = re.compile(r"(?:N[oº°]\.? ?|[(#])?\d{2,4}\s*[.,):–-]\s*-?\s*\D")


@lru_cache(maxsize=2048)
def label_of(text: str) -> str | None:
    """The header field a label names, also misread (SUBSUNCION, PRIVALIDAD); None if it is no label."""
    found = " ".join(words(text))
    if not 3 <= len(found) <= 40 or any(map(str.isdigit, found)):
        return None
    if found in _FIELD_OF:
        return _FIELD_OF[found]
    scored = process.extract(found, _NAMES, scorer=fuzz.ratio, score_cutoff=LIKE_LABEL, limit=None)
    best, field = max(((score, _FIELD_OF[name]) for name, score, _ in scored), default=(0.0, ""))
    least = 100 if len(found) < 4 else 85 if field == "otra" else 75 if len(found) <= 6 else LIKE_LABEL
    return field if best >= least else None


def split_label(text: str) -> tuple[str | None, str]:
    """Part ``label: value``, ``label<tab>value`` or ``label 54 value`` into the label's field and the value.

    (None, the text) where the line begins with no label; a label alone gives an empty value.
    """
    body = text.strip()[:MAX_LINE]
    for mark in (":", "\t"):
        head, found, rest = body.partition(mark)
        if found and (field := label_of(head)):
            return field, rest.strip(" \t:")
    if field := label_of(body):
        return field, ""
    digits = _BEFORE_DIGITS.match(body)
    if digits and (field := label_of(digits.group(1))):
        return field, body[digits.end() :].strip()
    folded = plain(body[:60])
    if folded.startswith(_LEADING):
        name = next(name for name in _LEADING if folded.startswith(name)).rstrip()
        return label_of(name), body.split(None, len(name.split()))[-1]
    return None, body


def title_of(text: str) -> str | None:
    """Which line of the title this is (ayuntamiento, poa, avance), also misread; None if it is none."""
    if len(text) > 120 or "\t" in text.strip():
        return None
    if (found := words(text)) and found[0].isdigit():
        return None
    joined = " ".join(w for w in found if not w.isdigit())
    for name, phrase in _TITLES.items():
        if fuzz.ratio(joined, phrase) >= 75:
            return name
    if len(found) <= 12 and council_end(found) is not None:
        return "ayuntamiento"
    return None


def council_end(found: Sequence[str]) -> int | None:
    """Where the municipality's name begins among a title's words, behind its council's; None if nowhere."""
    at = next((k for k, word in enumerate(found[:3]) if is_council(word)), None)
    if at is not None:
        return at + 1
    called = _COUNCIL.match(" ".join(found))
    return len(called[0].split()) if called else None


def is_council(word: str) -> bool:
    """Whether a word is AYUNTAMIENTO, also misread; MANTENIMIENTO and its like are no misreading of it."""
    if len(word) < 9:
        return False
    likeness = fuzz.ratio(word, "AYUNTAMIENTO")
    return likeness >= 70 and likeness > max(fuzz.ratio(word, w) for w in _NOT_COUNCIL)


def is_form_code(text: str) -> bool:
    """Whether a short line prints the form's code, TMM-F004."""
    return len(text) <= 60 and bool(_FORM.search(plain(text)))


def is_table_head(text: str) -> bool:
    """Whether a line is part of a table's header: at least three columns of the form, quarters, or P and A."""
    cells = [c for c in cells_of(text[:2000]) if c]
    if len(cells) < 3:
        return False
    pa = sum(c.upper() in _MARKS for c in cells)
    if pa >= 4 and pa >= 0.6 * len(cells):
        return True
    if sum(bool(MONTH_TO_MONTH.fullmatch(plain(c))) for c in cells) >= 2:
        return True
    return sum(_is_column(c) for c in cells) >= 3


@lru_cache(maxsize=2048)
def _is_column(cell: str) -> bool:
    if letters(cell) == "PERIODO" or plain(cell) == "L/A":
        return True
    found = " ".join(words(cell))
    return len(found) >= 4 and any(fuzz.ratio(found, name) >= 80 for name in _COLUMNS)


_ONE_FIGURE = (CellKind.NUMBER, CellKind.PERCENT)
_mark = cache(LineMark)  # one of each: a mark is kept for every line of an extract
_ROW, _ROW_OF_FORM = _mark(LineKind.ROW), _mark(LineKind.ROW, "accion")


def _is_row(cells: list[str]) -> bool:
    """Whether a line is an action row: a text, then at least three figures in cells of their own, or its beginning."""
    if is_action_start(cells):
        return True
    figures = 0
    for cell in cells[:64]:
        figures += kind_of(cell) in _ONE_FIGURE
        if figures == 3:
            return any(map(str.isalpha, "".join(cells)))
    return False


def _is_of_form(cells: list[str]) -> bool:
    return bool(_CODES_CELL.fullmatch(cells[0])) or any(_NUMBERED.match(c) for c in cells[:3])


def is_action_start(cells: list[str]) -> bool:
    """Whether cells begin as only a row of this form does: línea codes, or an action number with its text."""
    if _CODES_CELL.fullmatch(cells[0]) and len(cells) > 1 and _NUMBERED.match(cells[1]):
        return True
    return bool(_NUMBERED.match(cells[0])) and len(cells) > 3 and "." in cells[0][:6] and not _CODED.match(cells[0])


def is_signature(text: str) -> bool:
    """Whether a line is of the signatures by its words: who draws up, reviews, authorises; a role; name and sign."""
    if len(text) > 300 or any(map(str.isdigit, text)):
        return False
    cells = [c for c in text.split("\t") if c.strip()]
    return bool(cells) and all(map(role_of, cells))


@lru_cache(maxsize=2048)
def role_of(text: str) -> str | None:
    """The word of the signatures that a text is: ``acto``, ``cargo`` or ``relleno``; None for a name or other text."""
    folded = " ".join(words(text))
    if _ROLE.match(folded) and len(folded) <= 90:
        return "cargo"
    if any(len(folded) <= len(a) + 2 and fuzz.ratio(folded, a) >= 80 for a in _ACTS):
        return "acto"
    if any(fuzz.ratio(folded, f) >= 75 for f in _FILLERS):
        return "relleno"
    first = folded.split(" ", 1)[0]
    if 9 <= len(first) <= 13 and fuzz.ratio(first, "RESPONSABLE") >= 80 and len(folded) <= 90:
        return "cargo"
    return None


def classify(text: str) -> LineMark:
    """What one line of an extract is evidence of."""
    return _classify_short(text) if len(text) <= SHORT else _classify(text)


def _classify(text: str) -> LineMark:
    body = text[:MAX_LINE].strip(" *_#\r\n\f\v")
    if not body.strip() or (len(body) <= LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(plain(body).strip(" -"))):
        return _mark(LineKind.BLANK)
    if "\t" in text or "|" in text:
        cells = cells_of(text[:MAX_LINE])
        if len(cells) > 1 and _is_row(cells):
            return _ROW_OF_FORM if _is_of_form(cells) else _ROW
    elif spaced_row(body[:MAX_LINE]):
        return _ROW_OF_FORM
    if is_table_head(text):
        return _mark(LineKind.TABLE_HEAD)
    if is_signature(body):
        return _mark(LineKind.SIGNATURE)
    if title := title_of(body):
        return _mark(LineKind.TITLE, title)
    field, _ = split_label(body)
    if field == "fecha" or (field is None and is_period(body)):
        return _mark(LineKind.DATE)
    if field:
        return _mark(LineKind.LABEL, field)
    if is_form_code(body):
        return _mark(LineKind.FORM_CODE)
    if _CODED.match(body.strip()):
        return _mark(LineKind.CODE)
    return _mark(LineKind.OTHER)


def is_date(text: str) -> bool:
    """Whether a line dates its page: FECHA with what stands beside it, a range of months, a date."""
    return classify(text).kind is LineKind.DATE


# Titles, labels and names recur from page to page, and the parts of a page ask for their lines again.
_classify_short = lru_cache(maxsize=2048)(_classify)


def looks_like_name(text: str) -> bool:
    """Whether a text could be a person's name: two to seven words, few marks, no digits, nothing of the form."""
    cells = [c.strip() for c in text.strip().split("\t") if c.strip()]
    return bool(cells) and len(text) <= 200 and all(_is_name(c) for c in cells)


def _is_name(cell: str) -> bool:
    found = words(cell)
    if not 2 <= len(found) <= 8 or any(map(str.isdigit, "".join(found))):
        return False
    return not cell.rstrip().endswith((".", ":", ";")) and cell[:1].isupper()
