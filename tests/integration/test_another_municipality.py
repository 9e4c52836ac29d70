"""A municipality that no catalogue knows, from its first quarter: read, its lines proposed and written, read again.

The six forms in ``tests/data/otro_municipio`` are made up and clean: what they print is the truth. Not here: which
lines are proposed of what (``tests/unit/proposals``).
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.proposals.propose import append_lines, propose, read_seeds
from dagster_project.proposals.seen import pages_seen
from dagster_project.settings import RAIZ
from dagster_project.warehouse.db.connection import open_warehouse
from tests.support.marts_home import Home

FORMS = {path.stem: path.read_text("utf-8") for path in sorted((RAIZ / "tests/data/otro_municipio").glob("*.txt"))}
FIGURES = "r.unidad_medida, c.meta, c.p1, c.a1, c.p2, c.p3, c.p4, c.absoluto, c.relativo_pct"


def printed() -> list[tuple]:
    """By action number the measure and the figures that the forms print: cells of a row are parted by tabs."""
    rows = []
    for text in FORMS.values():
        for line in text.splitlines():
            cells = line.split("\t")
            if len(cells) > 10 and cells[0][:1].isdigit():
                _, action, measure, meta, p1, a1, p2, _, p3, _, p4, _, done, percent = cells[:14]
                figures = (int(x.replace(",", "")) for x in (meta, p1, a1, p2, p3, p4, done, percent.rstrip("%")))
                rows.append((int(action.split(".")[0]), measure, *figures))
    return sorted(rows)


def proposals(home: Home):
    """What the home's pages call for, by its seeds."""
    with open_warehouse(home.settings.warehouse, read_only=True) as con:
        return propose(pages_seen(con), read_seeds(home.settings.seeds))


@pytest.fixture(scope="module")
def adopted(tmp_path_factory):
    """A home with seeds of its own after the first reading, and what is proposed then."""
    root: Path = tmp_path_factory.mktemp("adopted")
    shutil.copytree(RAIZ / "seeds", root / "seeds", ignore=shutil.ignore_patterns("extracts"))
    home = Home(root / "home")
    home.settings = replace(home.settings, root=root)
    home.load(**FORMS)
    return home, proposals(home)


def test_its_units_programmes_plan_and_measures_are_proposed(adopted):
    """Nothing else is: each in no doubt, as each page is whole."""
    _, lines = adopted
    found = {(line.file, line.key[-1]) for line in lines if line.file != "lineas_accion.csv"}
    assert found == {
        *(("unidades.csv", code) for code in ("62201", "62202", "62501", "88101", "88102", "88103")),
        *(("programas.csv", code) for code in ("622", "625", "881")),
        ("planes.csv", "plan_2024"),
        *(("unidades_medida.csv", measure) for measure in ("Función", "Trámite")),
    }
    assert [line for line in lines if line.doubt and line.file != "lineas_accion.csv"] == []


def test_with_its_lines_every_figure_is_what_is_printed(adopted):
    """280 figures, and nothing more waits for the catalogues."""
    home, lines = adopted
    append_lines(home.settings.seeds, lines)
    home.load()
    found = home.query(
        f"select c.accion_numero, {FIGURES} from raw.elegidas c join raw.renglones r using (extracto_id, linea) "
        "where c.estado = 'exacta' and c.plan = 'plan_2024'"
    )
    assert len(found) * 8 == 280
    assert sorted(found) == printed()
    assert [line for line in proposals(home) if not line.doubt] == []


def test_a_municipality_that_no_catalogue_has_needs_one_line_more(tmp_path):
    """Nothing counts, its name is proposed without a key; with the key that a person puts in all of it is read."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("extracts"))
    home = Home(tmp_path / "home")
    home.settings = replace(home.settings, root=tmp_path)
    home.load(**{name: text.replace("ENSENADA, BAJA", "VILLAFALSA, BAJA") for name, text in FORMS.items()})
    assert home.query("select count(*) from raw.elegidas") == [(0,)]
    (ente,) = (line for line in proposals(home) if line.file == "entes.csv")
    assert ente.line() == "CLAVE,Villafalsa,Baja California"
    with (home.settings.seeds / "entes.csv").open("a") as file:
        file.write(ente.line().replace("CLAVE", "02999") + "\n")
    home.load()
    append_lines(home.settings.seeds, proposals(home))
    home.load()
    assert home.query("select ente_codigo, estado, count(*) from raw.elegidas group by all") == [
        ("02999", "exacta", 35)
    ]
