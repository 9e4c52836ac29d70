from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reference.plans import PlanError, load_plans
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.catalogs import Plan

HEAD = "ente_codigo,plan,plan_nombre,desde_trimestre,hasta_trimestre,imprime_eje,fuente\n"


def plans_of(folder: Path, lines: str) -> dict[str, tuple[Plan, ...]]:
    (folder / "planes.csv").write_text(HEAD + lines, encoding="utf-8")
    return load_plans(folder)


def test_each_plan_is_one_municipalitys_own(tmp_path: Path) -> None:
    """Ids are free, two plans may both print EJE, and who lists none has none."""
    found = plans_of(
        tmp_path, "02004,pmd_2021,Uno,2021-T4,2024-T3,true,x\n02004,pmd-2024,Dos,2024-T4,,TRUE,x\n02001,a,Tres,,,,x\n"
    )
    assert found == {
        "02004": (Plan("pmd_2021", "2021-T4", "2024-T3", True), Plan("pmd-2024", "2024-T4", None, True)),
        "02001": (Plan("a"),),
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",sin_eje,Uno,,,true,x", "line 2: whose plan is 'sin_eje'"),
        ("02004,,Uno,,,true,x", "no id of a plan"),
        ("02004,a,Uno,2022,,true,x", "'2022' is no quarter"),
        ("02004,a,Uno,,2022-T5,true,x", "'2022-T5' is no quarter"),
        ("02004,a,Uno,2022-T2,2022-T1,true,x", "before it begins"),
        ("02004,a,Uno,,,tal vez,x", "imprime_eje is true, false or empty"),
        ("02004,a,Uno,,,true,x\n02004,a,Dos,,,true,x", "line 3: the plan 'a' of 02004 stands twice"),
    ],
    ids=["nobodys", "no-id", "since", "until", "backwards", "imprime_eje", "twice"],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        plans_of(tmp_path, line + "\n")


def test_a_file_without_imprime_eje_says_so(tmp_path: Path) -> None:
    """A seeds folder from before that column must be mended, not misread."""
    (tmp_path / "planes.csv").write_text("ente_codigo,plan,plan_nombre,desde_trimestre,hasta_trimestre,fuente\n")
    with pytest.raises(PlanError, match="imprime_eje"):
        load_plans(tmp_path)


def test_the_plans_shipped_are_mexicalis_alone() -> None:
    assert set(load_plans(RAIZ / "seeds")) == {"02002"}


@pytest.mark.parametrize(
    ("since", "quarters"),
    [(None, 0), ("2021-T4", 0), ("2022-T1", 0), ("2022-T2", 1), ("2022-T4", 3), ("2023-T1", 3)],
)
def test_a_plan_begun_in_a_year_leaves_out_the_quarters_before_it(since: str | None, quarters: int) -> None:
    """However many: each municipality changes its plan when its government changes."""
    assert Plan("pmd", since).left_out("2022") == quarters
