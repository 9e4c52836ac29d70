"""A file is what its bytes say, and what is not read is refused with what to do instead."""

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources.document import Kind
from dagster_project.sources.kind import OLE, kind_of
from dagster_project.sources.refused import RefusedFileError

SAMPLES = RAIZ / "tests" / "data" / "documents"
ZIP = b"PK\x03\x04" + b"\0" * 26


@pytest.mark.parametrize(
    ("name", "kind"), [("digital.pdf", Kind.PDF), ("workbook.xlsx", Kind.WORKBOOK), ("workbook.xls", Kind.WORKBOOK)]
)
def test_knows_the_samples(name: str, kind: Kind) -> None:
    """By content: no name is asked for."""
    assert kind_of((SAMPLES / name).read_bytes()) is kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", Kind.SCAN, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", Kind.SCAN, id="jpeg"),
        pytest.param(b"II*\0", Kind.SCAN, id="tiff"),
        pytest.param(b"\r\n%PDF-1.4\n", Kind.PDF, id="pdf after a blank line"),
        pytest.param(b"TMM-F004\tMETA\n", Kind.TEXT, id="text"),
        pytest.param(b"unidad,accion\n54101,100\n", Kind.TEXT, id="csv"),
        pytest.param("TMM".encode("utf-16"), Kind.TEXT, id="utf-16, which the reader of text refuses"),
        pytest.param(b"BM de bienestar municipal\n", Kind.TEXT, id="words that begin as a bitmap does"),
        pytest.param(b"", Kind.TEXT, id="empty"),
    ],
)
def test_knows_by_the_first_bytes(data: bytes, kind: Kind) -> None:
    """What is nothing else is text."""
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "regla", "words"),
    [
        pytest.param(ZIP + b"xl/workbook.bin", "formato_no_admitido", r"\.xlsb.*save it as \.xlsx", id="xlsb"),
        pytest.param(ZIP + b"word/document.xml", "formato_no_admitido", r"\.docx.*PDF", id="docx"),
        pytest.param(
            ZIP + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "formato_no_admitido",
            r"\.ods.*save it as \.xlsx",
            id="ods",
        ),
        pytest.param(ZIP + b"fotos.txt", "formato_no_admitido", "unpack", id="zip"),
        pytest.param(b"PK\x03\x04\x14\0\x01" + b"\0" * 30, "protegido", "password", id="locked zip"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "protegido", "password", id="locked workbook"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "formato_no_admitido", r"\.doc", id="doc"),
        pytest.param(OLE + b"otra cosa", "formato_no_admitido", "old Office", id="other OLE"),
        pytest.param(b"<html><table>", "formato_no_admitido", "HTML.*whatever its name", id="html named xls"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?>", "formato_no_admitido", "HTML or XML", id="xml"),
        pytest.param(b"\0\0\0\x18ftypheic", "formato_no_admitido", "phone.*PNG", id="heic"),
        pytest.param(b"RIFF\0\0\0\0WEBP", "formato_no_admitido", "WebP", id="webp"),
        pytest.param(b"BM\x36\0\0\0", "formato_no_admitido", "BMP", id="bmp"),
        pytest.param(b"Rar!\x1a\x07\x01", "formato_no_admitido", "RAR.*unpack", id="rar"),
    ],
)
def test_refuses_by_name(data: bytes, regla: str, words: str) -> None:
    """The reason says what it is and what to do."""
    with pytest.raises(RefusedFileError, match=words) as refused:
        kind_of(data)
    assert refused.value.regla == regla
