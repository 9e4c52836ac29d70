"""Which units and years have pages."""

from __future__ import annotations

from dagster_project.site.pages import YEARS, recent


def test_the_last_ejercicios_of_each_municipality_have_pages() -> None:
    """Each municipality's own: one that reported last in 2012 keeps its pages beside one of 2026."""
    old = [{"ente_codigo": "02001", "ejercicio": year} for year in range(2005, 2013)]
    new = [{"ente_codigo": "02002", "ejercicio": year} for year in range(2020, 2027)]
    kept = recent([*old, *new])
    assert [unit["ejercicio"] for unit in kept if unit["ente_codigo"] == "02001"] == [2008, 2009, 2010, 2011, 2012]
    assert [unit["ejercicio"] for unit in kept if unit["ente_codigo"] == "02002"] == [2022, 2023, 2024, 2025, 2026]
    assert YEARS == 5
