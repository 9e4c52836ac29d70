"""Action numbers that are printed and cannot be right where they stand: corrected where one number fits, else doubted.

In here: numbers against their neighbours and the other rows of their page. Not in here: numbers that print lost
(``number_sequence``). Rows left out of a table are common, so a number that merely skips some is not doubted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.text.fold import plain

CORRECTED = "secuencia_corrige"
"""The rule of a number that stands between n and n + 2, fits neither, and is taken for n + 1."""

OUT_OF_SEQUENCE, NUMBER_REPEATED = "fuera_de_secuencia", "numero_repetido"
DOUBTS = (OUT_OF_SEQUENCE, NUMBER_REPEATED)
"""The rules of a printed number that is kept and doubted."""

FEWEST_NUMBERS = 3
"""Numbers of one hundred that tell a page's: units number their actions within one."""

FARTHEST = 20
"""Actions that a table may leave out at its beginning or end; a number farther off is misread."""

SAME_TEXT = 80.0
"""How alike (0..100) the texts of one row printed twice are, at least; one of them may be damaged."""


def judge_numbers(rows: Sequence[ActionRow]) -> tuple[ActionRow, ...]:
    """The rows of a page, with their numbers judged by the sequence they stand in.

    A corrected number is marked as inferred, with the print in ``accion_impresa``; a doubted one stays as printed,
    with one of ``DOUBTS`` for its rule. Numbers that were inferred already pass.
    """
    numbers = [r.accion for r in rows]
    if all(a is not None and b is not None and b == a + 1 for a, b in pairwise(numbers)):
        return tuple(rows)
    places: dict[int, list[int]] = defaultdict(list)
    for k, number in enumerate(numbers):
        if number is not None:
            places[number].append(k)
    hundred = _hundred(numbers)
    return tuple(
        row if row.accion is None or row.accion_inferida else _judged(k, rows, numbers, places, hundred)
        for k, row in enumerate(rows)
    )


def _judged(
    k: int,
    rows: Sequence[ActionRow],
    numbers: Sequence[int | None],
    places: Mapping[int, Sequence[int]],
    hundred: int | None,
) -> ActionRow:
    row, number = rows[k], numbers[k]
    assert number is not None  # asked of printed numbers only
    twins = [i for i in places[number] if i != k]
    if any(_same_row(rows[i], row) for i in twins):
        return row  # one row printed twice: no number is misread
    fitted = _fitted(numbers, k)
    between = None if fitted else _between(k, numbers, places, hundred)
    if between is not None:
        return replace(row, accion=between, accion_inferida=True, accion_regla=CORRECTED, accion_impresa=number)
    if any(_fitted(numbers, i) >= fitted for i in twins):
        return replace(row, accion_regla=NUMBER_REPEATED)
    if not fitted and _is_out(number, _beside(numbers, k), places, hundred):
        return replace(row, accion_regla=OUT_OF_SEQUENCE)
    return row


def _between(
    k: int, numbers: Sequence[int | None], places: Mapping[int, Sequence[int]], hundred: int | None
) -> int | None:
    """The one number that a row can have where its neighbours are n and n + 2, None where they are not, or it is taken.

    Both must be of the page's hundred; of two rows with one number the one above is right, if it goes on from its own.
    """
    before, after = _beside(numbers, k)
    if before is None or after != before + 2 or before + 1 in places:
        return None
    if not before // 100 == after // 100 == hundred:
        return None
    return None if numbers[k] == before and not _fitted(numbers, k - 1) else before + 1


def _hundred(numbers: Sequence[int | None]) -> int | None:
    """The hundred that most numbers of a page are of, None where they do not tell."""
    counts = Counter(n // 100 for n in numbers if n is not None)
    if not counts:
        return None
    hundred, times = counts.most_common(1)[0]
    return hundred if times >= FEWEST_NUMBERS and 2 * times > counts.total() else None


def _beside(numbers: Sequence[int | None], k: int) -> tuple[int | None, int | None]:
    return numbers[k - 1] if k else None, numbers[k + 1] if k + 1 < len(numbers) else None


def _fitted(numbers: Sequence[int | None], k: int) -> int:
    """How many of its neighbours a number goes on from, or to: 0, 1 or 2."""
    number, (before, after) = numbers[k], _beside(numbers, k)
    if number is None:
        return 0
    return (before == number - 1) + (after == number + 1)


def _is_out(
    number: int,
    beside: tuple[int | None, int | None],
    places: Mapping[int, Sequence[int]],
    hundred: int | None,
) -> bool:
    """Whether a number that fits neither neighbour is of another unit's, outside what they leave, or far off.

    A row that stands elsewhere than its number says has changed places, if the numbers around it are printed. A
    neighbour that is of another hundred itself tells nothing.
    """
    if hundred is not None and number // 100 != hundred:
        return True
    if number - 1 in places and number + 1 in places:
        return False
    before, after = (n if n is not None and n // 100 == number // 100 else None for n in beside)
    if before is not None and after is not None:
        return after - before >= 2 and not before < number < after
    if after is not None:
        return not 0 < after - number <= FARTHEST
    return before is not None and not 0 < number - before <= FARTHEST


def _same_row(one: ActionRow, other: ActionRow) -> bool:
    return bool(one.descripcion) and fuzz.ratio(plain(one.descripcion), plain(other.descripcion)) >= SAME_TEXT
