"""Characters that nobody sees, and look-alikes of those that the reader knows: the same row, its print kept."""

from __future__ import annotations

import unicodedata

import pytest

from dagster_project.tmm_f004.text.legible import legible
from tests.support.printed_tables import HEAD, READ, WHOLE, figures, read, sure, tabbed

INVISIBLE = {
    "zero-width-space": "\u200b", "zero-width-joiner": "\u200d", "bom": "\ufeff", "soft-hyphen": "\u00ad",
    "left-to-right": "\u200e", "word-joiner": "\u2060", "variation-selector": "\ufe0f", "bell": "\x07", "nul": "\x00",
}  # fmt: skip
BLANKS = {"no-break": "\u00a0", "narrow-no-break": "\u202f", "figure": "\u2007", "thin": "\u2009", "wide": "\u3000"}


def by_cell(spoil, rows=WHOLE):
    return ["\t".join(spoil(c) if c else c for c in row.split("|")) for row in rows]


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def in_digits(zero: str):
    return lambda c: "".join(chr(ord(zero) + int(d)) if "0" <= d <= "9" else d for d in c)


@pytest.mark.parametrize("mark", INVISIBLE.values(), ids=INVISIBLE)
@pytest.mark.parametrize("place", ["before", "behind", "within"])
def test_an_invisible_character_changes_nothing(mark: str, place: str) -> None:
    spoil = {"before": lambda c: mark + c, "behind": lambda c: c + mark, "within": lambda c: mark.join(c)}[place]
    assert sure(read(by_cell(spoil), head=[spoil(line) for line in HEAD])) == READ


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_blanks_of_every_kind_are_blanks(blank: str) -> None:
    """Around a figure, between its thousands, and alone in a cell that prints nothing."""
    assert sure(read(by_cell(lambda c: f"{blank}{c.replace(',', blank)}{blank}"))) == READ
    assert sure(read(by_cell(lambda c: c.replace(",", blank).replace(" ", blank)))) == READ


@pytest.mark.parametrize(
    "spoil",
    [wide, in_digits("\u0660"), in_digits("\U0001d7ce"), lambda c: unicodedata.normalize("NFD", c)],
    ids=["full-width", "arabic-indic", "mathematical", "accents-apart"],
)
def test_digits_and_letters_of_other_forms(spoil) -> None:
    rows = read(by_cell(spoil))
    assert sure(rows) == READ
    assert rows[2]["unidad_medida"] == "Préstamo"


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize("times", [1, 2])
def test_bytes_decoded_as_another_encoding(codec: str, times: int) -> None:
    def spoil(text: str) -> str:
        for _ in range(times):
            text = text.encode("utf-8").decode(codec)
        return text

    rows = read([spoil(tabbed(row)) for row in WHOLE], head=[spoil(line) for line in HEAD])
    assert sure(rows) == READ
    assert (rows[2]["unidad_medida"], rows[2]["descripcion"]) == ("Préstamo", "Prestar equipo de cómputo")


@pytest.mark.parametrize(
    "form", ["${}$", "$ {} $", "\\({}\\)", "&nbsp;{}", "{}&#8203;"], ids=["dollars", "spaced", "tex", "html", "number"]
)
def test_marks_of_typesetting_around_a_figure(form: str) -> None:
    def spoil(cell: str) -> str:
        return form.format(cell.replace("%", "\\%") if "&" not in form else cell) if cell[:1].isdigit() else cell

    rows = [row.split("|") for row in WHOLE]
    assert sure(read(["\t".join([*r[:3], *map(spoil, r[3:])]) for r in rows])) == READ


def test_a_blank_that_holds_a_figure_together_parts_no_cells() -> None:
    """Where blanks part the cells: 1 276 with a no-break space is one."""
    rows = ["   ".join(c.replace(",", "\u00a0") for c in row.split("|") if c) for row in WHOLE]
    assert sure(read(rows)) == READ


def test_the_print_stays_as_it_is_in_what_is_given_out() -> None:
    row = read(by_cell(lambda c: "\u200b" + wide(c)))[2]
    assert row["impreso"][:2] == ["\u200b１，２７６", "\u200b３７６"]
    assert figures(row) == READ[702]
    assert read([tabbed(r) for r in WHOLE])[2]["impreso"][0] == "1,276"


@pytest.mark.parametrize(
    "text", ["Árbol “x” – 5 m²", "1er. año: 2° nivel…", "de $100 a $200", "R&D; AT&T", "\t12\t–\t"], ids=repr
)
def test_ordinary_print_is_read_as_it_is(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize("behind", ["", ";", ";;"])
def test_semicolons_that_part_a_table_are_tabs(behind: str) -> None:
    """Of a line with blank or figures side by side; a sentence may hold as many."""
    parted = [row.replace("|", ";") + behind for row in WHOLE]
    assert sure(read(parted, head=[line.replace("\t", ";") for line in HEAD])) == READ
    sentence = "Dar talleres; cursos; pláticas; visitas; jornadas; ferias; foros; 3 de 4; brigadas"
    assert legible(sentence) == sentence
