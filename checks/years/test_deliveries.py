"""What is delivered in the simulated years can be read: else equal marts would be equally empty."""

from __future__ import annotations

from benchmarks.corpus import catalogs
from checks.years.deliveries import Offices, corrected, deliveries
from dagster_project.tmm_f004.rows_json import read_text


def test_a_year_holds_every_kind_of_file_and_is_the_same_again() -> None:
    """Texts, workbooks, one damaged, one twice, one overwritten; two reports of one quarter that differ."""
    once, again = (list(deliveries(3, (2023,), with_pdf=False)) for _ in range(2))
    assert [(d.name, sorted(d.files), d.says) for d in once] == [(d.name, sorted(d.files), d.says) for d in again]
    names = [name for delivery in once for name in delivery.files]
    assert {name.rpartition(".")[2] for name in names} == {"txt", "xlsx"}
    assert [name for name in set(names) if names.count(name) > 1] == ["2023-t4.txt"]


def test_reports_are_read_as_they_say_and_a_correction_changes_one_row() -> None:
    """Every row sure, also of the corrected one."""
    offices = Offices(3)
    offices.plan()
    report = offices.report(0, 2023, 3)
    first, second = (list(read_text(offices.text(r).decode(), catalogs())) for r in (report, corrected(report)))
    assert {row["estado"] for row in (*first, *second)} <= {"exacta", "realineada"}
    assert [a["avance"] == b["avance"] for a, b in zip(first, second, strict=True)] == [False] + [True] * (
        len(first) - 1
    )
