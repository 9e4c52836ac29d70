"""The desk on the real extract: decided, run, shown as decided; taken back, run, as it was."""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from dagster_project.desk.effects import bands_of, light
from dagster_project.desk.sitting import Sitting
from dagster_project.reference.seed_writer import put_line
from dagster_project.settings import RAIZ, Settings
from dagster_project.site.streams import rows
from tests.support.edited_version import edited_version

DISPUTED = (
    "update marts.fct_pagina set situacion = 'en_disputa', ruta = 'b.txt', publicado_fecha = date '2022-06-01' "
    "where linea < 50"
)
SAID = {"motivo": "El original dice así", "autor": "A. Pérez"}


@pytest.fixture
def own(casa, tmp_path):
    """A loaded home with decisions of its own."""
    seeds = tmp_path / "seeds"
    shutil.copytree(RAIZ / "seeds", seeds, ignore=shutil.ignore_patterns("extracts"))
    return replace(casa, seeds=seeds)


def sitting_at(casa) -> Sitting:
    """The desk of a home."""
    return Sitting(Settings(casa.home, casa.extracts, casa.home / "inbox", own_seeds=casa.seeds))


def states(casa) -> dict[str, str]:
    """The estado of each printed row that counts, by its hash."""
    return dict(casa.query("select renglon_huella, estado from marts.fct_renglon where situacion = 'vigente'"))


def content(casa) -> str:
    """A hash of what the version says, whatever its name."""
    found = casa.query("select * exclude (avance_key) from marts.bi_avance order by all")
    found += casa.query("select renglon_huella, estado, correcciones from marts.fct_renglon order by all")
    return hashlib.sha256(repr(found).encode()).hexdigest()


@pytest.mark.long
def test_all_doubtful_rows_are_decided_in_one_sitting_and_taken_back(own) -> None:
    """The first choice of each: corregida after a run; after undo and a run, files and figures as they were."""
    first, before = content(own), {path.name: path.read_bytes() for path in own.seeds.glob("*.csv")}
    desk = sitting_at(own)
    doubtful = [item for item in desk.agenda().items if item.kind == "renglon"]
    assert len(doubtful) == list(states(own).values()).count("dudosa") > 0
    written = [change.after for item in doubtful for change in desk.decide(item.id, "1", SAID).changes]
    assert (own.seeds / "correcciones.csv").read_bytes() == before["correcciones.csv"] + "".join(written).encode()
    assert desk.agenda().decided == len(doubtful)
    done = own.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {states(own)[item.key[0]] for item in doubtful} == {"corregida"}
    assert not [item for item in desk.agenda().items if item.kind == "renglon"]
    while desk.undo():
        pass
    assert {path.name: path.read_bytes() for path in own.seeds.glob("*.csv")} == before
    done = own.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert content(own) == first


def test_the_lights_shown_beforehand_are_those_of_the_marts(loaded) -> None:
    """Of every quarter and every accumulation whose figures are all known."""
    with duckdb.connect(str(loaded[0].home / "published" / "avance.duckdb"), read_only=True) as con:
        facts = rows(con, "select f.*, a.es_razon from marts.fct_avance f join marts.dim_accion a using (accion_key)")
    seen, bands = 0, bands_of(RAIZ / "seeds")
    for fact in facts:
        if fact["situacion_avance"] == "informado" and fact["situacion_programado"] == "informado":
            for name, sums in (("trimestre", ""), ("plan", "_acumulado"), ("ejercicio", "_acumulado_ejercicio")):
                done, plan = (fact[f"{measure}{sums}"] for measure in ("avance", "programado"))
                if isinstance(done, Decimal) and isinstance(plan, Decimal):
                    ratio = fact["es_razon"] and name != "trimestre"
                    assert light(done, plan, fact["trimestre"], bands, ratio) == fact[f"semaforo_{name}"]
                    seen += 1
    assert seen > 100


