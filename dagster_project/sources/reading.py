"""From the bytes of a foreign file to its pages. Not here: how each format is read, and what text means."""

from __future__ import annotations

from dagster_project.sources.document import Document
from dagster_project.sources.pdf import read_pdf
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.workbook import read_workbook


def read_document(data: bytes) -> Document:
    """The pages of a workbook, PDF or image.

    Raises:
        RefusedFileError: it is of no kind that is read, or damaged, or costs more than is allowed.
    """
    if data.startswith(b"%PDF"):
        return read_pdf(data)
    if data.startswith(b"PK"):
        return read_workbook(data)
    raise RefusedFileError("binario", "is of no kind that is read")
