"""``dcat.jsonld``: a published version as catalogues of open data list it (DCAT 3).

Belongs here: that description. Does not belong here: tables, columns and relations (``datapackage``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dagster_project.warehouse.publish.datapackage import ABOUT, KEYWORDS, LICENSE, PARQUET, TITLE, XLSX
from dagster_project.warehouse.publish.publication import Archivo

FILE = "dcat.jsonld"

MEDIA = {
    "csv": "text/csv",
    "parquet": PARQUET,
    "duckdb": "application/vnd.duckdb",
    "json": "application/json",
    "xlsx": XLSX,
}
"""Media type by the end of a file's name."""

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Names of the vocabularies; nothing here fetches them."""


def catalogue_entry(
    files: Iterable[Archivo], sources: Iterable[str], version: str, created: str, years: tuple[int, int] | None
) -> dict[str, Any]:
    """The data set with a distribution a file, paths relative to the version's folder; ``years`` are those covered."""
    entry: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "dcat:Dataset",
        "dct:identifier": f"avance-{version}",
        "dct:title": {"@value": TITLE, "@language": "es"},
        "dct:description": {"@value": ABOUT, "@language": "es"},
        "dcat:keyword": [{"@value": word, "@language": "es"} for word in KEYWORDS],
        "dcat:version": version,
        "dct:language": "es",
        "dct:issued": {"@value": created, "@type": "xsd:dateTime"},
        "dct:rights": LICENSE["title"],
        "dct:provenance": list(sources),
        "dct:accrualPeriodicity": {"@id": "http://purl.org/cld/freq/quarterly"},
        "dcat:distribution": [_distribution(file) for file in files],
    }
    if years:
        entry["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": f"{years[0]}-01-01", "@type": "xsd:date"},
            "dcat:endDate": {"@value": f"{years[1]}-12-31", "@type": "xsd:date"},
        }
    return entry


def _distribution(file: Archivo) -> dict[str, Any]:
    name = file.nombre
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        # The DuckDB file stands beside the folder of the others.
        "dcat:downloadURL": f"../{name}" if name == file.ruta else name,
        "dcat:mediaType": MEDIA[name.rsplit(".", 1)[-1]],
        "dcat:byteSize": file.bytes,
        "spdx:checksum": {"spdx:algorithm": "sha256", "spdx:checksumValue": file.sha256},
    }
