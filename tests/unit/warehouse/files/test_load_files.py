"""Loading files: once each, whole, whatever happens to the others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.warehouse.files import extract_folder
from dagster_project.warehouse.files import extracts as store
from dagster_project.warehouse.files import load_files as load_module
from dagster_project.warehouse.files.extracts import rebuild
from dagster_project.warehouse.files.load_files import load_extracts
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import EjercicioLoad, ExtractLoad, Resultado, ResultadoEjercicio
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.pages_in_force import load_pages

Con = duckdb.DuckDBPyConnection
Load = Callable[..., dict[str, ExtractLoad]]
Dump = Callable[[], dict[str, list[tuple]]]
Years = Callable[[], dict[int, EjercicioLoad]]

UNA = "FORMA 54101 2022 1\nACCION 100 10 1 2 3 4 1 . . .\n"
OTRA = "FORMA 54101 2022 1\nACCION 100 20 2 4 6 8 2 . . .\n"


def test_a_new_file_is_loaded_with_all_its_parts(con: Con, load: Load) -> None:
    """Its lines and pages are there, and the result counts them."""
    done = load(a=UNA + "BASURA x\n")["a"]
    assert (done.resultado, done.formatos, done.renglones, done.lineas) == (Resultado.LOADED, 1, 1, 3)
    assert done.ejercicios == (2022,)
    assert [(r.regla, r.linea) for r in done.rechazos] == [("basura", 3)]
    page = con.execute(
        "select formato, linea_inicio, linea_fin, unidad_codigo, ejercicio, ente_codigo, unidad from raw.paginas"
    ).fetchall()
    assert page == [(1, 1, 3, "54101", 2022, "02002", '["54101", "exacta", "impreso", 1.0, [["x", 0.5]]]')]


def test_a_page_comes_back_from_the_table_as_it_was_printed(
    con: Con, load: Load, toy: Reader, catalogs: Catalogs
) -> None:
    """What a year is settled from is what parsing gave, to the last cell."""
    text = "FORMA 54101? 2022 -\nACCION 100 10 1 2 . . ñ . . .\nCORTADA\n" + OTRA
    key = load(a=text)["a"].extracto_id or ""
    printed, _ = toy.parse(text.splitlines(), catalogs)
    assert load_pages(con, [(key, 1), (key, 2)]) == toy.place(key, printed, catalogs)
    found = con.execute("select unidad_codigo, ejercicio from raw.paginas order by formato").fetchall()
    assert found == [(None, 2022), ("54101", 2022)], "what is not certain is no key"


def test_the_lines_of_an_extract_are_those_of_its_file(con: Con, load: Load) -> None:
    key = load(a=UNA + OTRA + "ñ \r\r\n\nBASURA")["a"].extracto_id or ""
    assert store.lines_of(con, key) == [*UNA.splitlines(), *OTRA.splitlines(), "ñ \r", "", "BASURA"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"FORMA 54101 2022 1\r\nACCION 100 1 1 . . . 1 . . .\r\n", id="crlf"),
        pytest.param(b"\xef\xbb\xbfFORMA 54101 2022 1\nx", id="bom-no-final-newline"),
        pytest.param("FORMA 54101 2022 1\nniño «sí»\n\n".encode("cp1252"), id="cp1252"),
        pytest.param(b"FORMA 54101 2022 1\n\x81\xff\r\r\n\n", id="latin-1"),
        pytest.param("FORMA 54101 2022 1\n'; drop table raw.lineas; --\n\ud7ff\U0001f600\t".encode(), id="hostile"),
    ],
)
def test_a_file_can_be_rebuilt_byte_for_byte(con: Con, load: Load, data: bytes) -> None:
    """raw.lineas holds everything the file held."""
    done = load(a=data)["a"]
    assert rebuild(con, done.extracto_id or "") == data


def test_of_many_refused_pieces_the_first_are_named_and_the_rest_counted(con: Con, load: Load) -> None:
    """All of them are in the table, and none of a run's record grows with a file of nothing but them."""
    told = load(a=UNA + "BASURA x\n" * 1000)["a"].rechazos
    assert con.execute("select count(*) from raw.rechazos").fetchall() == [(1000,)]
    assert (len(told), told[0].linea) == (51, 3)
    assert (told[-1].linea, told[-1].razon) == (53, "and 950 more pieces from here on, in raw.rechazos")


def test_rebuilding_what_was_never_loaded_says_so(con: Con) -> None:
    """A mistyped id is no empty file."""
    with pytest.raises(KeyError, match="0123"):
        rebuild(con, "0123")


def test_the_same_bytes_again_change_nothing(load: Load, dump: Dump) -> None:
    """A second load leaves every table as it was, to the row."""
    load(a=UNA, b=OTRA)
    before = dump()
    assert {r.resultado for r in load().values()} == {Resultado.UNCHANGED}
    assert dump() == before


