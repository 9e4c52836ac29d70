"""Two files that state the same actions: which of them counts, and that both are named where neither does."""

from __future__ import annotations

import pytest

from dagster_project.settings import RAIZ
from tests.support.dbt_built import run_dbt
from tests.support.marts_home import Home

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"
AGREED = "select corte, accion_id, estado, * exclude (extracto_id, linea) from raw.elegidas order by all"
"""What was chosen, without where it stands."""

ROW_101 = "150\t50\t52\t0\t100\t0\t0\t0\t52\t35%"
ROW_204 = "Sesión\t4\t1\t2\t1\t1\t1\t1\t1\t1\t1\t1\t1\t2\t50%"
ROW_402 = "40\t5\t5\t20\t0\t15\t0\t15\t0\t0\t0\t0\t5\t13%"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The real extract's pages of each unit in a text of its own, and some pages apart."""
    text = EXTRACT.read_text(encoding="utf-8").splitlines(keepends=True)
    spans = {"54101": (5, 98), "54102": (100, 193), "54202": (297, 381), "54204": (385, 596)}
    spans |= {
        "page_1": (5, 47),
        "page_3": (100, 138),
        "page_5": (195, 233),
        "page_7": (297, 337),
        "page_10": (459, 544),
    }
    return {name: "".join(text[first - 1 : last]) for name, (first, last) in spans.items()}


def changed(page: str, row: str, to: str) -> str:
    """A page with other cells in one row."""
    assert page.count(row) == 1
    return page.replace(row, to)


@pytest.fixture(scope="module")
def home(pages, tmp_path_factory) -> Home:
    """A unit in dispute, one published again, one with a page in the inbox, one printed twice, one of no known unit."""
    made = Home(tmp_path_factory.mktemp("disputes") / "home")
    made.published = {"u54102.txt": "2022-05-01", "a_nueva.txt": "2022-06-01"}
    made.drop(z_bandeja=changed(pages["page_7"], ROW_402, "40\t5\t6\t20\t0\t15\t0\t15\t0\t0\t0\t0\t6\t15%"))
    made.load(
        **{f"u{unit}": pages[unit] for unit in ("54101", "54102", "54202", "54204")},
        z_otra=changed(pages["page_1"], ROW_101, "150\t50\t57\t0\t100\t0\t0\t0\t57\t38%"),
        a_nueva=changed(pages["page_3"], ROW_204, "Sesión\t4\t1\t3\t1\t1\t1\t1\t1\t1\t1\t1\t1\t3\t75%"),
        z_copia=f"\n\n{pages['page_10']}",
        suelta=f"\n{pages['page_5']}",
    )
    with pytest.MonkeyPatch.context() as patch:
        made.marts(patch)
    return made


def figure(home: Home, unidad: str, numero: int) -> tuple[object, ...]:
    """What the first quarter's report says of its own quarter."""
    [found] = home.query(
        "select programado, avance, avance_min, avance_max, estado_avance from marts.fct_avance_corte "
        f"where unidad_codigo = '{unidad}' and accion_numero = {numero} and corte = '2022-T1' and trimestre = corte"
    )
    return found


def findings(home: Home, regla: str) -> list[tuple[str, ...]]:
    """Where a rule found pages, and what it says they give way to."""
    return home.query(
        "select e.ruta || ':' || h.linea, h.esperado, h.mensaje from marts.fct_hallazgo h "
        f"join raw.extractos e using (extracto_id) where regla = '{regla}' and campo = 'situacion' order by 1"
    )


def test_figures_in_dispute_are_a_range(home) -> None:
    """What both files say stands; where they differ both are named, and their row is."""
    assert figure(home, "54101", 101) == (50, None, 52, 57, "dudosa")
    assert figure(home, "54101", 100)[1] == 128
    assert home.query(
        "select paginas, renglones from marts.dim_corte where corte = '2022-T1' and unidad_codigo = '54101'"
    ) == [(2, 4)]
    found = findings(home, "reporte_en_disputa")
    assert [row[:2] for row in found] == [("u54101.txt:1", "z_otra.txt:1"), ("z_otra.txt:1", "u54101.txt:1")]
    assert all("z_otra.txt" in text and "u54101.txt" in text for *_, text in found)
    assert home.query(
        "select distinct accion_numero from marts.fct_hallazgo where regla = 'reporte_en_disputa' and accion_numero > 0"
    ) == [(101,)]


def test_the_later_publication_counts(home) -> None:
    """Its name comes first in the alphabet, and the other page of the older file still counts."""
    assert figure(home, "54102", 204)[:4] == (1, 3, None, None)
    [(where, by, text)] = findings(home, "reporte_sustituido")
    assert (where, by) == ("u54102.txt:1", "a_nueva.txt:1")
    assert "se publicó después" in text
    assert home.query("select distinct ruta from marts.dim_corte where unidad_codigo = '54102' order by 1") == [
        ("a_nueva.txt",),
        ("u54102.txt",),
    ]


def test_the_inbox_waits(home) -> None:
    """The published figure stands, and the finding says which file asks for another."""
    assert figure(home, "54202", 402)[1] == 5
    [(where, by, text)] = findings(home, "reporte_por_aprobar")
    assert (where, by) == ("inbox://z_bandeja.txt:1", "u54202.txt:1")
    assert "espera" in text


def test_a_copy_changes_nothing(home) -> None:
    """The same page in another file, further down: one of them counts."""
    found = findings(home, "pagina_repetida")
    assert [{where, by} for where, by, _ in found] == [{"z_copia.txt:3", "u54204.txt:75"}]
    assert home.query(
        "select paginas, renglones from marts.dim_corte where unidad_codigo = '54204' and corte = '2022-T1'"
    ) == [(2, 9)]


