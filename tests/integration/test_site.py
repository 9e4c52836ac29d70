"""The pages of a version say what its marts say, all of it, and are the same whenever they are written."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from dagster_project.site.pages import About, unit_page, write_site
from dagster_project.warehouse.publish.publication import publicacion_vigente


class Page(HTMLParser):
    """What a page holds: cells of the table of figures of each action, links, texts of script and style elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.figures: dict[str, list[list[str]]] = defaultdict(list)
        self.links: list[str] = []
        self.section, self.in_figures, self.skip = "", False, False
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        self.links += [given[name] for name in ("href", "src") if given.get(name)]
        if tag == "section":
            self.section = given["id"]
        elif tag == "table":
            self.in_figures = given.get("class") == "cifras"
        elif tag == "tr" and self.in_figures:
            self.figures[self.section].append([])
        elif tag in ("th", "td") and self.in_figures:
            self.figures[self.section][-1].append("")
        self.skip = tag in ("sup", "abbr", "b")

    def handle_endtag(self, tag) -> None:
        self.in_figures = self.in_figures and tag != "table"
        self.skip = self.skip and tag not in ("sup", "abbr", "b")

    def handle_data(self, data) -> None:
        row = self.figures[self.section][-1] if self.in_figures and self.figures[self.section] else None
        if row and not self.skip:
            row[-1] += data


@pytest.fixture(scope="module")
def published(loaded) -> Path:
    return loaded[0].home / "published"


@pytest.fixture(scope="module")
def units(published):
    """Ente, ejercicio and code of each unit, with its page."""
    with duckdb.connect(str(published / "avance.duckdb"), read_only=True) as con:
        keys = con.execute("select distinct ente_codigo, ejercicio, unidad_codigo from marts.bi_avance").fetchall()
    return {key: Page((published / "sitio" / unit_page(key)).read_text("utf-8")) for key in keys}


def _number(value: Decimal | None) -> str:
    return f"{value.normalize():f}"


def test_every_figure_on_the_pages_is_that_of_the_mart(published, units) -> None:
    """All quarters of all actions, both ways: values, ranges in doubt, and what is not there."""
    said = {}
    for (ente, _, unit), page in units.items():
        for section, (_, *quarters) in page.figures.items():
            for quarter, planned, reached, _ in quarters:
                said[ente, unit, section.rsplit("-", 1)[1], quarter] = (planned.strip(), reached.strip())
    with duckdb.connect(str(published / "avance.duckdb"), read_only=True) as con:
        rows = con.execute(
            "select ente_codigo, unidad_codigo, left(accion_key, 6), trimestre, programado, programado_min, "
            "programado_max, estado_programado, avance, avance_min, avance_max, estado_avance from marts.fct_avance"
        ).fetchall()
    assert len(said) == len(rows) == 140
    for ente, unit, key, quarter, *figures in rows:
        for text, (value, low, high, estado) in zip(
            said[ente, unit, key, quarter], (figures[:4], figures[4:]), strict=True
        ):
            if estado == "dudosa":
                ends = dict.fromkeys(_number(end) for end in (low, high) if end is not None)
                assert text.replace(",", "") == (" a ".join(ends) or "?")
            elif value is None:
                assert text in ("—", "aún no", "fuera de plan")
            else:
                assert text.replace(",", "") == _number(value)


def test_no_link_leads_nowhere_or_out_of_the_version(published, units) -> None:
    site = (published / "sitio").resolve()
    names = {path.name for path in site.iterdir()}
    for path in site.glob("*.html"):
        for link in Page(path.read_text("utf-8")).links:
            target = link.split("#")[0]
            assert not target or target in names, (path.name, link)


def test_a_version_s_pages_are_the_same_whenever_they_are_written(published, tmp_path) -> None:
    """Byte for byte those of the publication, each in the list of its files, none above 300 kB."""
    version = publicacion_vigente(published)
    listed = tuple(
        (f.nombre, f.bytes, f.sha256) for f in version.archivos
        if "/sitio/" not in f.ruta
    )  # fmt: skip
    with duckdb.connect(str(version.path(published)), read_only=True) as con:
        made = write_site(con, tmp_path / "again", About(version.version, version.creada_en, listed), lambda _: {})
    there = {path.name: path.read_bytes() for path in (published / "sitio").iterdir()}
    assert {path.name: path.read_bytes() for path in made} == there
    assert {f.nombre for f in version.archivos if "/sitio/" in f.ruta} == set(there)
    assert max(map(len, there.values())) < 300_000


@pytest.mark.parametrize("name", ["index", *(f"trimestre-2022-T{quarter}" for quarter in (1, 2, 3, 4))])
def test_the_lights_of_the_first_page_and_of_each_quarter_are_those_of_the_summary(published, name) -> None:
    """Of each unit, of the plan and of the year: how many actions show each light; all units reported the last one."""
    text = (published / "sitio" / f"{name}.html").read_text("utf-8")
    said = set()
    for row in re.findall(r"<tr><th scope=row>(.*?)</tr>", text, re.S):
        unit = re.search(r"unidad-[0-9]+-([0-9]+)-", row)[1]
        for of, words in zip(("plan", "ejercicio"), re.findall(r"<small>(.*?)</small>", row), strict=True):
            said |= {(unit, of, *part.strip().split(" ", 1)) for part in words.split(", ")}
    quarter = "2022-T4" if name == "index" else name.removeprefix("trimestre-")
    with duckdb.connect(str(published / "avance.duckdb"), read_only=True) as con:
        found = con.execute(
            " union all ".join(
                f"select unidad_codigo, '{of}', acciones_{of}::varchar, semaforo from marts.rpt_cumplimiento_unidad "
                f"where trimestre = '{quarter}' and accion_tipo = 'accion' and acciones_{of} > 0"
                for of in ("plan", "ejercicio")
            )
        ).fetchall()
    assert said == set(found)
    assert len(said) > 5
