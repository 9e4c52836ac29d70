"""How many rows nobody could settle: an observer who is told the table's layout and the kinds of damage.

For a row hit once (or not at all), every single damage is undone in every place, the layout read
off strictly, and what the arithmetic then forces is filled in. Where a reading other than
the truth takes no more damage than the truth did, the row alone does not decide, however good
the reader; a reader that is sure of such a row bets on one damage being likelier than another.

Belongs here: that observer. Does not: the product's reader, which must find the layout too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console

from benchmarks.baselines.cells import FIELDS, number
from benchmarks.intervals import share_text
from benchmarks.scoring import Row, kind_of

Cell = int | None  # None: unknown, to be filled in by the arithmetic
Figures = tuple[int, ...]
Undone = tuple[list[Cell], int | None, str]  # cells, which of them was misread, what it says


def undo(cells: list[str], columns: list[str]) -> Iterator[Undone]:
    """The row as printed, then with each single damage undone."""
    plain: list[Cell] = [number(c) for c in cells]
    yield plain, None, ""
    last = len(cells) - 1
    for i in range(1, last):
        if cells[i] in ("", "0"):
            yield plain[:i] + plain[i + 1 :], None, ""
        if cells[i] == cells[i - 1]:
            yield plain[:i] + plain[i + 1 :], None, ""
    for i in range(last + 1):
        yield [*plain[:i], None, *plain[i:]], None, ""
        yield [*plain[:i], 0, *plain[i:]], None, ""
    for length in (2, 3, 4):
        for i in range(1, last - 2 * length + 1):
            if cells[i : i + length] == cells[i + length : i + 2 * length]:
                yield plain[:i] + plain[i + length :], None, ""
    for i, text in enumerate(cells):
        if text == "" or any(c.isdigit() for c in text):
            yield [*plain[:i], None, *plain[i + 1 :]], i, text
            if text == "0" and len(cells) == len(columns):
                yield unknown_column(plain, columns, i), i, text


def unknown_column(plain: Sequence[Cell], columns: list[str], at: int) -> list[Cell]:
    """The cells with the figure of column ``at`` unknown wherever the table prints it."""
    campo = columns[at].rstrip("*")
    return [None if c.rstrip("*") == campo else v for c, v in zip(columns, plain, strict=True)]


def fits_layout(cells: Sequence[Cell], row: Row, figures: Figures) -> bool:
    """Whether the cells that print no figure of their own say what the table makes such cells say.

    Those are achievement after the corte, the quarter out of the plan, blank columns and copies.
    """
    value = dict(zip(FIELDS, figures, strict=True))
    if row["fuera"] and (value["p1"] or value["a1"]):
        return False
    copied = "futuro:copia" in row["disposicion"]
    for campo, cell in zip(row["columnas"], cells, strict=True):
        plain = campo.rstrip("*")
        if cell is None:
            continue
        if plain and after(plain, row["trimestre"]):
            expected = value[f"p{plain[1]}"] if copied else 0
        else:
            expected = value[plain] if plain else 0
        if cell != expected:
            return False
    return True


def readings(cells: list[Cell], at: int | None, text: str, row: Row) -> Iterator[Figures]:
    """The figures ``cells`` give under the layout, unknowns filled in where the arithmetic forces them."""
    columns, corte = row["columnas"], row["trimestre"]
    if len(cells) != len(columns):
        return
    figures: dict[str, Cell] = {}
    for campo, value in zip(columns, cells, strict=True):
        if campo and not campo.endswith("*"):
            figures[campo] = value
    known = [figures.get(f, 0) if not after(f, corte) else 0 for f in FIELDS]
    hole = [i for i, v in enumerate(known) if v is None]
    for value in _fill(known, hole):
        done = tuple(value if i in hole else v or 0 for i, v in enumerate(known))
        if closes_known(done) and fits_layout(cells, row, done) and (not text or not hole or _near(text, value)):
            yield done


def after(campo: str, corte: int) -> bool:
    """Whether a field is an achievement after the corte."""
    return campo[0] == "a" and campo[1:].isdigit() and int(campo[1:]) > corte


def _fill(known: list[Cell], hole: list[int]) -> list[int]:
    if not hole:
        return [0]
    figures = [v or 0 for v in known]
    i = hole[0]
    plan, done = sum(figures[1:9:2]), sum(figures[2:9:2])
    if i == 0:
        return [plan]
    if i == 9:
        return [done]
    if i == 10:
        return [(200 * figures[9] + figures[0]) // (2 * figures[0])] if figures[0] else []
    return [figures[0] - plan if i % 2 else figures[9] - done]


def closes_known(f: Figures) -> bool:
    """Whether figures (unknown achievement as 0) close, none of them negative."""
    meta, total = f[0], f[9]
    if min(f) < 0 or meta != sum(f[1:9:2]) or total != sum(f[2:9:2]) or not meta:
        return False
    return f[10] == (200 * total + meta) // (2 * meta)


def _near(text: str, value: int) -> bool:
    """Whether one misread, lost or zeroed figure turns ``value`` into what is printed."""
    printed, true = "".join(c for c in text if c.isdigit()), str(value)
    if printed in ("", "0"):
        return True
    if len(printed) == len(true):
        return sum(a != b for a, b in zip(printed, true, strict=True)) <= 1
    if len(printed) == len(true) - 1:
        return any(true[:i] + true[i + 1 :] == printed for i in range(len(true)))
    return False


def truth_figures(row: Row) -> Figures:
    """The truth in the order of ``FIELDS``, unknown achievement as 0."""
    pairs = zip(row["programado"], row["avance"], strict=True)
    quarters = [v or 0 for pair in pairs for v in pair]
    return (row["meta"], *quarters, row["absoluto"], row["relativo_pct"])


def settled(row: Row) -> bool | None:
    """Whether a row hit at most once has no rival as cheap as its truth; None for rows hit more often."""
    hits = kind_of(row)
    if hits == "several" or hits == "error_publicado" or row["es_razon"]:
        return None
    truth = truth_figures(row)
    for undone in undo(row["impreso"], row["columnas"]):
        for found in readings(*undone, row):
            if found != truth:
                return False
            if hits == "none":
                return True  # as printed, with no damage at all: nothing is cheaper
        if hits == "none":
            break
    return True


def show(console: Console, rows: list[Row]) -> None:
    """Print the share of rows with a rival, by kind of damage."""
    verdicts = [(kind_of(r), settled(r)) for r in rows]
    rivals = Counter(kind for kind, ok in verdicts if ok is False)
    judged = Counter(kind for kind, ok in verdicts if ok is not None)
    n = sum(judged.values())
    console.print(f"rows with a rival as cheap as the truth, layout known: {share_text(sum(rivals.values()), n)}")
    parts = (f"{kind} {rivals[kind]}/{judged[kind]}" for kind in sorted(rivals, key=lambda k: -rivals[k]))
    console.print(f"  of {n:,} rows hit at most once ({len(rows) - n:,} more not judged): {', '.join(parts)}")