def test_a_page_of_no_settled_unit_counts_nowhere(home) -> None:
    """It is listed row by row, and the finding says in which file and line."""
    [(where, by, text)] = findings(home, "pagina_apartada")
    assert (where, by) == ("suelta.txt:2", None)
    assert text.startswith("Página 1 de suelta.txt (8 renglones): ")
    assert home.query("select situacion, count(*) from marts.fct_renglon where ruta = 'suelta.txt' group by 1") == [
        ("apartada", 8)
    ]
    for table in ("dim_unidad", "dim_corte", "dim_accion", "fct_avance", "fct_avance_corte", "fct_meta"):
        guessed = f"select count(*) from marts.{table} where unidad_codigo = '9400'"
        assert home.query(guessed) == [(0,)], table
    assert home.query("select count(*) from marts.dim_corte where unidad_codigo = '54201'") == [(0,)]


def test_the_tests_of_the_models_pass(home, tmp_path) -> None:
    """Keys, relations and sums hold where pages of several files make a report."""
    statuses = run_dbt(home.settings.warehouse, tmp_path, ["test", "--exclude-resource-type", "unit_test"])
    assert len(statuses) > 50
    assert {name: s for name, s in statuses.items() if s != "pass"} == {}


def test_what_is_lost_is_lost_to_no_page_that_waits(home) -> None:
    """The copies, the dispute and the inbox hold every action that the pages in force do."""
    assert home.query("select count(*) from marts.fct_hallazgo where regla = 'accion_perdida'") == [(0,)]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_neither_name_nor_time_decides_a_dispute(pages, tmp_path, names) -> None:
    """Both are in force whatever they are called and whichever came first, and the same is chosen."""
    other = changed(pages["page_1"], ROW_101, "150\t50\t57\t0\t100\t0\t0\t0\t57\t38%")
    homes = [Home(tmp_path / "home"), Home(tmp_path / "other")]
    homes[0].load(**{names[0]: pages["page_1"]})
    homes[0].load(**{names[1]: other})
    homes[1].load(c=other)
    homes[1].load(d=pages["page_1"])
    for home in homes:
        assert home.query("select distinct situacion from raw.formatos") == [("en_disputa",)]
        assert home.query("select a1, a1_min, a1_max from raw.elegidas where accion_numero = 101") == [
            (None, 52, 57),
            (None, 52, 57),
        ]
    assert homes[0].query(AGREED) == homes[1].query(AGREED)


def test_a_publication_date_ends_a_dispute_and_approves_the_inbox(pages, tmp_path) -> None:
    """Registered afterwards, it is enough to load again."""
    other = changed(pages["page_1"], ROW_101, "150\t50\t57\t0\t100\t0\t0\t0\t57\t38%")
    home = Home(tmp_path / "home")
    home.load(una=pages["page_1"])
    home.drop(otra=other)
    standing = "select situacion from raw.formatos join raw.extractos using (extracto_id) order by ruta"
    assert home.query(standing) == [("por_aprobar",), ("vigente",)]
    home.published = {"inbox://otra.txt": "2022-06-01"}
    home.load()
    assert home.query(standing) == [("vigente",), ("sustituida",)]
    assert home.query("select a1 from raw.elegidas where accion_numero = 101") == [(57,)]


def test_an_undated_page_of_the_inbox_waits_also_before_a_dated_one(pages, tmp_path) -> None:
    """The inbox proposes, a person disposes: nothing says that it is the older one."""
    other = changed(pages["page_1"], ROW_101, "150\t50\t57\t0\t100\t0\t0\t0\t57\t38%")
    home = Home(tmp_path / "home")
    home.published = {"una.txt": "2022-06-01"}
    home.load(una=pages["page_1"])
    home.drop(otra=other)
    assert home.query("select situacion from raw.formatos order by 1") == [("por_aprobar",), ("vigente",)]


def test_a_rejected_file_counts_nowhere_and_comes_back(pages, tmp_path) -> None:
    """Its lines and pages stay in raw; of a year whose only file it is nothing is left until it is taken back."""
    home = Home(tmp_path / "home")
    home.load(una=pages["page_1"])
    was = home.query("select linea, a1 from raw.elegidas order by 1")
    assert was
    home.rejected = {"una.txt"}
    home.load()
    assert home.query("select count(*) from raw.elegidas") == [(0,)]
    assert home.query("select count(*) from raw.formatos") == [(0,)]
    assert home.query("select count(*) > 0 from raw.lineas") == [(True,)]
    home.rejected = set()
    home.load()
    assert home.query("select linea, a1 from raw.elegidas order by 1") == was


def test_a_page_alone_in_the_inbox_counts(pages, tmp_path) -> None:
    """There is nothing that it could contradict."""
    home = Home(tmp_path / "home")
    home.drop(una=pages["page_1"])
    assert home.query("select situacion from raw.formatos") == [("vigente",)]


def test_the_same_bytes_in_the_inbox_too_change_nothing(pages, tmp_path) -> None:
    """Whatever the copy there is called: the extracts folder has handed the page in."""
    other = changed(pages["page_1"], ROW_101, "150\t50\t57\t0\t100\t0\t0\t0\t57\t38%")
    home = Home(tmp_path / "home")
    home.load(una=pages["page_1"], otra=other)
    home.drop(zz=pages["page_1"])
    assert home.query("select distinct situacion from raw.formatos") == [("en_disputa",)]
