"""The reader on any text, in the seconds that a test may take; ``make fuzz`` gives it minutes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.fuzz.bounds import check, check_bytes
from checks.fuzz.texts import any_text, pages
from dagster_project.warehouse.files.extract_file import DecodedFile, split_lines

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(any_text())
def test_reads_or_refuses_any_text(text: str) -> None:
    """Within its bound, with rows that the tables hold; surrogates alone never come out of a file."""
    text = text.encode("utf-8", "replace").decode()
    check(DecodedFile("utf-8", split_lines(text)))


def test_rows_that_share_a_line_are_refused_by_the_load_and_read_by_the_command() -> None:
    """A line end that OCR lost between two rows: found by the texts above."""
    (page,) = (page for page in pages() if any(line.startswith("4.5.4\t201.") for line in page))
    check(DecodedFile("utf-8", split_lines("\n".join(page).replace("\n4.5.4\t201.", "4.5.4\t201."))))


@QUICK
@given(st.binary(max_size=2000))
def test_reads_or_refuses_any_bytes(data: bytes) -> None:
    """As above, from the bytes of a file."""
    assert check_bytes(data)
