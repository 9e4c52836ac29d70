"""stub"""

from dagster_project.sources.document import Kind


def kind_of(data: bytes) -> Kind:
    if data.startswith(b"%PDF"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return Kind.WORKBOOK
    return Kind.TEXT
