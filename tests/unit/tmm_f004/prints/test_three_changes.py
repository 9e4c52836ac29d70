"""A reading that changes three figures of its row is not believed for it."""

from __future__ import annotations

import pytest

from dagster_project.tmm_f004.model import CAMPOS, Estado, Reading
from dagster_project.tmm_f004.read.proof import is_supported


@pytest.mark.parametrize(
    ("changed", "is_borne_out"),
    [({"p1", "a1"}, True), ({"p1", "a1", "relativo_pct"}, False), ({"p1", "a1", "meta"}, False)],
    ids=["two", "a-percentage-beside", "a-meta-beside"],
)
def test_three_changes_bear_out_none_of_them(changed: set[str], is_borne_out: bool) -> None:
    """A first quarter brought back and a percentage changed to fit it: the repair made every check of the row."""
    values = dict(zip(CAMPOS, (188, 50, 50, 44, 44, 50, 0, 0, 0, 50, 27), strict=True))
    estados = {f: Estado.REPARADA if f in changed else Estado.EXACTA for f in CAMPOS}
    printed = {f: str(v) for f, v in values.items() if f not in changed} | {"relativo_pct": "27%"}
    assert is_supported(Reading(10.0, values, estados, printed), additive=True, quarter=1) is is_borne_out
