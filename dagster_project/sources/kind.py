"""What a file is, by its first bytes and the names inside it. Not here: whether it can be read (each reader says)."""

from __future__ import annotations

from dagster_project.sources.delimited import delimiter_of
from dagster_project.sources.document import Kind
from dagster_project.sources.refused import RefusedFileError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 1024
"""Bytes within which a PDF says so: what stands before is passed over by every program that shows it."""

IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""PNG, JPEG, TIFF (of both byte orders, and the large kind of each)."""

AS_WORKBOOK = "open it in Excel or LibreOffice and save it as .xlsx"
AS_PDF = "open it and save it as PDF"
AS_IMAGE = "save it as PNG or PDF"
UNPACK = "unpack it and put in what is inside"

_IN_ZIP = (
    (b"xl/workbook.bin", "a binary workbook (.xlsb)", AS_WORKBOOK),
    (b"word/document.xml", "a text document (.docx)", AS_PDF),
    (b"ppt/presentation.xml", "a presentation (.pptx)", AS_PDF),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument workbook (.ods)", AS_WORKBOOK),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", AS_PDF),
    (b"Index/Document.iwa", "a document of Apple's", "save it as .xlsx or PDF"),
)
_AT_START = (
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"{\\rtf", "a text document (.rtf)", AS_PDF),
    (b"GIF8", "a GIF image", AS_IMAGE),
    (b"BM", "a BMP image", AS_IMAGE),
    (b"AT&TFORM", "a DjVu document", AS_PDF),
)
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<workbook", b"<svg")
"""What programs write under the name of a workbook; read as text, its tags would be figures."""


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its content; what is nothing else is text, which its own reader judges.

    Raises:
        RefusedFileError: it is of a known kind that is not read, or is locked by a password.
    """
    if data.startswith(ZIP):
        return _in_zip(data)
    if data.startswith(OLE):
        return _in_ole(data)
    if b"%PDF-" in data[:HEAD]:
        return Kind.PDF
    if data.startswith(IMAGES):
        return Kind.SCAN
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise _other("a WebP image", AS_IMAGE)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise _other("an image of a phone (HEIC)", AS_IMAGE)
    for start, what, instead in _AT_START:
        if data.startswith(start) and (start != b"BM" or b"\0" in data[:HEAD]):
            raise _other(what, instead)
    if data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise _other("a page of tags (HTML or XML), whatever its name says", AS_WORKBOOK)
    return Kind.WORKBOOK if delimiter_of(data) else Kind.TEXT


def _in_zip(data: bytes) -> Kind:
    """The kind of a zip archive; its directory keeps the names of its parts as they are."""
    if b"xl/workbook.xml" in data:
        return Kind.WORKBOOK
    for name, what, instead in _IN_ZIP:
        if name in data:
            raise _other(what, instead)
    if data[6] & 1:
        raise RefusedFileError(
            "protegido", "is a zip archive locked by a password; unpack it and put in what is inside"
        )
    raise _other("a zip archive", UNPACK)


def _in_ole(data: bytes) -> Kind:
    """The kind of a file of the old Office; its directory keeps names as UTF-16."""
    if _utf16("EncryptedPackage") in data:
        raise RefusedFileError("protegido", "is locked by a password; open it, take the password off and save it")
    if _utf16("WordDocument") in data:
        raise _other("a text document (.doc)", AS_PDF)
    if _utf16("PowerPoint Document") in data:
        raise _other("a presentation (.ppt)", AS_PDF)
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return Kind.WORKBOOK
    raise _other("a file of the old Office in which no workbook is found, or one cut off", "save it as .xlsx or PDF")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _other(what: str, instead: str) -> RefusedFileError:
    return RefusedFileError("formato_no_admitido", f"is {what}, which is not read; {instead}")
