"""What a child says arrives whole; what is no message is a refusal."""

import pytest

from dagster_project.sources.document import Box, GridCell, Notice, Page, SheetCell, Word
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import Count, End, Engine, Message, Picture, Refused, Scanned, line_of, message_of


@pytest.mark.parametrize(
    "message",
    [
        Page(
            3,
            None,
            612.0,
            792.0,
            1,
            200,
            (Word("año", Box(1, 2, 3, 4), 0.5), Word("0", Box(1.5, 2, 3, 4), None, GridCell(1, 2, 1, 4))),
        ),
        Page(1, "Hoja 3", cells=(SheetCell(1, 2, "77", "Hoja 3!B1", "=A1", 1, 3), SheetCell(2, 1, "x", "Hoja 3!A2"))),
        Notice("partes_ocultas", "sheet 'año'", 2),
        Notice("partes_ocultas", "nowhere"),
        Count(7),
        Engine("openpyxl 3"),
        Scanned(4),
        Picture("iVBORw0K"),
        Refused("protegido", "is locked"),
        End(),
    ],
    ids=lambda message: type(message).__name__,
)
def test_arrives_as_it_was_said(message: Message) -> None:
    """A line each."""
    line = line_of(message)
    assert (line.count(b"\n"), message_of(line)) == (1, message)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\u0301rea", "área"),
        ("\ufb01nal", "final"),
        ("10²", "10²"),
        ("a\u200bb\u00ad\ufeff", "ab"),
        ("\u202e12", "12"),
        ("uno\tdos\u00a0tres\n", "uno dos tres"),
        ("\ud800x", "x"),
        ("\x1b[31m7", "[31m7"),
    ],
)
def test_text_is_cleaned(text: str, clean: str) -> None:
    """It is stored, printed and compared: no controls, no marks of direction, no halves of pairs."""
    page = message_of(line_of(Page(1, words=(Word(text, Box(0, 0, 1, 1)),))))
    assert isinstance(page, Page)
    assert page.words[0].text == clean


def test_words_of_nothing_are_none() -> None:
    """What is left of a blank is no word."""
    page = message_of(line_of(Page(1, words=(Word(" \u200b", Box(0, 0, 1, 1)),))))
    assert page == Page(1)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"Traceback (most recent call last):",
        b"{}",
        b'["page", 1]',
        b'["page", "x", null, 0, 0, 0, 0, [], []]',
        b'["page", 1, null, NaN, 0, 0, 0, [], []]',
        b'["page", 1, null, 1e999, 0, 0, 0, [], []]',
        b'["page", 1, null, 0, 0, 0, 0, [["a", 0, 0]], []]',
        b'["page", 1, null, 0, 0, 0, 0, 7, []]',
        b'["count", "many"]',
        b'["count", 1e400]',
        b'["page", 4294967296, null, 0, 0, 0, 0, [], []]',
        b'["unheard of"]',
        b"[" * 100_000,
    ],
)
def test_nonsense_is_refused(line: bytes) -> None:
    """A library that was taken over by a file says nothing that is believed."""
    with pytest.raises(RefusedFileError, match="nonsense"):
        message_of(line)