def test_the_same_bytes_under_two_names_are_one_extract(con: Con, load: Load, dump: Dump) -> None:
    """The second is noted as a duplicate, and which was found first decides nothing."""
    assert load(b=UNA)["b"].resultado is Resultado.LOADED
    second = load(a=UNA)["a"]
    assert (second.resultado, second.razon) == (Resultado.DUPLICATE, "same bytes as b.txt")
    assert con.execute("select ruta from raw.extractos").fetchall() == [("b.txt",)]
    before = dump()
    assert {r.resultado for r in load().values()} == {Resultado.UNCHANGED}
    assert dump() == before


def test_new_bytes_at_a_path_retire_the_old(con: Con, load: Load, years: Years) -> None:
    """The old lines stay, what they settled to leaves, and it is known who took the place."""
    old = load(a=UNA)["a"].extracto_id
    years()
    new = load(a=OTRA)["a"]
    assert (new.resultado, new.retirado) == (Resultado.LOADED, old)
    assert con.execute(
        "select extracto_id, retirado_en is not null, retirado_por from raw.extractos order by all"
    ).fetchall() == sorted([(old, True, new.extracto_id), (new.extracto_id, False, None)])
    assert con.execute("select extracto_id from raw.paginas").fetchall() == [(new.extracto_id,)]
    assert con.execute("select count(*) from raw.formatos").fetchone() == (0,)
    assert rebuild(con, old or "") == UNA.encode()
    assert years()[2022].resultado is ResultadoEjercicio.LOADED
    assert con.execute("select distinct extracto_id from raw.elegidas").fetchall() == [(new.extracto_id,)]


def test_bytes_that_come_back_are_live_again(con: Con, load: Load) -> None:
    """Undoing a replacement restores the first extract and retires the second."""
    first = load(a=UNA)["a"].extracto_id
    second = load(a=OTRA)["a"].extracto_id
    assert load(a=UNA)["a"].retirado == second
    assert con.execute("select extracto_id from raw.extractos where retirado_en is null").fetchall() == [(first,)]
    assert con.execute("select extracto_id, count(*) from raw.paginas group by all").fetchall() == [(first, 1)]


def test_bytes_that_come_back_before_the_year_is_read_bring_its_rows_back(load: Load, years: Years, dump: Dump) -> None:
    """The year's rows left with the first bytes: that its inputs are those of before does not make them unchanged."""
    load(a=UNA)
    years()
    before = dump()
    load(a=OTRA)
    load(a=UNA)
    years()
    for table in ("formatos", "campos", "renglones", "elegidas", "ejercicios"):
        assert dump()[table] == before[table]


def test_bytes_that_another_path_still_holds_are_not_retired(con: Con, load: Load, dump: Dump) -> None:
    """One of two copies is replaced: the extract goes on under the other's name."""
    first = load(a=UNA, b=UNA)["a"].extracto_id
    done = load(b=OTRA)["b"]
    assert done.retirado is None
    assert con.execute("select retirado_en from raw.extractos where extracto_id = ?", [first]).fetchall() == [(None,)]
    before = dump()
    assert {r.resultado for r in load().values()} == {Resultado.UNCHANGED}
    assert dump() == before


def test_a_file_that_vanished_retires_nothing(folder: Path, load: Load, dump: Dump) -> None:
    """An unmounted share must not empty the warehouse; that it is gone is said, at every load."""
    load(a=UNA, b=OTRA)
    before = dump()
    (folder / "a.txt").unlink()
    for _ in range(2):
        done = load()
        assert (done["a"].resultado, done["a"].ausente, done["a"].renglones) == (Resultado.GONE, True, 1)
        assert (done["b"].resultado, done["b"].ausente) == (Resultado.UNCHANGED, False)
    assert dump() == before


@pytest.mark.parametrize("bad", [b"", b"\0\1\2", "x".encode("utf-16")], ids=["empty", "binary", "utf-16"])
def test_a_bad_file_is_recorded_and_costs_nothing(con: Con, load: Load, bad: bytes) -> None:
    """It names file and reason; what its path held before stays; a good file clears it."""
    load(a=UNA)
    done = load(a=bad, b=bad, c=OTRA)
    assert [done[n].resultado for n in "abc"] == [Resultado.REFUSED, Resultado.REFUSED, Resultado.LOADED]
    assert done["a"].razon
    kept = con.execute("select ruta, linea, razon from raw.rechazos order by ruta").fetchall()
    assert kept == [(f"{n}.txt", done[n].rechazos[0].linea, done[n].razon) for n in "ab"]
    assert con.execute("select count(*) from raw.paginas").fetchone() == (2,)
    load()
    assert con.execute("select count(*) from raw.rechazos").fetchone() == (2,)
    load(a=UNA, b=UNA + "\n")
    assert con.execute("select count(*) from raw.rechazos").fetchone() == (0,)


def test_a_reader_that_fails_costs_only_its_file(con: Con, load: Load) -> None:
    """The failure is a refusal with the exception's words; the bytes are kept for the next try."""
    done = load(a="ROMPE\n", b=UNA)
    assert done["b"].resultado is Resultado.LOADED
    assert "RuntimeError: se rompió" in done["a"].rechazos[0].razon
    assert rebuild(con, done["a"].extracto_id or "") == b"ROMPE\n"


