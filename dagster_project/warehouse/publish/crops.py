"""The crops of scans for a version's pages: taken over from the version before, or cut now of the originals.

Not here: which rows have one (``site.crops``), how a page is painted (``sources``).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from dagster_project.site.crops import DPI, FOLDER, Crop, Cut, Printed
from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.row_picture import small_row_pictures
from dagster_project.warehouse.publish.publication import SITE_NAME, Publicacion


def cutter(originals: Path, published: Path, before: Publicacion | None) -> Cut:
    """What gives the crops of a page; the name of one says all it is made of, so that it is cut once and then kept."""
    inside = f"/{SITE_NAME}/{FOLDER}/"
    kept = {file.nombre: file for file in before.archivos if inside in file.ruta} if before else {}

    def kept_crop(crop: Crop) -> bytes:
        file = kept.get(crop.name)
        path = published / file.ruta if file else None
        try:
            data = path.read_bytes() if path and path.is_file() else b""
        except OSError:  # cut again
            return b""
        return data if file and hashlib.sha256(data).hexdigest() == file.sha256 else b""

    def cut(page: Printed) -> dict[str, bytes]:
        found = {crop.name: data for crop in page.crops if (data := kept_crop(crop))}
        left = [crop for crop in page.crops if crop.name not in found]
        spans = [(crop.upper, crop.lower) for crop in left]
        try:
            made = small_row_pictures(originals, page.extracto_id, page.page, page.turn, spans, DPI) if left else []
        except (OSError, RefusedFileError):  # the page says where the row stands, and the version is published
            made = [None] * len(left)
        return found | {crop.name: png for crop, png in zip(left, made, strict=True) if png}

    return cut
