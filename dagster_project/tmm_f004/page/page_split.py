"""Where the form pages of an extract begin and end, and where the parts of each page stand.

No single marker decides: titles are lost, misread or printed after the header, tables run over
a page with no title, signatures are missing. A page is a run of evidence (title, header,
table, signatures) that does not start over. What a part says is not read here.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dagster_project.tmm_f004.model import Refusal
from dagster_project.tmm_f004.page.line_kinds import LineKind, LineMark, classify, looks_like_name
from dagster_project.tmm_f004.text.cells import is_banner

BLANK, TITLE, FORM_CODE, LABEL, CODE, DATE, TABLE_HEAD, ROW, SIGNATURE, OTHER = LineKind  # as ``numbers.TEXT``

Line = tuple[int, str]

MAX_UNREAD = 3  # lines of a title that may all be misread
MAX_REFUSED_TEXT = 500  # of a refused piece: enough to recognise it, the lines themselves are in raw.lineas
_BODY = (TABLE_HEAD, ROW)
_WEAK = (DATE, FORM_CODE)
_NO_PART = (BLANK, OTHER, *_WEAK)
_KEY_LABELS = frozenset({"ramo", "unidad_ejecutora", "finalidad", "funcion", "subfuncion"})
_OF_A_PAGE = frozenset({"ramo", "unidad_ejecutora"})  # labels that part no table: what follows is another unit's


@dataclass(frozen=True, slots=True)
class PageLines:
    """A form page: its first and last line (from 1) and the lines of each part, blank lines left out.

    ``tabla`` runs from the first line of the table's header to the line before the signatures.
    """

    inicio: int
    fin: int
    titulo: tuple[Line, ...]
    cabecera: tuple[Line, ...]
    tabla: tuple[Line, ...]
    firmas: tuple[Line, ...]
    sueltas: tuple[Line, ...]


@dataclass
class _Open:
    start: int
    last: int
    labels: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    codes: int = 0
    table: bool = False
    signed: bool = False


def iter_pages(lines: Sequence[str], refused: list[Refusal]) -> Iterator[PageLines]:
    """The form pages of an extract, one at a time; what belongs to none goes to ``refused``."""
    marks = [classify(text) for text in lines]
    end = 0
    for start, stop in _spans(marks, _banners(lines, marks)):
        refused += _refuse(lines, end, start, "texto_sin_lugar", "text outside any form page")
        end = stop
        page = _parts(lines, marks, start, stop)
        if _is_form(page, marks):
            yield page
            blocks = [(n - 1, n) for n, _ in page.sueltas if marks[n - 1].kind is not DATE]
            for first, last in _joined(blocks):
                reason = "text within a form page that belongs to none of its parts"
                refused += _refuse(lines, first, last, "texto_sin_lugar", reason)
        elif len({marks[i].detail for i in range(start, stop) if marks[i].kind is TITLE}) >= 2:
            reason = "a form's title with neither header nor table after it"
            refused += _refuse(lines, start, stop, "forma_cortada", reason)
        else:
            reason = "text that resembles a part of a form, but no TMM-F004 page"
            refused += _refuse(lines, start, stop, "texto_sin_lugar", reason)
    refused += _refuse(lines, end, len(lines), "texto_sin_lugar", "text outside any form page")


def _spans(marks: Sequence[LineMark], banners: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First and last-plus-one index of each run of evidence that does not start over."""
    strong = _strong_codes(marks)
    above_table = _above_table(marks)
    page: _Open | None = None
    for i, mark in enumerate(marks):
        if mark.kind in _NO_PART:
            continue
        if mark.kind is CODE and not strong[i]:
            continue
        if i in banners and page is not None and page.table and not page.signed:
            continue
        if mark.kind is SIGNATURE and page is None:
            continue
        if page is None or _starts_over(page, mark, marks[page.last], bool(above_table[i])):
            start = _block_start(marks, i, -1 if page is None else page.last)
            if page is not None:
                yield page.start, start
            page = _Open(start, i)
            for before in marks[start:i]:
                _note(page, before)
        _note(page, mark)
        page.last = i
    if page is not None:
        yield page.start, len(marks)


