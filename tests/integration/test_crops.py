"""The crops of a scan on the pages of a published version: there, small, its own row, and never in the way."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import duckdb
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from conftest import Casa
from dagster_project.site.crops import AROUND, DPI
from dagster_project.site.pages import About, write_site
from dagster_project.warehouse.publish.crops import cutter
from dagster_project.warehouse.publish.publication import publicacion_vigente
from dagster_project.warehouse.publish.verify import damages
from dagster_project.warehouse.publish.versions import publish
from tests.support.scanned_home import scan

WHERE = "from marts.fct_renglon where archivo_tipo = 'imagen' and situacion = 'vigente'"


def _crops(site: Path) -> dict[str, str]:
    """The address of each crop on the unit pages, with what is said of it to who does not see it."""
    found = {}
    for page in site.glob("unidad-*.html"):
        found |= dict(re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]+)"', page.read_text("utf-8")))
    return {address: unescape(said) for address, said in found.items()}


def _again(home: Path) -> None:
    """Other content of the marts, published."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute("update marts.fct_renglon set margen = coalesce(margen, 0) + 1")
    publish(home / "warehouse.duckdb", home / "published", "corrida", {})


@pytest.fixture
def own(scanned, tmp_path) -> Path:
    """A copy of the home with the scan, to be changed."""
    shutil.copytree(scanned.home, tmp_path / "home", symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
    return tmp_path / "home"


def test_each_row_of_a_scan_shows_its_own_crop(scanned: Casa) -> None:
    """As high as its row and its lines, over the width of the page, small, with words on it and words about it."""
    site = (scanned.home / "published" / "sitio").resolve()
    said = _crops(site)
    rows = scanned.query(f"select accion_numero, corte, lugar, ruta, lugar_y1 - lugar_y0 {WHERE}")
    assert len(rows) == len(said) > 5
    assert sorted(said.values()) == sorted(
        f"Recorte de la {place} de {path}: el renglón impreso de la acción {number} en {cut}"
        for number, cut, place, path, _ in rows
    )
    pictures = [Image.open(site / address) for address in said]
    high = sorted(round((height + 2 * AROUND) * DPI / 72) for *_, height in rows)
    assert all(abs(a - b) <= 1 for a, b in zip(sorted(p.size[1] for p in pictures), high, strict=True))
    with pypdfium2.PdfDocument(scan()) as document:
        assert {p.size[0] for p in pictures} == {round(document[0].get_width() * DPI / 72)}
    for picture in pictures:
        assert 0.01 < np.mean(np.asarray(picture.convert("L")) < 128) < 0.5, "something is printed on it"
    assert sum((site / address).stat().st_size for address in said) < 10_000 * len(said)


def test_crops_are_files_of_the_version(scanned: Casa) -> None:
    """Named by its pointer with their hashes, and readable by the group as the pages are."""
    published = scanned.home / "published"
    version = publicacion_vigente(published)
    assert version
    named = {file.ruta for file in version.archivos if file.ruta.endswith(".png")}
    folder = published / version.version / "sitio" / "recortes"
    assert named == {f"{version.version}/sitio/recortes/{path.name}" for path in folder.iterdir()}
    assert damages(published) == []
    assert (folder.stat().st_mode & 0o777, {p.stat().st_mode & 0o777 for p in folder.iterdir()}) == (0o750, {0o640})


def test_the_site_of_a_scan_is_the_same_whenever_it_is_written(scanned: Casa, tmp_path: Path) -> None:
    """Cut of the originals alone, byte for byte what was published."""
    published = scanned.home / "published"
    version = publicacion_vigente(published)
    assert version
    listed = tuple((f.nombre, f.bytes, f.sha256) for f in version.archivos if "/sitio/" not in f.ruta)
    with duckdb.connect(str(version.path(published)), read_only=True) as con:
        about = About(version.version, version.creada_en, listed)
        write_site(con, tmp_path / "again", about, cutter(scanned.home / "originals", published, None))
    held, again = (
        {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in ((published / "sitio").resolve(), tmp_path / "again")
    )
    assert again == held


def test_a_crop_is_cut_once_and_goes_from_version_to_version(own: Path) -> None:
    """The originals are gone, the crops stay; one that was damaged is not handed on, and its place is said."""
    before = _crops((own / "published" / "sitio").resolve())
    shutil.rmtree(own / "originals")
    _again(own)
    site = (own / "published" / "sitio").resolve()
    assert _crops(site) == before
    damaged = sorted(before)[0]
    (site / damaged).write_bytes(b"something else")
    _again(own)
    assert _crops((own / "published" / "sitio").resolve()) == {k: v for k, v in before.items() if k != damaged}


@pytest.mark.parametrize("held", [None, b"%PDF-1.7 and no more", b"no PDF"], ids=["gone", "cut short", "other"])
def test_an_original_that_cannot_be_shown_fails_no_publication(own: Path, held: bytes | None) -> None:
    """Its rows say where they stand."""
    shutil.rmtree((own / "published" / "sitio").resolve() / "recortes")
    (original,) = (own / "originals").iterdir()
    original.write_bytes(held) if held else original.unlink()
    _again(own)
    site = (own / "published" / "sitio").resolve()
    assert (_crops(site), (site / "recortes").exists()) == ({}, False)
    pages = "".join(page.read_text("utf-8") for page in site.glob("unidad-*.html"))
    assert "Sin recorte: al publicar, el original no estaba o no se pudo mostrar." in pages
    assert "El renglón está en la página 1 de 2022/escaneado.pdf." in pages
