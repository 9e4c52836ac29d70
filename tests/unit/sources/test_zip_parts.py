"""Archives that unpack to more than any workbook, say what no workbook says, or are none."""

import io
import zipfile

import openpyxl
import pytest

from dagster_project.sources import zip_parts
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.zip_parts import looked_at
from tests.unit.sources.made_workbook import changed, saved

BLANK = saved(openpyxl.Workbook())
SHEET = "xl/worksheets/sheet1.xml"


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_workbook_passes() -> None:
    """What openpyxl saves is within every bound."""
    assert SHEET in looked_at(BLANK).namelist()


def test_300_mb_in_300_kb_are_refused_at_64() -> None:
    """It is unpacked no further than the bound, and never kept."""
    bomb = archive({"xl/workbook.xml": b"<a/>", SHEET: b"<c/>" * 75_000_000})
    assert len(bomb) < 1_000_000
    with pytest.raises(RefusedFileError, match=r"unpacks to more than 64 MB .*sheet1\.xml") as refused:
        looked_at(bomb)
    assert refused.value.regla == "documento_demasiado_caro"


def test_a_size_that_the_archive_denies_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory may say anything: what counts is what comes out."""
    monkeypatch.setattr(zip_parts, "MAX_UNPACKED", 1000)
    data = bytearray(archive({"a.xml": b"x" * 5000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(RefusedFileError):
        looked_at(bytes(data))


@pytest.mark.parametrize("word", ["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!doctype x>", "<!ENTITY a 'b'>"])
def test_entities_are_refused(word: str) -> None:
    """They grow as they are read, or name files of the machine."""
    with pytest.raises(RefusedFileError, match=r"defines entities in xl/workbook\.xml"):
        looked_at(changed(BLANK, {"xl/workbook.xml": ("<workbook", word + "<workbook")}))


def test_an_entity_across_two_chunks_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is looked at in pieces."""
    monkeypatch.setattr(zip_parts, "CHUNK", 7)
    with pytest.raises(RefusedFileError, match="defines entities"):
        looked_at(archive({"a.xml": b"   " + b"<!DOCTYPE x>"}))


def test_too_many_parts_are_refused() -> None:
    """A directory of a million names costs a gigabyte before a byte is unpacked."""
    with pytest.raises(RefusedFileError, match="2,001 parts"):
        looked_at(archive({f"{number}.xml": b"" for number in range(2001)}))


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.99])
def test_what_is_cut_off_is_refused(keep: float) -> None:
    """The directory stands at the end."""
    with pytest.raises(RefusedFileError, match="is damaged") as refused:
        looked_at(BLANK[: int(len(BLANK) * keep)])
    assert refused.value.regla == "documento_danado"


def test_a_flipped_byte_is_refused() -> None:
    """The sum of a part does not match."""
    data = bytearray(archive({"a.xml": bytes(range(32, 127)) * 20}))
    data[60] ^= 0xFF
    with pytest.raises(RefusedFileError, match="is damaged"):
        looked_at(bytes(data))


def test_pictures_have_a_bound_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photographs of what was done are not what makes a workbook dear; they are bounded all the same."""
    monkeypatch.setattr(zip_parts, "MAX_UNPACKED", 1000)
    data = archive({"xl/media/foto.png": b"x" * 5000, "xl/hoja.dat": b"y" * 900})
    assert len(looked_at(data).namelist()) == 2
    monkeypatch.setattr(zip_parts, "MAX_PICTURES", 4000)
    with pytest.raises(RefusedFileError, match=r"foto\.png"):
        looked_at(data)


def test_a_part_counts_whatever_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet may be kept under any name."""
    monkeypatch.setattr(zip_parts, "MAX_UNPACKED", 1000)
    with pytest.raises(RefusedFileError, match=r"hoja\.dat"):
        looked_at(archive({"xl/hoja.dat": b"y" * 5000}))