def _banners(lines: Sequence[str], marks: Sequence[LineMark]) -> frozenset[int]:
    """The lines that name the part of a table whose rows come right below, with a header's word or code."""
    found = []
    below = BLANK
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        if below is ROW and mark.kind in (LABEL, CODE) and mark.detail not in _OF_A_PAGE and is_banner(lines[i]):
            found.append(i)
        elif mark.kind not in (BLANK, OTHER):
            below = mark.kind
    return frozenset(found)


def _note(page: _Open, mark: LineMark) -> None:
    if mark.kind is TITLE:
        page.titles.add(mark.detail)
    elif mark.kind is LABEL:
        page.labels.add(mark.detail)
    elif mark.kind is CODE:
        page.codes += 1
    elif mark.kind in _BODY:
        page.table = True
    elif mark.kind is SIGNATURE:
        page.signed = page.signed or page.table or bool(page.labels)


def _starts_over(page: _Open, mark: LineMark, before: LineMark, is_above_table: bool) -> bool:
    """Whether this line can only belong to another page than the open one, whose last part is the line ``before``."""
    if mark.kind is SIGNATURE:
        return False
    if page.signed:
        return True
    if mark.kind in (TITLE, LABEL):
        if page.table:
            return True
        has_header = len(page.labels & _KEY_LABELS) >= 2 or page.codes >= 3
        if mark.kind is TITLE:
            # A title repeated right before the table stands on one page with its header above.
            return has_header and mark.detail in page.titles and not is_above_table
        return has_header and mark.detail in _KEY_LABELS & page.labels and mark != before  # two units of one header
    return False


def _block_start(marks: Sequence[LineMark], i: int, last: int) -> int:
    """Where the block begins that line ``i`` opens: titles, dates and the form's code right above belong to it."""
    start = i
    k = i - 1
    while k > last:
        if marks[k].kind in (TITLE, *_WEAK):
            start = k
        elif marks[k].kind is not BLANK:
            break
        k -= 1
    return _with_paragraph_above(marks, start, last)


def _with_paragraph_above(marks: Sequence[LineMark], start: int, last: int) -> int:
    """Take in the lines above a block that only their place gives away: a title or label misread beyond likeness.

    They stand right above the block and apart from the part before it, whose last line is ``last``.
    """
    above = start - 1
    if above > last and marks[above].kind is BLANK:
        above -= 1  # one blank line stands between the lines of a title
    first = above + 1
    while first - 1 > last and marks[first - 1].kind is OTHER and above - first < MAX_UNREAD:
        first -= 1
    if first > above or (first > 0 and marks[first - 1].kind is not BLANK):
        return start
    blanks = 0
    while first - 1 - blanks > last and marks[first - 1 - blanks].kind is BLANK:
        blanks += 1
    # Two blank lines part forms; one will do where the line missing on a title is the municipality's.
    headless = above == start - 1 and marks[start] == LineMark(TITLE, "poa")
    apart = last < 0 or blanks >= (1 if headless else 2)
    return first if apart and first - 1 - blanks <= max(last, 0) else start


def _strong_codes(marks: Sequence[LineMark]) -> bytearray:
    """For each line, whether it is a coded line among at least two more lines of a header."""
    filled = array("q", (i for i, m in enumerate(marks) if m.kind is not BLANK))
    heads = bytearray(marks[i].kind in (CODE, LABEL) for i in filled)
    strong = bytearray(len(marks))
    for k, i in enumerate(filled):
        if marks[i].kind is CODE:
            strong[i] = sum(heads[max(0, k - 3) : k + 4]) >= 3
    return strong


def _above_table(marks: Sequence[LineMark]) -> bytearray:
    """For each line, whether a table comes next, before any line of a header or of signatures."""
    answer = bytearray(len(marks))
    coming = False
    for i in range(len(marks) - 1, -1, -1):
        answer[i] = coming
        if marks[i].kind in _BODY:
            coming = True
        elif marks[i].kind in (LABEL, CODE, SIGNATURE):
            coming = False
    return answer


