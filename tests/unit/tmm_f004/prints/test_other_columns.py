"""Columns that offices add to the form or print in another place: a number's, an objective's, a measure's, differences.

Each table is the same four rows of a second quarter, and reads the same: by the names in its head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.support.printed_tables import HEAD, READ, WHOLE, figures, read, sure

MARKS = "\t\t\t\tP\tA\tP\tA\tP\tA\tP\tA\t\t\t"
ACTIONS = [row.split("|") for row in WHOLE]


def parted(action: str) -> tuple[str, str]:
    number, _, text = action.partition(".- ")
    return number, text


def of(*first: str) -> list[str]:
    """The form's head with other columns before the measure's."""
    names, quarters, marks = (line.split("\t") for line in HEAD)
    blank = [""] * len(first)
    return ["\t".join([*own, *line[2:]]) for own, line in ((first, names), (blank, quarters), (blank, marks))]


def rows(first: Callable[[int, str, str, str], Sequence[str]]) -> list[str]:
    return ["\t".join([*first(k, cells[0], *parted(cells[1])), *cells[2:]]) for k, cells in enumerate(ACTIONS, start=1)]


LECTURA = "Fomentar la lectura"


@pytest.mark.parametrize(
    ("head", "first"),
    [
        pytest.param(("No.", "L/A", "METAS Y ACCIONES"), lambda k, c, n, t: (n, c, t), id="before-codes"),
        pytest.param(("L/A", "No. de acción", "ACCIONES"), lambda k, c, n, t: (c, n, t), id="behind-codes"),
        pytest.param(("Núm.", "METAS Y ACCIONES"), lambda k, c, n, t: (n, t), id="no-codes"),
        pytest.param(("OBJETIVO", "No.", "ACCIONES"), lambda k, c, n, t: (LECTURA, n, t), id="objective"),
        pytest.param(
            ("EJE", "L/A", "META", "ACCIONES"), lambda k, c, n, t: ("3", c, LECTURA, f"{n}.- {t}"), id="two-texts"
        ),
        pytest.param(("No.", "L/A", "ACCIONES"), lambda k, c, n, t: (str(k), c, f"{n}.- {t}"), id="place-and-number"),
    ],
)
def test_a_number_in_a_column_of_its_own(head: Sequence[str], first: Callable[..., Sequence[str]]) -> None:
    found = read(rows(first), head=of(*head))
    assert sure(found) == READ
    assert [row["descripcion"] for row in found] == [parted(cells[1])[1] for cells in ACTIONS]


@pytest.mark.parametrize("head", [("No.", "METAS Y ACCIONES"), ("NÚMERO", "METAS Y ACCIONES")])
def test_a_number_of_one_digit_counts_where_the_head_names_its_column(head: Sequence[str]) -> None:
    """Some offices number from 1; where no column is named so, a digit before a text is the row's place or a speck."""
    found = read(rows(lambda k, code, n, text: (str(k), text)), head=of(*head))
    assert list(sure(found)) == [1, 2, 3, 4]
    unnamed = read(rows(lambda k, code, n, text: (str(k), text)), head=of("", "METAS Y ACCIONES"))
    assert [row["accion"] for row in unnamed] == [None] * 4


def test_figures_in_a_text_are_no_number() -> None:
    """Only as the form marks it, and only behind another text."""
    found = read(
        rows(lambda k, code, n, text: (code, f"{text} con", "200 pesos")), head=of("L/A", "METAS Y ACCIONES", "TIPO")
    )
    assert [row["accion"] for row in found] == [None] * 4


def exchanged(line: str) -> str:
    cells = line.split("\t")
    return "\t".join([*cells[:2], cells[3], cells[2], *cells[4:]])


def test_a_measure_behind_the_meta_is_the_measure() -> None:
    found = read([exchanged(row.replace("|", "\t")) for row in WHOLE], head=[exchanged(line) for line in HEAD])
    assert sure(found) == READ
    assert [row["unidad_medida"] for row in found] == [cells[2] for cells in ACTIONS]


def test_a_row_that_lacks_a_cell_is_not_exchanged() -> None:
    """Where the code is lost, another pair of cells stands there: nothing of it is sure and wrong."""
    lines = [exchanged(row.replace("|", "\t")) for row in WHOLE]
    found = read([lines[0].partition("\t")[2], *lines[1:]], head=[exchanged(line) for line in HEAD])
    assert all(value in (READ[number], "dudosa") for number, value in sure(found).items())


def test_differences_by_quarter_may_be_below_nought() -> None:
    """They are none of the form's figures, and forbid nothing; a negative one of the form's does."""

    def with_difference(cells: Sequence[str]) -> str:
        pairs = [cells[k : k + 2] for k in range(4, 12, 2)]
        named = [c for p, a in pairs for c in (p, a, str(int(a or 0) - int(p)))]
        return "\t".join([*cells[:4], *named, *cells[12:]])

    names, quarters, _ = HEAD
    marks = "\t\t\t\t" + "\t".join(("PROG", "ALC", "DIF") * 4) + "\t\t\t"
    wide = ["\t".join([*names.split("\t")[:4], "PERIODO", *[""] * 11, *names.split("\t")[12:]])]
    spans = "\t\t\t\t" + "\t".join(c for q in quarters.split("\t")[4:12:2] for c in (q, "", "")) + "\t\t\t"
    found = read([with_difference(cells) for cells in ACTIONS], head=[*wide, spans, marks])
    assert sure(found) == READ
    assert any("-" in cell for row in found for cell in row["impreso"])
    spoilt = [[*ACTIONS[0][:5], "-128", *ACTIONS[0][6:]], *ACTIONS[1:]]
    found = read([with_difference(cells) for cells in spoilt], head=[*wide, spans, marks])
    assert sure(found)[700] == "dudosa"
    assert figures(found[1]) == READ[701]


def test_blocks_of_which_a_name_was_not_read_are_no_pairs() -> None:
    """Quarters named twice, and no mark: neither order is believed, though some rows close in pairs too."""
    names, *_ = HEAD
    blocks = [[*c[:4], *c[4:12:2], *(a for k, a in enumerate(c[5:12:2]) if k < 2), *c[12:]] for c in ACTIONS]
    quarters = "\t\t\t\t" + "\t".join(("ABR-JUN", "JUL-SEP", "OCT-DIC", "ENE-MAR", "ABR-JUN")) + "\t\t\t\t"
    found = read(["\t".join(row) for row in blocks], head=[names, quarters])
    assert set(sure(found).values()) == {"dudosa"}
