"""An extract's lines as pages: what the reader gives of one file, whatever happens.

Belongs here: the one call of the reader for a file. Does not belong here: where its lines come from and where pages go
(``load_files``, ``extracts``).
"""

from __future__ import annotations

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import Refusal
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse.files.taken_file import Lines
from dagster_project.warehouse.reader import Reader


def parse_extract(key: str, lines: Lines, catalogs: Catalogs, reader: Reader) -> tuple[list[PlacedPage], list[Refusal]]:
    """The pages of an extract and what could not be read of it.

    A failure of the reader becomes a refusal, never a lost file, and so does an extract without any form.
    """
    try:
        printed, refused = reader.parse(lines.texts, catalogs, lines.typed)
        pages = reader.place(key, printed, catalogs)
    except Exception as error:  # whatever it is, the other files must not suffer
        return [], [Refusal("falla_del_lector", f"the reader failed: {type(error).__name__}: {error}", "", 0)]
    if not pages and not refused:
        refused = [Refusal("sin_formato", "holds no TMM-F004 form", "", 0)]
    return pages, refused