def _parts(lines: Sequence[str], marks: Sequence[LineMark], start: int, stop: int) -> PageLines:
    filled = [i for i in range(start, stop) if marks[i].kind is not BLANK]
    body = [i for i in filled if marks[i].kind in _BODY]
    signed = [i for i in filled if marks[i].kind is SIGNATURE and (not body or i > body[0])]
    first_body = body[0] if body else stop
    first_sign = _first_signature(lines, marks, filled, signed, body) if signed else stop
    if body and not signed:
        first_sign = _after_table(marks, body[-1], stop)
    head_end = min(first_body, first_sign)
    title = [i for i in filled if i < head_end and _is_title(marks, i, start)]
    titled = set(title)
    header = [i for i in filled if i < head_end and i not in titled]
    table = [i for i in filled if first_body <= i < first_sign]
    after = [i for i in filled if i >= max(first_sign, start)]
    signs = [i for i in after if signed and (i <= signed[-1] or _is_last_name(lines[i], i, signed[-1]))]
    loose = set(after) - set(signs)
    kept = [i for i in filled if i not in loose] or filled

    def picked(indexes: list[int]) -> tuple[Line, ...]:
        return tuple((i + 1, lines[i]) for i in indexes)

    return PageLines(
        kept[0] + 1, kept[-1] + 1, picked(title), picked(header), picked(table), picked(signs), picked(sorted(loose))
    )


def _is_title(marks: Sequence[LineMark], i: int, start: int) -> bool:
    if marks[i].kind in (TITLE, FORM_CODE):
        return True
    if marks[i].kind is not OTHER:
        return False
    return i == start or any(marks[k].kind is TITLE for k in (i - 1, i + 1) if 0 <= k < len(marks))


def _is_last_name(text: str, i: int, last_signed: int) -> bool:
    return i <= last_signed + 2 and looks_like_name(text)


def _after_table(marks: Sequence[LineMark], last: int, stop: int) -> int:
    """The end of a table without signatures: the text right under its last row still belongs to the row."""
    end = last + 1
    while end < stop and marks[end].kind not in (BLANK, DATE):
        end += 1
    return end


def _first_signature(
    lines: Sequence[str], marks: Sequence[LineMark], filled: list[int], signed: list[int], body: list[int]
) -> int:
    """The first line of the signatures: a name or a date may stand above the first word that gives them away."""
    position = filled.index(signed[0])
    first = signed[0]
    for i in reversed(filled[max(0, position - 2) : position]):
        apart = not body or (i > body[0] and marks[i - 1].kind is BLANK)
        named = marks[i].kind is OTHER and looks_like_name(lines[i])
        if not apart or not (named or marks[i].kind is DATE):
            break
        first = i
    return first


def _is_form(page: PageLines, marks: Sequence[LineMark]) -> bool:
    """Whether a run of evidence is a TMM-F004 page: two independent signs of it, one of them a header or a table."""
    inside = marks[page.inicio - 1 : page.fin]
    titles = {m.detail or m.kind for m in inside if m.kind in (TITLE, FORM_CODE)}
    labels = {m.detail for m in inside if m.kind is LABEL and m.detail != "otra"}
    kinds = [m.kind for m in inside]
    codes, heads = kinds.count(CODE), TABLE_HEAD in kinds
    rows = any(m.detail == "accion" for m in inside if m.kind is ROW)
    structure = (len(labels) >= 3) + (codes >= 5) + heads + 2 * rows
    return structure >= 1 and structure + min(len(titles), 2) >= 2


def _joined(blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in blocks:
        if joined and joined[-1][1] >= first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _refuse(lines: Sequence[str], start: int, stop: int, rule: str, reason: str) -> list[Refusal]:
    filled = [i for i in range(start, stop) if lines[i].strip()]
    if not filled:
        return []
    text = "\n".join(lines[i].strip()[:MAX_REFUSED_TEXT] for i in filled[:20])[:MAX_REFUSED_TEXT]
    return [Refusal(rule, f"{reason} (lines {filled[0] + 1} to {filled[-1] + 1})", text, filled[0] + 1)]
