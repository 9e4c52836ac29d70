"""The long history of the benchmark: distinct units that the copied project knows, files that can be made again."""

from __future__ import annotations

from pathlib import Path

from benchmarks.long_history import History, project_of, units_of, write_quarter
from benchmarks.replicate import _plan_of
from benchmarks.synthetic.world import SEEDS
from dagster_project.reference.catalogs import load_catalogs
from dagster_project.tmm_f004.settle.pages import settle_extract

OF = History(units=20, years=2, last=2025, rates="none")


def test_units_share_no_code_or_name_with_each_other_or_the_catalogue() -> None:
    """A code that two units share would add up their figures."""
    units = units_of(500)
    known = {u.unidad_codigo for u in load_catalogs(SEEDS).unidades}
    assert len({u.codigo for u in units}) == len({u.nombre for u in units}) == 500
    assert not known & {u.codigo for u in units}


def test_a_quarter_is_written_alike_each_time_and_settles_to_its_units(tmp_path: Path) -> None:
    """What is timed is a load of pages whose unit and quarter are known."""
    write_quarter(tmp_path / "a", OF, 2025, 2)
    write_quarter(tmp_path / "b", OF, 2025, 2)
    files = sorted((tmp_path / "a").rglob("*.txt"))
    again = sorted((tmp_path / "b").rglob("*.txt"))
    assert [f.read_bytes() for f in files] == [f.read_bytes() for f in again]
    known = load_catalogs(project_of(tmp_path / "project", OF.units) / "seeds")
    forms = [f for file in files for f in settle_extract(file.read_text("utf-8").splitlines(), known).formatos]
    assert sorted(str(f.unidad.valor) for f in forms) == sorted(u.codigo for u in units_of(OF.units))
    assert {f.corte for f in forms} == {"2025-T2"}


def test_a_copied_year_answers_to_the_plan_it_began_under() -> None:
    """Rows of a year under a plan that came later would have nothing planned."""
    assert [_plan_of(year) for year in (2010, 2022, 2023)] == ["sin_eje", "sin_eje", "con_eje"]