def test_nothing_leaves_in_silence(con: Con, load: Load, years: Years) -> None:
    """A text without a form leaves a refusal that says so; a form of no year is set aside, and counted."""
    done = load(a="una carta\n", b="\nFORMA 54101 - 1\nACCION 100 10 1 2 3 4 1 . . .\n")
    assert [r.regla for r in done["a"].rechazos] == ["sin_formato"]
    assert (done["b"].rechazos, done["b"].formatos, done["b"].ejercicios) == ((), 1, ())
    assert years()[0].paginas == {"apartada": 1}


def test_what_a_year_refused_outlasts_a_file_parsed_again(
    con: Con, folder: Path, load: Load, years: Years, catalogs: Catalogs, toy: Reader
) -> None:
    """Other catalogues and back again before the year is read: its inputs are those of before, so is what it said."""
    load(a=UNA + "BASURA\nCORTADA\n")
    years()
    said = con.execute("select regla, linea, ejercicio from raw.rechazos order by all").fetchall()
    assert said == [("basura", 3, None), ("forma_cortada", 4, 2022)]
    for other in (replace(catalogs, entes={}), catalogs):
        load_extracts(con, folder, other, {}, reader=toy)
    YearLoader(con, catalogs, reader=toy).load(2022)
    assert con.execute("select regla, linea, ejercicio from raw.rechazos order by all").fetchall() == said


def test_changed_catalogues_settle_again_also_what_has_no_file(
    con: Con, folder: Path, load: Load, catalogs: Catalogs, toy: Reader
) -> None:
    """Bytes are read again from raw.lineas when what they were read with has changed."""
    load(a=UNA)
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text(OTRA)
    other = replace(catalogs, ente_supuesto="02004")
    done = load_extracts(con, folder, other, {}, reader=toy)
    assert [(r.ruta, r.resultado) for r in done] == [("b.txt", Resultado.LOADED), ("a.txt", Resultado.RESETTLED)]
    assert [r.ausente for r in done] == [False, True]
    assert con.execute("select distinct ente_codigo from raw.paginas").fetchall() == [("02004",)]
    again = load_extracts(con, folder, other, {}, reader=toy)
    assert [r.resultado for r in again] == [Resultado.UNCHANGED, Resultado.GONE]
    third = replace(catalogs, ente_supuesto="02005")
    done = load_extracts(con, folder, third, {}, reader=toy)
    assert [(r.ruta, r.resultado) for r in done] == [("b.txt", Resultado.RESETTLED), ("a.txt", Resultado.RESETTLED)]


def test_what_nobody_could_see_is_not_gone(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be read, or holds too many names: of its files nothing is known, least that they left."""
    load(a=UNA, b=OTRA)
    monkeypatch.setattr(extract_folder, "MAX_LISTED", 1)
    done = load()
    assert len(done) == 2
    assert {r.resultado for r in done.values()} == {Resultado.UNCHANGED, Resultado.IGNORED}


def test_the_register_says_whose_and_when(con: Con, load: Load) -> None:
    """Its ente goes before the setting's, its date is kept, and a later entry reaches loaded extracts."""
    load(a=UNA)
    entry = {"a.txt": RegistroExtracto("02001", date(2022, 4, 30))}
    done = load(registry=entry)
    assert done["a"].resultado is Resultado.RESETTLED
    assert con.execute("select ente_codigo, publicado_en from raw.extractos").fetchall() == [
        ("02001", date(2022, 4, 30))
    ]
    assert con.execute("select ente_codigo from raw.paginas").fetchall() == [("02001",)]


def test_the_register_speaks_of_bytes_by_each_path_that_holds_them(con: Con, load: Load, folder: Path) -> None:
    """A copy under another name, of whoever may drop files, takes back nothing that a person decided: nor where the
    first is gone, until the person's line is."""
    entry = {"a.txt": RegistroExtracto("02001", date(2022, 4, 30), rechazado=True)}
    said = "select ente_codigo, publicado_en, rechazado from raw.extractos"
    load(registry=entry, a=UNA)
    load(registry=entry, b=UNA)
    assert con.execute(said).fetchall() == [("02001", date(2022, 4, 30), True)]
    (folder / "a.txt").unlink()
    load(registry=entry)
    assert con.execute(said).fetchall() == [("02001", date(2022, 4, 30), True)]
    load(registry={})
    assert con.execute(said).fetchall() == [(None, None, False)]
    entry["b.txt"] = RegistroExtracto("02004", date(2022, 6, 1))
    load(registry=entry, a=UNA)
    assert con.execute(said).fetchall() == [("02001", date(2022, 6, 1), True)]


def test_a_crash_in_the_middle_of_a_file_leaves_nothing_of_it(
    con: Con, load: Load, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old and new version of a path never mix: the transaction holds both steps."""
    load(a=UNA)
    before = dump()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(load_module.store, "write_printed", killed)
        with pytest.raises(KeyboardInterrupt):
            load(a=OTRA)
    assert dump() == before
    assert load()["a"].resultado is Resultado.LOADED
