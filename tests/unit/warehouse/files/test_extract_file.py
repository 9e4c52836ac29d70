"""Files of every kind: read without loss, or left alone with a reason."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.extract_file import (
    decode,
    extracto_id,
    read_bytes,
)


def _encode(lines: tuple[tuple[str, str], ...], encoding: str) -> bytes:
    return "".join(text + end for text, end in lines).encode(encoding)


@pytest.mark.parametrize(
    ("data", "encoding", "lines"),
    [
        pytest.param(b"a\nb\n", "utf-8", (("a", "\n"), ("b", "\n")), id="unix"),
        pytest.param(b"a\r\nb", "utf-8", (("a", "\r\n"), ("b", "")), id="crlf-no-final-newline"),
        pytest.param(b"a\rb\n", "utf-8", (("a\rb", "\n"),), id="lone-cr-is-text"),
        pytest.param(b"a\x0cb\xc2\x85c\n", "utf-8", (("a\x0cb\x85c", "\n"),), id="other-separators-are-text"),
        pytest.param(b"\xef\xbb\xbfa\n", "utf-8-sig", (("a", "\n"),), id="bom"),
        pytest.param("año\n".encode("cp1252"), "cp1252", (("año", "\n"),), id="cp1252"),
        pytest.param(b"\x81\xf1\n", "latin-1", (("\x81ñ", "\n"),), id="bytes-cp1252-lacks"),
        pytest.param(b"\n\n \na", "utf-8", (("", "\n"), ("", "\n"), (" ", "\n"), ("a", "")), id="blank-lines"),
    ],
)
def test_decodes_without_loss(data: bytes, encoding: str, lines: tuple[tuple[str, str], ...]) -> None:
    """The lines are as they were and encode to the same bytes."""
    decoded = decode(data)
    assert (decoded.codificacion, decoded.lineas) == (encoding, lines)
    assert _encode(decoded.lineas, encoding) == data


@given(st.binary(max_size=300))
def test_any_bytes_are_kept_or_refused(data: bytes) -> None:
    """Whatever the bytes: either they come back exactly or the file is refused with a reason."""
    try:
        decoded = decode(data)
    except RefusedFileError as refused:
        rule, reason, back = refused.regla, refused.razon, data
    else:
        rule, reason, back = "", "kept", _encode(decoded.lineas, decoded.codificacion)
    assert back == data
    assert rule in {"", "vacio", "codificacion", "binario"}
    assert reason


@pytest.mark.parametrize(
    ("data", "rule", "words", "line"),
    [
        pytest.param(b"", "vacio", "empty", 0, id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n\t\n", "vacio", "blanks", 0, id="blanks"),
        pytest.param("hola\n".encode("utf-16"), "codificacion", "UTF-16", 0, id="utf-16"),
        pytest.param("hola\n".encode("utf-32"), "codificacion", "UTF-32", 0, id="utf-32"),
        pytest.param("hola\nque\n".encode("utf-16-le"), "codificacion", "second byte", 0, id="utf-16-le-without-bom"),
        pytest.param("año\nqué\n".encode("utf-16-be"), "codificacion", "second byte", 0, id="utf-16-be-without-bom"),
        pytest.param(b"uno\rdos\rtres\r", "codificacion", "CR alone", 0, id="old-macintosh"),
        pytest.param(b"x\n" * 1_000_001, "demasiado_grande", "1,000,002 lines", 0, id="lines"),
        pytest.param(b"uno\ndos\ntr\0es\n", "binario", "line 3", 3, id="nul"),
        pytest.param(bytes(range(1, 32)) * 9, "binario", "control", 0, id="control-characters"),
    ],
)
def test_refuses_what_is_no_text(data: bytes, rule: str, words: str, line: int) -> None:
    """The refusal names its rule, says why and where."""
    with pytest.raises(RefusedFileError, match=words) as refused:
        decode(data)
    assert (refused.value.regla, refused.value.linea) == (rule, line)


def test_refuses_files_too_large_and_no_files(tmp_path: Path) -> None:
    """The size is looked at before the bytes are, and a pipe does not block."""
    large = tmp_path / "grande.txt"
    large.write_bytes(b"x" * 11)
    with pytest.raises(RefusedFileError, match=r"^holds 11 bytes, more than the 10"):
        read_bytes(large, max_bytes=10)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedFileError, match="not a regular file"):
        read_bytes(tmp_path / "pipe")
    for name in ("ninguno.txt", "n" * 5000, "nul\0"):
        with pytest.raises(RefusedFileError, match="cannot be read"):
            read_bytes(tmp_path / name)


def test_the_command_line_follows_what_a_person_names(tmp_path: Path) -> None:
    """A link is a name of its file; of a folder's links see ``test_extract_folder``."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert read_bytes(tmp_path / "b.txt") == b"x"


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda f: f.open("ab").write(b"more"), id="grown"),
        pytest.param(lambda f: os.truncate(f, 3), id="cut"),
        pytest.param(lambda f: f.write_bytes(b"y" * 100_000), id="rewritten"),
    ],
)
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], object]
) -> None:
    """Half of one file and half of another is neither; who swaps a whole file in is read before or after."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 100_000)
    fstat, calls = os.fstat, []

    def harmed(descriptor: int) -> os.stat_result:
        calls.append(descriptor)
        if len(calls) == 2:
            harm(file)
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", harmed)
    with pytest.raises(RefusedFileError, match="changed while it was read"):
        read_bytes(file)


def test_the_id_is_the_start_of_the_hash() -> None:
    """Sixteen hex digits of SHA-256, which anyone can check with sha256sum."""
    assert extracto_id(b"abc") == (
        "ba7816bf8f01cfea",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )
