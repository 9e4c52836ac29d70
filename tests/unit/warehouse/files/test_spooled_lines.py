"""Lines read from disk are the lines that decoding the whole file gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.warehouse.files.extract_file import RefusedFileError, decode
from dagster_project.warehouse.files.spooled_lines import LinesOnDisk, open_lines, spool_lines

TEXTS = st.lists(st.sampled_from(["RAMO: 31", "", " ", "AÑO\t2023", "ejecución\r", "“comillas”", "\x85x", "a\rb"]))


def lines_of(path: Path) -> list[str]:
    with open_lines(path, small=0) as lines:
        assert isinstance(lines, LinesOnDisk)
        assert [lines[i] for i in range(len(lines))] == list(lines) == lines[:]
        return list(lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    TEXTS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "latin-1"]), st.booleans()
)
def test_the_same_lines_as_decoding_the_file(
    tmp_path: Path, texts: list[str], end: str, encoding: str, is_closed: bool
) -> None:
    data = ("FORMA" + end + end.join(texts) + (end if is_closed else "")).encode(encoding, "ignore")
    path = tmp_path / "extracto.txt"
    path.write_bytes(data)
    assert lines_of(path) == [line for line, _ in decode(data).lineas]


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"", "vacio"), (b" \n\t\n", "vacio"), (b"a\0b\n", "binario"), ("FORMA".encode("utf-16"), "codificacion")],
)
def test_what_is_refused_is_refused_for_the_same_reason(tmp_path: Path, data: bytes, rule: str) -> None:
    path = tmp_path / "extracto.txt"
    path.write_bytes(data)
    with pytest.raises(RefusedFileError) as refused, open_lines(path, small=0):
        pass
    assert refused.value.regla == rule


def test_a_file_that_shrinks_under_the_reader_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "extracto.txt"
    path.write_bytes(b"uno\ndos\ntres\n")
    with open_lines(path, small=0) as lines:
        path.write_bytes(b"uno\n")
        with pytest.raises(RefusedFileError, match="changed"):
            lines[2]


def test_a_small_file_is_simply_held(tmp_path: Path) -> None:
    path = tmp_path / "extracto.txt"
    path.write_bytes(b"uno\ndos\n")
    with open_lines(path) as lines:
        assert lines == ["uno", "dos"]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_lines_that_are_spooled_come_back_as_they_were(texts: list[str]) -> None:
    lines = spool_lines(iter(texts))
    assert [lines[i] for i in range(len(lines))] == list(lines) == lines[:] == texts