def test_links_reports_and_pages_are_asked_with_the_line_that_decides_each(own) -> None:
    """Of a version in which there are such: a row that may be another's, a file that waits, a page without its unit."""
    with edited_version(own.home) as con:
        con.execute(
            "update marts.fct_renglon set vinculo_propuesta = (select min(accion_id) from marts.dim_accion "
            "where accion_numero = 101) where accion_numero_impreso = 103 and corte = '2022-T1'"
        )
        con.execute(
            "update marts.fct_pagina set situacion = 'por_aprobar', ruta = ?, cede_ante = 'a.txt', "
            "publicado_fecha = null where linea < 50",
            [unicodedata.normalize("NFD", "año.txt")],
        )
        con.execute(
            "update marts.fct_pagina set situacion = 'apartada', unidad_codigo = null, estado_unidad = 'dudosa', "
            "alternativas_unidad = '[[\"54204\", 0.4]]' where linea > 500"
        )
    desk = sitting_at(own)
    link, report, page = (
        next(item for item in desk.agenda().items if item.kind == kind) for kind in ("vinculo", "reporte", "pagina")
    )
    assert [option.lines[0][1]["con_impreso"] for option in link.options] == ["101", ""]
    for item, file in ((link, "vinculos.csv"), (report, "extractos.csv"), (page, "paginas.csv")):
        said = {**SAID, "publicado_en": "2022-06-01"}
        (change,) = desk.decide(item.id, "1", said).changes
        assert change.file == file
        assert change.before == ""
        assert (own.seeds / file).read_text().endswith(change.after)
        assert desk.item(item.id) is None
    assert "\naño.txt,,2022-06-01," in (own.seeds / "extractos.csv").read_text()
    assert ",unidad,,54204," in (own.seeds / "paginas.csv").read_text()


def test_what_a_date_does_not_settle_stays_open_and_a_line_printed_twice_is_asked_once(own) -> None:
    """Two files of one date are in dispute whatever the register says; a decision goes by a printed line's hash."""
    with edited_version(own.home) as con:
        con.execute(DISPUTED)
        con.execute(
            "insert into marts.fct_renglon select * replace (renglon_key || '2' as renglon_key, 'b.txt' as ruta) "
            "from marts.fct_renglon where estado = 'dudosa'"
        )
    desk = sitting_at(own)
    report = next(item for item in desk.agenda().items if item.kind == "reporte")
    desk.decide(report.id, "1", {**SAID, "publicado_en": "2022-06-01"})
    assert desk.item(report.id) is not None
    doubtful = [item for item in desk.agenda().items if item.kind == "renglon"]
    assert len(doubtful) == list(states(own).values()).count("dudosa")
    assert all("b.txt, línea" in note and "vale para todas" in note for *_, note in (item.notes for item in doubtful))


def test_what_was_just_decided_goes_from_the_list_at_once(own) -> None:
    """Also where a decision before it was in the version already and settled nothing; undone, it is back."""
    with edited_version(own.home) as con:
        con.execute(DISPUTED)
        con.execute("update marts.fct_renglon set correcciones = 'p1 = 1: se ve' where estado = 'dudosa'")
    put_line(own.seeds, "extractos.csv", "b.txt", {"publicado_en": "2022-06-01"})
    desk = sitting_at(own)
    report = next(item for item in desk.agenda().items if item.kind == "reporte")
    row = next(item for item in desk.agenda().items if item.kind == "renglon")
    assert report.applied
    assert row.applied
    for item, choice, said in (
        (report, "1", {"publicado_en": "2022-06-02"}),
        (report, "2", {}),
        (row, "1", {}),
    ):
        desk.decide(item.id, choice, {**SAID, **said})
        assert desk.item(item.id) is None
        assert desk.agenda().decided == 1
        desk.undo(item.id)
        assert desk.item(item.id) == item
    with edited_version(own.home) as con:
        con.execute("update marts.fct_pagina set publicado_fecha = null where ruta = 'b.txt'")
    put_line(own.seeds, "extractos.csv", "b.txt", {"publicado_en": ""})
    sitting_at(own).decide(report.id, "2", SAID)
    assert sitting_at(own).item(report.id) is None
    field, *others = [line[1]["campo"] for line in row.options[0].lines]
    assert others
    desk.decide(row.id, "otra", {**SAID, "campo": field, "valor": "7"})
    left = desk.item(row.id)
    assert left is not None
    assert field not in left.typed
